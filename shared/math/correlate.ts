import { windowsAlong } from '../network/windows.ts';
import { activateInto, type MapActivation } from './activation.ts';
import { axisPadding, type OutputSize, outputSize, type WindowLayout } from './output-size.ts';
import { paddedPart, type Padding, type Stretch } from './padding.ts';
import type { Plane } from './plane.ts';
import { addProducts, type Taps, tapsFrom } from './products.ts';

/** Weights for one channel: the one at (y, x) sits at `y * width + x`. A plane is one. */
export type Kernel = { readonly height: number; readonly width: number; readonly values: ArrayLike<number> };

/** `convolution` turns the kernel by 180° first; `correlation`, what networks compute, does not. */
export type Sense = 'correlation' | 'convolution';

/** Stride 1, no padding, dilation 1, no bias, no activation and correlation where nothing else is said. */
export type CorrelateOptions = Partial<WindowLayout> &
  Partial<Padding> & {
    /** Added to every sum. */
    readonly bias?: number;
    readonly activation?: MapActivation;
    readonly sense?: Sense;
  };

/**
 * Slides a kernel over an image and sums the products: what networks call convolution and mathematics calls cross-correlation, unless
 * `sense` says otherwise. Then comes the bias, then the activation.
 *
 * The sum runs over all channels, which are planes of one size. A kernel of one plane is used on each of them alike; a kernel of several reads a
 * grey image once with each. Sums are in float64, the map is float32; its size is as `outputSize` says.
 *
 * @throws RangeError if the kernel does not fit in the padded image, a mirror image is to be longer than the image without its edge, stride,
 * dilation or padding is not a whole number, or the channels of image and kernel do not go together.
 */
export function correlate(
  image: Plane | readonly Plane[],
  kernel: Kernel | readonly Kernel[],
  options: CorrelateOptions = {},
): Plane {
  const { stride = 1, padding = 0, dilation = 1, bias = 0, activation = 'none', sense = 'correlation' } = options;
  const { padMode = 'zero', padValue = 0 } = options;
  const layout = { stride, padding, dilation };
  const channels = channelsOf('height' in image ? [image] : image, 'height' in kernel ? [kernel] : kernel);
  const { plane, kernel: weights } = channels[0]!;
  requireWholeNumbers(layout);
  const along = (cells: number, size: number): OutputSize => {
    // Says in words why a kernel does not fit.
    windowsAlong(cells, size, stride, axisPadding(padding), dilation);
    const found = outputSize(cells, size, layout);
    if (padMode === 'reflect') requireReflection(cells, Math.max(found.padBefore, found.padAfter));
    return found;
  };
  const rows = along(plane.height, weights.height);
  const columns = along(plane.width, weights.width);

  const readers = channels.map(({ plane, kernel, times }) => {
    // The number in the padding is read once a channel, too.
    const source = padded(plane, rows, columns, stride, { padMode, padValue: padValue * times });
    return { source, taps: tapsOf(kernel, source.width, dilation, sense) };
  });
  const [height, width] = [rows.output, columns.output];
  const values = new Float32Array(height * width);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(bias);
    for (const { source, taps } of readers) addProducts(sums, source.values, y * stride * source.width, stride, taps);
    activateInto(values, y * width, sums, activation);
  }
  return { height, width, values };
}

type Channel = {
  readonly plane: Plane;
  readonly kernel: Kernel;
  /** Channels of the image that the plane is the sum of. */
  readonly times: number;
};

/** As few channels as come to the same sum. */
function channelsOf(planes: readonly Plane[], kernels: readonly Kernel[]): readonly Channel[] {
  const [plane, kernel] = [planes[0], kernels[0]];
  if (!plane || !kernel) throw new RangeError('There is nothing to correlate: an image and a kernel have channels');
  if (planes.length === kernels.length) return planes.map((plane, i) => ({ plane, kernel: kernels[i]!, times: 1 }));
  if (kernels.length === 1) {
    return [{ plane: { ...plane, values: added(planes, Float32Array) }, kernel, times: planes.length }];
  }
  if (planes.length === 1) return [{ plane, kernel: { ...kernel, values: added(kernels, Float64Array) }, times: 1 }];
  throw new RangeError(`A kernel of ${kernels.length} channels does not go with an image of ${planes.length}`);
}

function added<A extends Float32Array | Float64Array>(
  parts: readonly { readonly values: ArrayLike<number> }[],
  List: new (length: number) => A,
): A {
  const sums = new List(parts[0]!.values.length);
  for (const { values } of parts) for (let i = 0; i < sums.length; i++) sums[i]! += values[i]!;
  return sums;
}

/** What all windows read of a plane: a padded copy, or the plane itself if no window reaches beyond it. */
function padded(plane: Plane, rows: OutputSize, columns: OutputSize, stride: number, padding: Padding): Plane {
  const [down, right] = [rows, columns].map(({ padBefore, output, extent }) => ({
    begin: -padBefore,
    length: (output - 1) * stride + extent,
  })) as [Stretch, Stretch];
  const reaches = ({ begin, length }: Stretch, cells: number): boolean => begin < 0 || length > cells;
  if (reaches(down, plane.height) || reaches(right, plane.width)) return paddedPart(plane, down, right, padding);
  return plane;
}

/** What a kernel reads of a plane that is `across` cells wide. */
function tapsOf({ height, width, values }: Kernel, across: number, dilation: number, sense: Sense): Taps {
  const count = height * width;
  return tapsFrom(
    Array.from({ length: count }, (_, i) => ({
      offset: Math.floor(i / width) * dilation * across + (i % width) * dilation,
      weight: values[sense === 'convolution' ? count - 1 - i : i]!,
    })),
  );
}

function requireWholeNumbers({ stride, padding, dilation }: WindowLayout): void {
  for (const [name, value] of Object.entries({ stride, dilation })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`A ${name} is a whole number above zero, not ${value}`);
    }
  }
  if (typeof padding === 'number' && (!Number.isInteger(padding) || padding < 0)) {
    throw new RangeError(`Padding is a whole number of rings, zero or more, not ${padding}`);
  }
}

function requireReflection(cells: number, pad: number): void {
  if (pad < cells) return;
  throw new RangeError(
    `The mirror image of ${cells} cells without the edge has ${cells - 1}, fewer than the ${pad} to be added: pad less, or with the edge`,
  );
}
