import type { Padding } from '../network/spec.ts';
import { paddingAlong, windowsAlong } from '../network/windows.ts';
import { sizeOf } from '../tensor/shape.ts';

/** A batch of maps in float64, NHWC: the value at (n, y, x, c) sits at `((n·H + y)·W + x)·C + c`. */
export type Maps = {
  readonly shape: readonly [images: number, height: number, width: number, channels: number];
  readonly values: Float64Array;
};

/** Maps of `shape` that hold `valueAt` of each place. */
export function mapsOf(
  shape: Maps['shape'],
  valueAt: (image: number, y: number, x: number, channel: number) => number,
): Maps {
  const values = new Float64Array(sizeOf(shape));
  const [images, height, width, channels] = shape;
  let next = 0;
  for (let image = 0; image < images; image++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let channel = 0; channel < channels; channel++) values[next++] = valueAt(image, y, x, channel);
      }
    }
  }
  return { shape, values };
}

/** One value of the maps, or `outside` beyond their edges. */
export function valueOf(maps: Maps, image: number, y: number, x: number, channel: number, outside: number): number {
  const height = maps.shape[1];
  const width = maps.shape[2];
  if (y < 0 || x < 0 || y >= height || x >= width) return outside;
  return maps.values[((image * height + y) * width + x) * maps.shape[3] + channel]!;
}

/** How square windows lie over maps. */
export type MapWindows = {
  readonly size: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly dilation?: number;
};

/** Rows and columns of windows over the maps, and the cell at which window (0, 0) begins: negative in the padding. */
export function windowsOver({ shape: [, height, width] }: Maps, windows: MapWindows) {
  const along = (cells: number): readonly [windows: number, begin: number] => [
    windowsAlong(cells, windows.size, windows.stride, windows.padding, windows.dilation),
    -paddingAlong({ cells, ...windows })[0],
  ];
  const [rows, top] = along(height);
  const [columns, left] = along(width);
  return { rows, columns, top, left };
}
