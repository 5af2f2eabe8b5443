import { allParts, type FrameShape, frameLayout } from '../../shared/frame/layout.ts';
import type { FrameView, MapView } from '../../shared/frame/view.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';
import type { Shape } from '../../shared/tensor/shape.ts';
import type { NativeGraph } from './graph/native.ts';
import { type Wanted, wantedFor } from './graph/pieces.ts';
import { Refusal } from './refusal.ts';

/** Images as the network reads them: bytes 0–255, one image after another, and of each the right class, −1 where there is none. */
export type LookedAt = { readonly pixels: Int32Array; readonly labels: Int32Array };

/** What the network says of images: the mean over them, number by number. */
export class Looks {
  readonly #graph: NativeGraph;
  readonly #trace: NetworkTrace;
  /** What was asked for last: one view is looked at many times. */
  #last: { readonly view: FrameView; readonly wanted: Wanted } | null = null;

  constructor(graph: NativeGraph, trace: NetworkTrace) {
    this.#graph = graph;
    this.#trace = trace;
  }

  /** A frame as `frameLayout` lays it; its buffer is its own. */
  frame(images: LookedAt, view: FrameView): Uint8Array<ArrayBuffer> {
    if (this.#last?.view !== view) {
      this.#last = { view, wanted: wantedFor(this.#trace, frameLayout(this.#trace, view).parts, view) };
    }
    return new Uint8Array(this.#call(images, this.#last.wanted, false));
  }

  /**
   * What a layer gives (`input`: the image as the network reads it), HWC or [units], before a frame makes bytes of it.
   * @throws Refusal
   */
  activations(images: LookedAt, layer: string, of: MapView): { readonly shape: Shape; readonly values: Float32Array } {
    const part = allParts(this.#trace).find((each) => each.layer === layer && isOfImage(each));
    if (!part) throw new Refusal('unknown-layer', `The network has no layer ${layer}`);
    const wanted = wantedFor(this.#trace, [part], { maps: of, kernels: 'weights' });
    const planes = new Float32Array(this.#call(images, wanted, true));
    const traced = this.#trace.layers.find(({ spec }) => spec.name === layer);
    return { shape: traced?.output ?? this.#trace.spec.input, values: channelsLast(planes, part) };
  }

  #call({ pixels, labels }: LookedAt, { scope, ...wanted }: Wanted, isRaw: boolean): ArrayBuffer {
    const { words } = this.#graph.call(`look_${scope}`, { pixels, labels, ...wanted, raw: isRaw ? 1 : 0 });
    return words!.buffer as ArrayBuffer;
  }
}

function isOfImage({ part }: FrameShape): boolean {
  return part === 'input' || part === 'maps';
}

/** HWC of what lies plane after plane. */
function channelsLast(numbers: Float32Array, { planes, height, width }: FrameShape): Float32Array {
  if (planes === 1) return numbers;
  const area = height * width;
  const values = new Float32Array(numbers.length);
  for (let plane = 0; plane < planes; plane += 1) {
    for (let cell = 0; cell < area; cell += 1) values[cell * planes + plane] = numbers[plane * area + cell]!;
  }
  return values;
}
