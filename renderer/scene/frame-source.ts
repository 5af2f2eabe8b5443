import { type FrameLayout, frameLayout, type FramePart } from '../../shared/frame/layout.ts';
import type { FrameView } from '../../shared/frame/view.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';

/** What one frame of some view holds, found by what is wanted rather than by where it lies. */
export class FrameSource {
  readonly bytes: Uint8Array;
  readonly view: FrameView;
  readonly #parts: ReadonlyMap<string, FramePart>;

  constructor(bytes: Uint8Array, view: FrameView, parts: ReadonlyMap<string, FramePart>) {
    this.bytes = bytes;
    this.view = view;
    this.#parts = parts;
  }

  /** The same part in this frame; null if the frame was not asked for it. */
  find({ layer, part }: FramePart): FramePart | null {
    return this.#parts.get(keyOf(layer, part)) ?? null;
  }
}

/** Makes sources of a network's frames; remembers the layout of the view that was last asked for. */
export class FrameSources {
  readonly #trace: NetworkTrace;
  #layers: FrameView['layers'] | undefined;
  #layout: FrameLayout | undefined;
  #parts: ReadonlyMap<string, FramePart> = new Map();

  constructor(trace: NetworkTrace) {
    this.#trace = trace;
  }

  /** @throws RangeError if the frame is not one of this network's. */
  of(bytes: Uint8Array, view: FrameView): FrameSource {
    const layout = this.#layoutOf(view);
    if (bytes.length !== layout.bytes) {
      throw new RangeError(
        `A frame of ${bytes.length} bytes does not belong to this network: ${layout.bytes} are expected`,
      );
    }
    return new FrameSource(bytes, view, this.#parts);
  }

  #layoutOf(view: FrameView): FrameLayout {
    if (this.#layout && sameLayers(this.#layers, view.layers)) return this.#layout;
    this.#layout = frameLayout(this.#trace, view);
    this.#layers = view.layers;
    this.#parts = new Map(this.#layout.parts.map((part) => [keyOf(part.layer, part.part), part]));
    return this.#layout;
  }
}

function keyOf(layer: string, part: FramePart['part']): string {
  return `${part} ${layer}`;
}

function sameLayers(a: FrameView['layers'] | undefined, b: FrameView['layers']): boolean {
  if (!a || !b) return a === b;
  return a.length === b.length && a.every((layer, i) => layer === b[i]);
}
