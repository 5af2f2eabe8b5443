import { correlate, type Kernel } from '../math/correlate.ts';
import { keptContrast, keptEnergy } from '../math/measures.ts';
import { outputSize } from '../math/output-size.ts';
import { type Plane, type PlaneSummary, summarise } from '../math/plane.ts';
import { poolWithWinners } from '../math/pool.ts';
import type { BenchKernel, Experiment, Pooling, PoolingKind } from './experiment.ts';

export { outputSize } from '../math/output-size.ts';

/** An image at work: one plane (grey) or three (red, green, blue) of the same size, values in [0, 1]. */
export type BenchImage = { readonly height: number; readonly width: number; readonly planes: readonly Plane[] };

export type BenchMap = { readonly plane: Plane; readonly summary: PlaneSummary };

export type PooledMap = BenchMap & {
  readonly kind: PoolingKind;
  /**
   * For `max` and `stochastic`: for each pooled cell, the index (y · width + x) into the map that was pooled of the cell its window took;
   * −1 where none, which is where `stochastic` finds no number above zero. Else null.
   */
  readonly winners: Int32Array | null;
  /** See shared/math/measures.ts. */
  readonly keptEnergy: number;
  readonly edgeContrast: number;
};

/** Why there is no map, or no pooled map. `window` is what does not fit in `cells`. */
export type BenchProblem = {
  readonly code: 'kernel-too-large' | 'pooling-too-large' | 'reflection-too-large';
  /** Of the axis, padding counted in where the kernel is too large for it. */
  readonly cells: number;
  /** Cells from the window's first to its last, both counted; for a reflection, the cells it should add at one end. */
  readonly window: number;
  readonly axis: 'height' | 'width';
};

export type BenchResult = {
  /** One a kernel, after bias and activation; none if a kernel does not fit. */
  readonly maps: readonly BenchMap[];
  /** Of the first two kernels' maps a and b: √(a² + b²), and atan2(b, a) in radians. Null also if the two are of different sizes. */
  readonly gradient: { readonly magnitude: BenchMap; readonly direction: BenchMap } | null;
  /** The map that is pooled: the gradient's magnitude, or the chosen kernel's map. A map of no cells if there is none. */
  readonly pooledFrom: BenchMap;
  readonly left: PooledMap | null;
  readonly right: PooledMap | null;
  /** left − right. */
  readonly difference: BenchMap | null;
  readonly problems: readonly BenchProblem[];
};

/** Made anew for each result: who hands a result over to another thread hands its memory over. */
function nothing(): BenchMap {
  return {
    plane: { height: 0, width: 0, values: new Float32Array(0) },
    summary: { min: 0, max: 0, mean: 0 },
  };
}

/** All that the bench shows of an experiment on an image. */
export function compute(experiment: Experiment, image: BenchImage): BenchResult {
  const { kernels, operation, pooling, chosen } = experiment;
  const problems = kernels.flatMap((kernel) => kernelProblems(image, kernel, experiment));
  if (problems.length > 0) {
    return { maps: [], gradient: null, pooledFrom: nothing(), left: null, right: null, difference: null, problems };
  }
  const maps = kernels.map((kernel) => mapOf(correlate(image.planes, kernelPlanes(kernel), operation)));
  const gradient = gradientKernels(experiment, image) ? gradientOf(maps[0]!.plane, maps[1]!.plane) : null;
  const pooledFrom = gradient?.magnitude ?? maps[chosen]!;
  const tooLarge = poolingProblems(pooledFrom.plane, pooling);
  if (tooLarge.length > 0) {
    return { maps, gradient, pooledFrom, left: null, right: null, difference: null, problems: tooLarge };
  }
  const left = pooledMap(pooledFrom, pooling.left, pooling);
  const right = pooledMap(pooledFrom, pooling.right, pooling);
  const difference = mapOf(combined(left.plane, right.plane, (a, b) => a - b));
  return { maps, gradient, pooledFrom, left, right, difference, problems: [] };
}

/** A kernel's weights as the arithmetic reads them: one plane a channel. */
export function kernelPlanes({ height, width, channels, weights }: BenchKernel): Kernel[] {
  return Array.from({ length: channels }, (_, channel) => ({
    height,
    width,
    values: weights.filter((_, i) => i % channels === channel),
  }));
}

function mapOf(plane: Plane): BenchMap {
  return { plane, summary: summarise(plane) };
}

/** The two kernels whose maps are the components of a gradient; null if none is asked for, or their maps are of different sizes. */
export function gradientKernels(
  { together, kernels, operation }: Experiment,
  image: BenchImage,
): readonly [BenchKernel, BenchKernel] | null {
  const [first, second] = kernels;
  if (together === 'apart' || !first || !second) return null;
  const isAlike = axes.every((axis) => {
    const output = (kernel: BenchKernel): number => outputSize(image[axis], kernel[axis], operation).output;
    return output(first) === output(second);
  });
  return isAlike ? [first, second] : null;
}

function gradientOf(first: Plane, second: Plane): BenchResult['gradient'] {
  return {
    magnitude: mapOf(magnitude(first, second)),
    direction: mapOf(combined(first, second, (a, b) => Math.atan2(b, a))),
  };
}

/** How strong the gradient is whose two components stand in maps of the same size. */
export function magnitude(first: Plane, second: Plane): Plane {
  return combined(first, second, (a, b) => Math.sqrt(a * a + b * b));
}

function combined({ height, width, values }: Plane, second: Plane, how: (a: number, b: number) => number): Plane {
  const both = new Float32Array(values.length);
  for (let i = 0; i < both.length; i++) both[i] = how(values[i]!, second.values[i]!);
  return { height, width, values: both };
}

function pooledMap(from: BenchMap, kind: PoolingKind, pooling: Pooling): PooledMap {
  const { plane, winners } = poolWithWinners(from.plane, { ...pooling, method: kind });
  const summary = summarise(plane);
  return {
    kind,
    plane,
    summary,
    winners,
    keptEnergy: keptEnergy(from.plane, plane),
    edgeContrast: keptContrast(from.summary, summary),
  };
}

const axes = ['height', 'width'] as const;

function kernelProblems(image: BenchImage, kernel: BenchKernel, { operation }: Experiment): BenchProblem[] {
  return axes.flatMap((axis): BenchProblem[] => {
    const cells = image[axis];
    const { padBefore, padAfter, extent, output } = outputSize(cells, kernel[axis], operation);
    if (output === 0) {
      return [{ code: 'kernel-too-large', cells: cells + padBefore + padAfter, window: extent, axis }];
    }
    const padding = Math.max(padBefore, padAfter);
    if (operation.padMode === 'reflect' && padding > cells - 1) {
      return [{ code: 'reflection-too-large', cells, window: padding, axis }];
    }
    return [];
  });
}

function poolingProblems(map: Plane, { size }: Pooling): BenchProblem[] {
  return axes.flatMap((axis) =>
    size > map[axis] ? [{ code: 'pooling-too-large' as const, cells: map[axis], window: size, axis }] : [],
  );
}
