import type { Moment, WatchedImage, WorkerEvent } from '../../shared/contract.ts';
import type { MapView } from '../../shared/frame/view.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';
import type { Channel } from '../ports/worker-port.ts';
import { Requests } from './requests.ts';
import type { RunState } from './run.svelte.ts';

/** A convolution of the network in training. */
export type LearnedLayer = {
  readonly name: string;
  /** Of its kernels, HWIO: [size, size, inputs / groups, filters]. */
  readonly shape: readonly number[];
  /** For each filter the input channels it reads; null where each reads all (of its group). */
  readonly connections: readonly (readonly number[])[] | null;
};

/** All kernels of a layer after `step` steps: raw weights, HWIO. `filterWeights` takes one filter's out. */
export type LearnedKernels = {
  readonly shape: readonly number[];
  readonly values: Float32Array;
  readonly step: number;
};

/** What a layer says of an image after `step` steps: float32 as it is, HWC or [units]. */
export type Activations = {
  readonly shape: readonly number[];
  readonly values: Float32Array;
  readonly step: number;
};

/** A layer's weights of every kind after `step` steps; those of one unit are without their last axis. */
export type LayerWeights = {
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly values: Float32Array;
  }[];
  readonly step: number;
};

/** How the network does on the whole test set after `step` steps. */
export type Score = {
  readonly step: number;
  readonly testLoss: number;
  /** 0–1. */
  readonly testAccuracy: number;
  readonly testImages: number;
};

/** A test image as the dataset holds it: bytes, row by row, each cell's channels side by side. */
export type TestImage = {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly label: number;
  /** null if the dataset has no name for the class. */
  readonly className: string | null;
  /** Test images in all: indices go from 0 to one less. */
  readonly count: number;
};

/**
 * What the network in training has learned, asked of the worker: its kernels, read and written, and the images it is tested with.
 *
 * Works whatever the run is doing: questions are answered in the order they are asked in, between two steps. What cannot be had rejects with
 * a LearnedError.
 */
export class Learned {
  /** The convolutions of the chosen network, in order. */
  readonly layers = $derived.by(() => convolutionsOf(this.#run.trace));
  readonly #run: RunState;
  readonly #requests: Requests;

  /** @param channel the line to the worker as it is now; null while there is none. */
  constructor(run: RunState, channel: () => Channel | null) {
    this.#run = run;
    this.#requests = new Requests(channel);
  }

  async readKernels(layer: string): Promise<LearnedKernels> {
    return await this.#requests.ask({ type: 'read-kernels', layer }, 'kernels');
  }

  /**
   * Puts other weights in the place of one filter's: HW for one input channel, HWI for all (`channel` null), where those that a connection
   * table leaves out stay zero. Read the layer again to see what it holds.
   * @param bias the filter's own, where it has one; left out, it stays.
   */
  async writeKernel(
    layer: string,
    filter: number,
    channel: number | null,
    weights: ArrayLike<number>,
    bias?: number,
  ): Promise<void> {
    const written = { layer, filter, channel, weights: Float32Array.from(weights) };
    await this.#requests.ask(
      { type: 'write-kernel', ...written, ...(bias === undefined ? {} : { bias }) },
      'kernel-written',
    );
  }

  /** @param layer `input` for the image as the network reads it. */
  async readActivations(layer: string, of: MapView, image: WatchedImage): Promise<Activations> {
    return await this.#requests.ask({ type: 'read-activations', image, layer, of }, 'activations');
  }

  /** @param unit one filter, unit or channel; null for all, which a large layer refuses. */
  async readWeights(layer: string, unit: number | null): Promise<LayerWeights> {
    return await this.#requests.ask({ type: 'read-weights', layer, unit }, 'weights');
  }

  /** Puts the whole test set to the network as it is now. */
  async score(): Promise<Score> {
    return await this.#requests.ask({ type: 'score' }, 'scored');
  }

  /** One kept moment, whole. */
  async readMoment(id: number): Promise<{ readonly moment: Moment; readonly bytes: Uint8Array<ArrayBuffer> }> {
    return await this.#requests.ask({ type: 'read-moment', id }, 'moment');
  }

  /** What all kept moments hold of one layer; see the contract's `history`. */
  async readHistory(
    layer: string,
    part: 'maps' | 'kernels',
  ): Promise<{ readonly moments: readonly Moment[]; readonly bytes: Uint8Array<ArrayBuffer> }> {
    return await this.#requests.ask({ type: 'read-history', layer, part }, 'history');
  }

  async readTestImage(index: number): Promise<TestImage> {
    const answer = await this.#requests.ask({ type: 'read-test-image', index }, 'test-image');
    const { shape, pixels, label, className, count } = answer;
    const [height = 0, width = 0, channels = 0] = shape;
    return { height, width, channels, pixels, label, className, count };
  }

  receive(event: WorkerEvent): void {
    this.#requests.receive(event);
  }

  /** The worker is gone: nobody waits for it any more. */
  forget(): void {
    this.#requests.forget();
  }
}

function convolutionsOf({ layers }: NetworkTrace): readonly LearnedLayer[] {
  return layers.flatMap(({ spec, weights }) =>
    spec.kind === 'conv' ? [{ name: spec.name, shape: weights[0]!.shape, connections: spec.connections ?? null }] : [],
  );
}

export { LearnedError, type LearnedErrorCode } from './requests.ts';
