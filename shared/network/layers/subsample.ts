import type { SubsampleSpec } from '../spec.ts';
import { factsOf, fieldOfWindows, imageShape, requirePositive, type Rule, windowsOf } from './layer.ts';

/** [H, W, maps] → [rows, columns, maps]: whole windows only; a coefficient and a bias a map. */
export const subsample: Rule<SubsampleSpec> = (spec, source) => {
  const { name, size, stride } = spec;
  requirePositive(name, { size, stride });
  const [height, width, maps] = imageShape(spec, source);
  const along = { size, stride, padding: 'valid' } as const;
  const rows = windowsOf(name, { cells: height, ...along });
  const columns = windowsOf(name, { cells: width, ...along });
  const units = rows * columns * maps;
  const links = units * (size * size + 1);
  return factsOf(source, {
    output: [rows, columns, maps],
    weights: [
      { name: 'coefficient', shape: [maps] },
      { name: 'bias', shape: [maps] },
    ],
    parameters: 2 * maps,
    connections: links,
    flops: links,
    fanIn: size * size,
    units,
    field: fieldOfWindows(source.field, { cells: height, ...along }),
  });
};
