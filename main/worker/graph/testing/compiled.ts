import type { NetworkSpec } from '../../../../shared/network/spec.ts';
import { type NetworkTrace, trace } from '../../../../shared/network/shapes.ts';
import { sizeOf } from '../../../../shared/tensor/shape.ts';
import type { Optimiser } from '../../../../shared/training/optimiser.ts';
import { compile } from '../compile.ts';
import { NativeGraph } from '../native.ts';
import type { Dice } from './dice.ts';
import { tf } from './run-graph.ts';

/** A network of a test's own with random images, as a run would have it. */
export type Compiled = {
  readonly graph: NativeGraph;
  readonly trace: NetworkTrace;
  /** Bytes of each training image, in the order in which they come. */
  readonly images: readonly Uint8Array[];
  readonly labels: readonly number[];
};

/** Compiles `layers` with an epoch of so many batches, whose images are the test images too, and fresh weights. */
export function compiled(
  spec: Pick<NetworkSpec, 'layers' | 'input'>,
  dice: Dice,
  options: { batch?: number; batches?: number; towers?: number; optimiser?: Optimiser } = {},
): Compiled {
  const { batch = 4, batches = 1, towers = 2, optimiser = 'sgd' } = options;
  const count = batch * batches;
  const network = trace({ id: 'test', title: 'Test', year: 0, source: '', departures: [], ...spec });
  const imageShape = network.spec.input;
  const graph = NativeGraph.load(
    tf,
    compile({
      trace: network,
      optimiser,
      augmentation: {},
      batch,
      towers,
      imageShape,
      trainImages: count,
      testImages: count,
    }),
  );
  const size = sizeOf(imageShape);
  const bytes = Uint8Array.from({ length: Math.ceil((size * count) / 4) * 4 }, () => dice.whole(0, 255));
  const labels = Array.from({ length: count }, () => dice.whole(0, network.classes - 1));
  const loaded = { words: new Int32Array(bytes.buffer), labels: Int32Array.from(labels) };
  graph.call('load_train', loaded);
  graph.call('load_test', loaded);
  graph.call('order', { indices: Int32Array.from(labels.keys()) });
  graph.call('initialise', { seed: dice.whole(1, 1e6) });
  const images = labels.map((_, index) => bytes.slice(index * size, (index + 1) * size));
  return { graph, trace: network, images, labels };
}
