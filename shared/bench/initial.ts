import { edgeKernels } from '../math/kernels.ts';
import type { BenchView, Experiment } from './experiment.ts';

/**
 * What the bench opens with, and the first story's experiment: the photograph, a vertical edge detector, and max beside average pooling.
 * The answers' sign is dropped, so that an edge counts whichever of its sides is the brighter one.
 */
export const initialExperiment: Experiment = {
  image: { source: 'sample', id: 'boats' },
  side: 256,
  colour: 'grey',
  kernels: [
    {
      origin: { kind: 'preset', id: 'sobel-x' },
      height: 3,
      width: 3,
      channels: 1,
      weights: [...edgeKernels['sobel-x'].values],
    },
  ],
  chosen: 0,
  together: 'apart',
  operation: {
    stride: 1,
    padding: 'valid',
    padMode: 'zero',
    padValue: 0,
    dilation: 1,
    bias: 0,
    activation: 'abs',
    sense: 'correlation',
  },
  pooling: { left: 'max', right: 'average', size: 3, stride: 3, seed: 1, coefficient: 0.25, bias: 0 },
};

export const initialView: BenchView = { colours: 'automatic', scale: 'shared', pooledPicture: 'pooled', cell: null };
