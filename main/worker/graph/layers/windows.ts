import type { Padding } from '../../../../shared/network/spec.ts';
import { paddingAlong } from '../../../../shared/network/windows.ts';
import type { Shape } from '../../../../shared/tensor/shape.ts';
import type { Arithmetic, Paddings } from '../arithmetic.ts';
import { type Attribute, float32, type Output } from '../graph.ts';

/** Windows over a map of `shape` (HWC). */
export type Windows = {
  readonly shape: Shape;
  readonly size: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly dilation?: number;
};

/**
 * How an op that only knows SAME and VALID gets its padding.
 *
 * TensorFlow's own EXPLICIT padding is no way: average pooling lacks it, and the gradients of a convolution that has it
 * fall back from oneDNN to kernels without dilation.
 */
export type Padded = {
  /** The op's own attribute. */
  readonly padding: 'SAME' | 'VALID';
  /** The map's height and width as the op reads it. */
  readonly height: number;
  readonly width: number;
  /** The map with the cells around it that the op itself does not add. */
  readonly around: (math: Arithmetic, map: Output) => Output;
  /** From the gradient by what `around` gave to that by the map. */
  readonly within: (math: Arithmetic, gradient: Output) => Output;
};

/**
 * @param value what stands in the padding cells; `null` where the op reads only what is there (pooling with SAME).
 * @param filler what stands in cells that must be added although the op should not read them.
 */
export function padded(windows: Windows, value: number | null, filler = 0): Padded {
  const { shape, padding } = windows;
  const [height = 0, width = 0] = shape;
  const amounts = amountsOf(windows, padding);
  if (!isAny(amounts)) return { padding: 'VALID', height, width, around: untouched, within: untouched };
  // The op pads by itself at no cost: so 2 and 2 around a window of 5 is SAME under another name.
  const same = amountsOf(windows, 'same');
  if (
    (value === 0 || value === null) &&
    amounts.every(([before, after], axis) => {
      return before === same[axis]![0] && after === same[axis]![1];
    })
  ) {
    return { padding: 'SAME', height, width, around: untouched, within: untouched };
  }
  const paddings: Paddings = [none, ...amounts, none];
  // As a plain Pad of NHWC, which oneDNN folds into the convolution after it.
  return { ...surrounded(windows, 0), around: (math, map) => math.pad(map, paddings, value ?? filler) };
}

/** As `padded`, with all cells put around the map and none left to the op. */
export function surrounded(windows: Windows, value: number): Padded {
  const [height = 0, width = 0, channels = 0] = windows.shape;
  const amounts = amountsOf(windows, windows.padding);
  if (!isAny(amounts)) return { padding: 'VALID', height, width, around: untouched, within: untouched };
  const [[top, bottom], [left, right]] = amounts;
  const [rows, columns] = [height + top + bottom, width + left + right];
  const paddings: Paddings = [none, [top, bottom], [left * channels, right * channels]];
  return {
    padding: 'VALID',
    height: rows,
    width: columns,
    // By whole rows of numbers: 32 µs for 64 maps of 28²×1, 116 with an axis of channels.
    around: (math, map) => {
      const padded = math.pad(math.reshape(map, [-1, height, width * channels]), paddings, value);
      return math.reshape(padded, [-1, rows, columns, channels]);
    },
    within: (math, gradient) => math.slice(gradient, [0, top, left, 0], [-1, height, width, -1]),
  };
}

const none = [0, 0] as const;

function untouched(_math: Arithmetic, map: Output): Output {
  return map;
}

type Amounts = readonly [rows: readonly [number, number], columns: readonly [number, number]];

function amountsOf({ shape, size, stride, dilation = 1 }: Windows, padding: Padding): Amounts {
  const [height = 0, width = 0] = shape;
  const along = { size, stride, padding, dilation };
  return [paddingAlong({ cells: height, ...along }), paddingAlong({ cells: width, ...along })];
}

function isAny(amounts: Amounts): boolean {
  return amounts.flat().some((cells) => cells > 0);
}

/** Attributes that TensorFlow's poolings and their gradients share: float32, NHWC. */
export function poolingAttributes({ size, stride }: Windows, { padding }: Padded): Record<string, Attribute> {
  return {
    T: { type: float32 },
    ksize: { ints: [1, size, size, 1] },
    strides: { ints: [1, stride, stride, 1] },
    padding,
    data_format: 'NHWC',
  };
}
