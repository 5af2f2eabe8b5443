import type { Tensor2D } from '@tensorflow/tfjs-node-gpu';

/** A trained classifier. */
export type Machine = {
  /** Scores of all classes, the highest for the likeliest; images × classes. @param rows [images, features], scaled, with the constant one. */
  score(rows: Tensor2D): Float32Array;
  dispose(): void;
};
