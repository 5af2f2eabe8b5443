import { describe, expect, it } from 'vitest';
import { Dice } from '../random/testing/dice.ts';
import { mapActivations } from './activation.ts';
import { correlate, type CorrelateOptions, type Kernel } from './correlate.ts';
import { edgeKernels } from './kernels.ts';
import { padModes } from './padding.ts';
import { plane, type Plane } from './plane.ts';
import { correlationByDefinition, isPossible, rowsOf } from './testing/definition.ts';

const plain: Required<CorrelateOptions> = {
  stride: 1,
  padding: 'valid',
  padMode: 'zero',
  padValue: 0,
  dilation: 1,
  bias: 0,
  activation: 'none',
  sense: 'correlation',
};

function planes(dice: Dice, count: number, height: number, width: number): Plane[] {
  return Array.from({ length: count }, () => plane(height, width, dice.numbers(height * width)));
}

/** Expects each number of the map within 1e-6 of the size of what it was summed from. */
function expectAsDefined(image: readonly Plane[], kernels: readonly Kernel[], options: Required<CorrelateOptions>) {
  const found = correlate(image, kernels, options);
  const { rows, sizes } = correlationByDefinition(image, kernels.map(rowsOf), options);
  expect([found.height, found.width]).toEqual([rows.length, rows[0]!.length]);
  rowsOf(found).forEach((row, y) =>
    row.forEach((value, x) => {
      const apart = Math.abs(value - rows[y]![x]!);
      // Not within a NaN either.
      expect(apart <= 1e-6 * Math.max(sizes[y]![x]!, 1e-3), `(${y}, ${x}): ${value} is ${apart} away`).toBe(true);
    }),
  );
}

describe('correlation', () => {
  it('gives the numbers worked out by hand', () => {
    const image = plane(3, 4, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const kernel = plane(2, 2, [1, 0, 0, -1]);
    // (1 − 6), (2 − 7), (3 − 8); (5 − 10), (6 − 11), (7 − 12)
    expect(correlate(image, kernel)).toEqual(plane(2, 3, [-5, -5, -5, -5, -5, -5]));
  });

  it('does not flip the kernel, and convolution does', () => {
    const [image, kernel] = [plane(1, 2, [3, 5]), plane(1, 2, [1, 10])];
    expect(correlate(image, kernel)).toEqual(plane(1, 1, [53]));
    expect(correlate(image, kernel, { sense: 'convolution' })).toEqual(plane(1, 1, [35]));
  });

  it('answers with 4 to a step from black to white under Sobel x, and with 0 on a flat field', () => {
    const step = plane(3, 4, [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1]);
    expect([...correlate(step, edgeKernels['sobel-x']).values]).toEqual([4, 4]);
    expect([...correlate(plane(3, 3, Array(9).fill(0.5)), edgeKernels['sobel-x']).values]).toEqual([0]);
  });

  it.each([
    ['zero', [0, 0, 1, 2, 3, 0, 0]],
    ['edge', [1, 1, 1, 2, 3, 3, 3]],
    ['reflect', [3, 2, 1, 2, 3, 2, 1]],
    ['value', [7, 7, 1, 2, 3, 7, 7]],
  ] as const)('sees this beyond the image with padding of %s: %j', (padMode, expected) => {
    // All rows are alike, so that what is above and below may be left out.
    const image = plane(3, 3, [1, 2, 3, 1, 2, 3, 1, 2, 3]);
    const seen = correlate(image, plane(1, 1, [1]), { padding: 2, padMode, padValue: 7 });
    expect(rowsOf(seen)[3]).toEqual(expected);
  });

  it('sums over channels, with a plane of weights for each or one for all, and of a grey image once for each', () => {
    const [red, green, blue] = [plane(1, 1, [1]), plane(1, 1, [10]), plane(1, 1, [100])];
    const kernels = [plane(1, 1, [2]), plane(1, 1, [3]), plane(1, 1, [4])];
    expect([...correlate([red, green, blue], kernels).values]).toEqual([432]);
    expect([...correlate([red, green, blue], kernels[0]!).values]).toEqual([222]);
    expect([...correlate(green, kernels).values]).toEqual([90]);
  });

  it('puts the padding’s number before every channel', () => {
    const image = [plane(1, 1, [1]), plane(1, 1, [1]), plane(1, 1, [1])];
    const [left] = correlate(image, plane(1, 3, [1, 0, 0]), { padding: 'same', padMode: 'value', padValue: 5 }).values;
    expect(left).toBe(15);
  });
});

describe('correlation is its definition', () => {
  const dice = new Dice(6);
  it('for every option, on 600 random shapes', () => {
    let refused = 0;
    for (let turn = 0; turn < 600; turn++) {
      const options: Required<CorrelateOptions> = {
        stride: dice.whole(1, 4),
        padding: dice.pick(['valid', 'same', dice.whole(0, 5)]),
        padMode: padModes[turn % 4]!,
        padValue: dice.numbers(1)[0]!,
        dilation: dice.whole(1, 3),
        bias: dice.numbers(1)[0]!,
        activation: mapActivations[turn % 5]!,
        sense: dice.pick(['correlation', 'convolution']),
      };
      const [height, width] = [dice.whole(1, 7), dice.whole(1, 7)];
      const image = planes(dice, dice.pick([1, 3]), dice.whole(1, 16), dice.whole(1, 16));
      const kernels = planes(dice, dice.pick([1, 3]), height, width);
      if (isPossible(image[0]!, kernels[0]!, options)) expectAsDefined(image, kernels, options);
      else {
        expect(() => correlate(image, kernels, options)).toThrow(RangeError);
        refused += 1;
      }
    }
    // Kernels that do not fit, and reflections longer than their image: not all of them.
    expect(refused).toBeGreaterThan(50);
    expect(refused).toBeLessThan(300);
  });

  it.each([11, 10, 9, 5, 2])('for kernels of %i, whose weights are partly 0', (size) => {
    const image = planes(dice, 3, 24, 31);
    const kernels = planes(dice, 3, size, size).map(({ values, ...rest }) => {
      return { ...rest, values: values.map((weight, i) => (i % 3 === 0 ? 0 : weight)) };
    });
    expectAsDefined(image, kernels, plain);
    expectAsDefined(image, kernels, { ...plain, padding: 'same', padMode: 'reflect', stride: 2 });
  });

  it.each([
    ['an image of one pixel', [1, 1], [1, 1], {}],
    ['an image of one pixel, padded', [1, 1], [3, 3], { padding: 'same', padMode: 'edge' }],
    ['a kernel of one weight', [5, 7], [1, 1], { stride: 2 }],
    ['a kernel as large as the image', [5, 7], [5, 7], {}],
    ['a kernel larger than the image, padded', [2, 3], [7, 7], { padding: 'same' }],
    ['a stride larger than the kernel', [9, 9], [2, 2], { stride: 4 }],
    ['a stride larger than the image', [3, 3], [2, 2], { stride: 9, padding: 'same' }],
    ['more padding than image', [2, 2], [1, 1], { padding: 9, padMode: 'value', padValue: -2 }],
    ['a mirror image as long as it can be', [4, 4], [3, 3], { padding: 3, padMode: 'reflect' }],
    ['a kernel of zeros', [4, 4], [0, 0], { bias: 0.25 }],
  ] as const)('for %s', (_name, [height, width], [rows, columns], options) => {
    const kernel = rows === 0 ? plane(3, 3, Array(9).fill(0)) : plane(rows, columns, dice.numbers(rows * columns));
    expectAsDefined(planes(dice, 1, height, width), [kernel], { ...plain, ...options });
  });

  it('leaves the image as it was', () => {
    const image = plane(2, 2, [1, 2, 3, 4]);
    const found = correlate(image, plane(1, 1, [1]));
    found.values.fill(9);
    expect([...image.values]).toEqual([1, 2, 3, 4]);
  });
});

describe('correlation refuses', () => {
  const image = plane(2, 5, Array(10).fill(1));
  const one = plane(1, 1, [1]);
  it.each<[string, Kernel | Kernel[], CorrelateOptions, string]>([
    ['a kernel larger than the image', plane(3, 3, Array(9).fill(1)), {}, 'A window of 3 does not fit in 2 cells'],
    ['a stride of zero', one, { stride: 0 }, 'A stride is a whole number above zero, not 0'],
    ['a dilation of a half', one, { dilation: 0.5 }, 'A dilation is a whole number above zero, not 0.5'],
    ['a broken ring of padding', one, { padding: 0.5 }, 'Padding is a whole number of rings'],
    ['a reflection of the edge itself', one, { padding: 2, padMode: 'reflect' }, 'mirror image of 2 cells'],
    ['no channels', [], {}, 'There is nothing to correlate'],
  ])('%s', (_name, kernel, options, message) => {
    expect(() => correlate(image, kernel, options)).toThrow(RangeError);
    expect(() => correlate(image, kernel, options)).toThrow(message);
  });

  it('channels that do not go together', () => {
    expect(() => correlate([one, one], [one, one, one])).toThrow('3 channels does not go with an image of 2');
  });
});
