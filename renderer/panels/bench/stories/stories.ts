import { initialExperiment, initialView } from '../../../../shared/bench/initial.ts';
import { kernelPreset } from '../../../../shared/bench/kernel-presets.ts';
import { m } from '../../../messages/compiled/messages.js';
import { digit } from './digit.ts';
import type { Story } from './story.ts';

const { operation, pooling } = initialExperiment;

/** The boat's mast: a cell on its right-hand edge, and a pooling window that its left-hand edge runs through. */
const mast = { of: 'map', row: 43, column: 92 } as const;
const mastPooled = { of: 'left', row: 14, column: 29 } as const;

/** The story of the thread that this project began with. */
const edges: Story = {
  id: 'edges',
  title: m.bench_story_edges,
  experiment: initialExperiment,
  view: { ...initialView, cell: mast },
  steps: [
    { say: m.bench_story_edges_kernel, pointsAt: ['bench-kernel'] },
    { say: m.bench_story_edges_map, pointsAt: ['bench-map-picture'] },
    { say: m.bench_story_edges_pooled, view: { cell: mastPooled } },
    {
      say: m.bench_story_edges_winners,
      pointsAt: ['bench-pool-left-winners'],
      view: { cell: mastPooled, pooledPicture: 'winners' },
    },
    { say: m.bench_story_edges_gradient, view: { cell: mastPooled, pooledPicture: 'gradient' } },
  ],
};

const blur: Story = {
  id: 'blur',
  title: m.bench_story_blur,
  experiment: {
    ...initialExperiment,
    image: { source: 'sample', id: 'bricks' },
    kernels: [kernelPreset('laplacian'), kernelPreset('log', { size: 9, sigma: 1.4 })],
    operation: { ...operation, activation: 'none' },
    pooling: { ...pooling, left: 'max', right: 'l2' },
  },
  // The LoG's answers are far smaller: on the Laplacian's scale there would be little to see.
  view: { ...initialView, scale: 'own' },
  steps: [
    { say: m.bench_story_blur_laplacian },
    { say: m.bench_story_blur_log, chosen: 1 },
    { say: m.bench_story_blur_signs, chosen: 1 },
    { say: m.bench_story_blur_pooled, chosen: 1, pointsAt: ['bench-pool-right-picture'] },
  ],
};

const gradient: Story = {
  id: 'gradient',
  title: m.bench_story_gradient,
  experiment: {
    ...initialExperiment,
    image: { source: 'sample', id: 'coffee' },
    kernels: [kernelPreset('sobel-x'), kernelPreset('sobel-y')],
    together: 'gradient',
    operation: { ...operation, activation: 'none' },
  },
  view: initialView,
  steps: [
    { say: m.bench_story_gradient_kernels, pointsAt: ['bench-map-choice-kernel-0', 'bench-map-choice-kernel-1'] },
    { say: m.bench_story_gradient_arrow, pointsAt: ['bench-map-choice-magnitude', 'bench-map-choice-direction'] },
    { say: m.bench_story_gradient_magnitude },
    { say: m.bench_story_gradient_pooled },
  ],
};

/** Overlap 3/2 and its gain: Krizhevsky, Sutskever and Hinton (2012), §3.4. */
const overlap: Story = {
  id: 'overlap',
  title: m.bench_story_overlap,
  experiment: { ...initialExperiment, pooling: { ...pooling, size: 2, stride: 2 } },
  view: initialView,
  steps: [
    { say: m.bench_story_overlap_beside, pointsAt: ['bench-pool-overlap'] },
    { say: m.bench_story_overlap_overlapping, pointsAt: ['bench-pool-overlap'], pooling: { size: 3 } },
    {
      say: m.bench_story_overlap_winners,
      pointsAt: ['bench-pool-left-winners'],
      pooling: { size: 3 },
      view: { pooledPicture: 'winners' },
    },
    { say: m.bench_story_overlap_claim, pointsAt: ['bench-pool-size', 'bench-pool-stride'], pooling: { size: 3 } },
  ],
};

/** C1 and S2 of LeNet-5: LeCun et al. (1998), §II-B. */
const subsampling: Story = {
  id: 'subsampling',
  title: m.bench_story_subsampling,
  experiment: {
    ...initialExperiment,
    image: digit,
    kernels: [kernelPreset('gabor', { size: 5, wavelength: 5 })],
    operation: { ...operation, activation: 'tanh' },
    pooling: { ...pooling, left: 'subsampling', right: 'max', size: 2, stride: 2, coefficient: 0.25, bias: 0 },
  },
  view: initialView,
  steps: [
    { say: m.bench_story_subsampling_digit },
    { say: m.bench_story_subsampling_sum },
    { say: m.bench_story_subsampling_trained, pointsAt: ['bench-pool-subsampling'] },
    { say: m.bench_story_subsampling_large, pooling: { coefficient: 4 }, pointsAt: ['bench-pool-left-picture'] },
    {
      say: m.bench_story_subsampling_gradient,
      pooling: { coefficient: 4 },
      pointsAt: ['bench-pool-left-gradient', 'bench-pool-right-gradient'],
      view: { pooledPicture: 'gradient' },
    },
  ],
};

/** The zip-code network: LeCun et al. (1989). */
const stride: Story = {
  id: 'stride',
  title: m.bench_story_stride,
  experiment: { ...initialExperiment, pooling: { ...pooling, left: 'strided', right: 'max', size: 2, stride: 2 } },
  view: initialView,
  steps: [
    { say: m.bench_story_stride_first },
    {
      say: m.bench_story_stride_winners,
      pointsAt: ['bench-pool-left-winners', 'bench-pool-right-winners'],
      view: { pooledPicture: 'winners' },
    },
    { say: m.bench_story_stride_lost },
    { say: m.bench_story_stride_shift },
    { say: m.bench_story_stride_history },
  ],
};

/** The first layer's size and stride: Krizhevsky, Sutskever and Hinton (2012), §3.5; what it learned: §6.1 and Figure 3. */
const gabor: Story = {
  id: 'gabor',
  title: m.bench_story_gabor,
  experiment: {
    ...initialExperiment,
    image: { source: 'sample', id: 'astronaut' },
    kernels: [0, 45, 90, 135].map((angle) => kernelPreset('gabor', { size: 11, angle, wavelength: 6 })),
    operation: { ...operation, stride: 4, activation: 'relu' },
    pooling: { ...pooling, size: 3, stride: 2 },
  },
  view: initialView,
  steps: [
    { say: m.bench_story_gabor_filter, pointsAt: ['bench-kernel'] },
    { say: m.bench_story_gabor_learned },
    { say: m.bench_story_gabor_directions },
    { say: m.bench_story_gabor_pooled },
  ],
};

/** In the order of the menu; the first one opens in one click. */
export const stories = [edges, blur, gradient, overlap, subsampling, stride, gabor] as const satisfies readonly Story[];
