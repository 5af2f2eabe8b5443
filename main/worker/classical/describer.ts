import type { Tensor2D } from '@tensorflow/tfjs-node-gpu';
import type { Descriptor } from '../../../shared/classical/grid.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { pixelsOf, type Selection } from './selection.ts';

/** Makes features of images. */
export type Describer = {
  /** Numbers an image has. */
  readonly length: number;
  /** The features of a selection's images from `begin` to before `end`; [images, length], the caller's to dispose. */
  describe(selection: Selection, begin: number, end: number): Tensor2D;
  dispose(): void;
};

/** One that looks at each image by itself, and holds nothing. */
export function describerOf(tf: TensorFlow, descriptor: Descriptor): Describer {
  const { length } = descriptor;
  return {
    length,
    describe(selection, begin, end) {
      const values = new Float32Array((end - begin) * length);
      for (let i = begin; i < end; i++) descriptor.write(pixelsOf(selection, i), values, (i - begin) * length);
      return tf.tensor2d(values, [end - begin, length]);
    },
    dispose: () => undefined,
  };
}
