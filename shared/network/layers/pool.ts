import type { PoolSpec } from '../spec.ts';
import { cellsRead } from '../windows.ts';
import { factsOf, fieldOfWindows, imageShape, requirePadding, requirePositive, type Rule, windowsOf } from './layer.ts';

/** [H, W, maps] → [rows, columns, maps]; padding cells are not read. */
export const pool: Rule<PoolSpec> = (spec, source) => {
  const { name, size, stride, padding = 'valid' } = spec;
  requirePositive(name, { size, stride });
  requirePadding(name, padding, size);
  const [height, width, maps] = imageShape(spec, source);
  const along = { size, stride, padding };
  const rows = windowsOf(name, { cells: height, ...along });
  const columns = windowsOf(name, { cells: width, ...along });
  const links = cellsRead({ cells: height, ...along }) * cellsRead({ cells: width, ...along }) * maps;
  return factsOf(source, {
    output: [rows, columns, maps],
    connections: links,
    flops: links,
    fanIn: size * size,
    field: fieldOfWindows(source.field, { cells: height, ...along }),
  });
};
