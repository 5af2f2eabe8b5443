import type { BenchImage } from '../../../../shared/bench/compute.ts';
import type { Computed } from '../../../state/bench/bench.svelte.ts';

/** What an array holds: `kernel` and `map` are numbered from 0. */
export type ArrayMeaning =
  | { readonly of: 'input' | 'magnitude' | 'direction' | 'left' | 'right' | 'difference' }
  | { readonly of: 'kernel' | 'map'; readonly index: number };

/** An array of the bench that can be saved: HW, or HWC where it has colour. */
export type BenchArray = {
  /** Its name for a file and for a program: the same in every language. */
  readonly id: string;
  readonly meaning: ArrayMeaning;
  readonly shape: readonly number[];
  /** In C order; made when it is asked for. */
  readonly values: () => Float32Array;
};

/** All arrays that stand on the bench, from the input on. */
export function benchArrays({ experiment, image, result }: Computed): BenchArray[] {
  const arrays: BenchArray[] = [inputArray(image)];
  const isAlone = experiment.kernels.length === 1;
  experiment.kernels.forEach(({ height, width, channels, weights }, index) => {
    arrays.push({
      id: isAlone ? 'kernel' : `kernel-${index + 1}`,
      meaning: { of: 'kernel', index },
      shape: channels === 1 ? [height, width] : [height, width, channels],
      values: () => Float32Array.from(weights),
    });
  });
  const add = (id: string, meaning: ArrayMeaning, map: { readonly plane: Plane } | null | undefined): void => {
    if (map) arrays.push({ id, meaning, shape: [map.plane.height, map.plane.width], values: () => map.plane.values });
  };
  result.maps.forEach((map, index) => add(isAlone ? 'map' : `map-${index + 1}`, { of: 'map', index }, map));
  add('gradient-magnitude', { of: 'magnitude' }, result.gradient?.magnitude);
  add('gradient-direction', { of: 'direction' }, result.gradient?.direction);
  add(`pooled-left-${experiment.pooling.left}`, { of: 'left' }, result.left);
  add(`pooled-right-${experiment.pooling.right}`, { of: 'right' }, result.right);
  add('difference', { of: 'difference' }, result.difference);
  return arrays;
}

type Plane = BenchImage['planes'][number];

/** The channels side by side in each cell, as programs have images. */
function inputArray({ height, width, planes }: BenchImage): BenchArray {
  return {
    id: 'input',
    meaning: { of: 'input' },
    shape: planes.length === 1 ? [height, width] : [height, width, planes.length],
    values: () => {
      const values = new Float32Array(height * width * planes.length);
      planes.forEach((plane, channel) => {
        for (let i = 0; i < height * width; i++) values[i * planes.length + channel] = plane.values[i]!;
      });
      return values;
    },
  };
}
