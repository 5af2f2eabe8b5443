import type { Moment } from '../../../shared/contract.ts';
import { frameLayout, type FramePart } from '../../../shared/frame/layout.ts';
import { partAlone, partOf, planeNumbers } from '../../../shared/frame/planes.ts';
import type { Plane } from '../../../shared/math/plane.ts';
import type { NetworkTrace } from '../../../shared/network/shapes.ts';

/** What the worker answers to `read-history`. */
export type HistoryBytes = { readonly moments: readonly Moment[]; readonly bytes: Uint8Array };

/** The life of a layer's maps or kernels over all kept moments. */
export class LayerHistory {
  readonly moments: readonly Moment[];
  /** Planes, their height and width. */
  readonly part: Pick<FramePart, 'layer' | 'part' | 'planes' | 'height' | 'width'>;
  readonly #place: ReturnType<typeof partAlone>;
  readonly #bytes: Uint8Array;

  /** @throws RangeError if the bytes are not those of this layer of this network. */
  constructor(trace: NetworkTrace, layer: string, part: 'maps' | 'kernels', { moments, bytes }: HistoryBytes) {
    const found = partOf(frameLayout(trace), layer, part);
    if (!found) throw new RangeError(`Frames hold no ${part} of ${layer}`);
    this.#place = partAlone(found);
    if (bytes.byteLength !== moments.length * this.#place.bytes) {
      throw new RangeError(
        `${moments.length} moments of ${layer} take ${moments.length * this.#place.bytes} bytes, not ${bytes.byteLength}`,
      );
    }
    this.part = this.#place;
    this.moments = moments;
    this.#bytes = bytes;
  }

  /** @param index of the moment in `moments`. */
  plane(index: number, plane: number): Plane {
    const { bytes } = this.#place;
    return planeNumbers(this.#bytes.subarray(index * bytes, (index + 1) * bytes), this.#place, plane);
  }
}
