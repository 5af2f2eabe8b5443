import type { WorkerEvent } from '../../shared/contract.ts';
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
   */
  async writeKernel(layer: string, filter: number, channel: number | null, weights: ArrayLike<number>): Promise<void> {
    const question = { type: 'write-kernel', layer, filter, channel, weights: Float32Array.from(weights) } as const;
    await this.#requests.ask(question, 'kernel-written');
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
