import { type Maps, mapsOf, type MapWindows, valueOf, windowsOver } from './maps.ts';

/** The sum of each window of each map × the map's coefficient + its bias (LeCun et al., 1998, §II-B), in float64, before the activation. */
export function subsampling(maps: Maps, coefficient: Float64Array, bias: Float64Array, windows: MapWindows): Maps {
  return eachWindow(maps, windows, (cells, map) => coefficient[map]! * sum(cells) + bias[map]!);
}

/** The mean of the cells that each window really covers, in float64: padding does not count. */
export function averagePooling(maps: Maps, windows: MapWindows): Maps {
  return eachWindow(maps, windows, (cells) => sum(cells) / cells.length);
}

function eachWindow(maps: Maps, windows: MapWindows, value: (cells: readonly number[], map: number) => number): Maps {
  const { size, stride } = windows;
  const { rows, columns, top, left } = windowsOver(maps, windows);
  const [images, , , channels] = maps.shape;
  return mapsOf([images, rows, columns, channels], (image, row, column, map) => {
    const cells = Array.from({ length: size * size }, (_, cell) => {
      const [y, x] = [Math.floor(cell / size), cell % size];
      return valueOf(maps, image, top + row * stride + y, left + column * stride + x, map, Number.NaN);
    });
    return value(
      cells.filter((cell) => !Number.isNaN(cell)),
      map,
    );
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
