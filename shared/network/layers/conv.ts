import { NetworkError } from '../network-error.ts';
import type { ConvSpec } from '../spec.ts';
import { extentOf } from '../windows.ts';
import { requireInitialiser } from './initialiser.ts';
import {
  factsOf,
  fieldOfWindows,
  imageShape,
  type NamedShape,
  requirePadding,
  requirePositive,
  type Rule,
  windowsOf,
} from './layer.ts';

/**
 * [H, W, inputs] → [rows, columns, filters]. The kernel is HWIO, [size, size, inputs / groups, filters]; with a connection
 * table it is stored whole and only what the table names is read, and counted.
 */
export const conv: Rule<ConvSpec> = (spec, source) => {
  const { name, filters, size, stride, padding, dilation = 1, groups = 1, bias = 'filter' } = spec;
  requirePositive(name, { filters, size, stride, dilation, groups });
  requirePadding(name, padding, extentOf(size, dilation));
  requireInitialiser(name, spec.initialiser, spec.initialBias);
  if (!Number.isFinite(spec.paddingValue ?? 0)) {
    throw new NetworkError(name, `The padding's value must be a number, not ${spec.paddingValue}`);
  }
  const [height, width, inputs] = imageShape(spec, source);
  requireGroups(spec, inputs);
  if (spec.connections) requireTable(spec, spec.connections, inputs);

  const along = { size, stride, padding, dilation };
  const rows = windowsOf(name, { cells: height, ...along });
  const columns = windowsOf(name, { cells: width, ...along });
  /** Pairs of a filter and an input map that it reads. */
  const pairs = spec.connections?.reduce((sum, row) => sum + row.length, 0) ?? (inputs / groups) * filters;
  const kernelWeights = size * size * pairs;
  const units = rows * columns * filters;
  const biasShape = { filter: [filters], unit: [rows, columns, filters], none: null }[bias];
  const weights: NamedShape[] = [{ name: 'kernel', shape: [size, size, inputs / groups, filters] }];
  if (biasShape) weights.push({ name: 'bias', shape: biasShape });
  return factsOf(source, {
    output: [rows, columns, filters],
    weights,
    parameters: kernelWeights + { filter: filters, unit: units, none: 0 }[bias],
    connections: rows * columns * kernelWeights + (bias === 'none' ? 0 : units),
    flops: 2 * rows * columns * kernelWeights,
    fanIn: kernelWeights / filters,
    units,
    field: fieldOfWindows(source.field, { cells: height, ...along }),
  });
};

function requireGroups({ name, filters, groups = 1, connections }: ConvSpec, inputs: number): void {
  if (groups === 1) return;
  if (connections) throw new NetworkError(name, 'Groups and a connection table exclude each other: give one of them');
  for (const [what, count] of [['input maps', inputs] as const, ['filters', filters] as const]) {
    if (count % groups !== 0) {
      throw new NetworkError(
        name,
        `${count} ${what} do not fall into ${groups} equal groups: choose a number that divides`,
      );
    }
  }
}

function requireTable({ name, filters }: ConvSpec, table: readonly (readonly number[])[], inputs: number): void {
  if (table.length !== filters) {
    throw new NetworkError(
      name,
      `The connection table has ${table.length} rows for ${filters} filters: give one a filter`,
    );
  }
  for (const [filter, row] of table.entries()) {
    if (row.length === 0) {
      throw new NetworkError(name, `Filter ${filter} reads no input map: name at least one in its row of the table`);
    }
    if (new Set(row).size !== row.length) {
      throw new NetworkError(name, `Filter ${filter} names an input map twice: name each once`);
    }
    for (const map of row) {
      if (!Number.isInteger(map) || map < 0 || map >= inputs) {
        throw new NetworkError(name, `Filter ${filter} reads input map ${map}, but they count from 0 to ${inputs - 1}`);
      }
    }
  }
}
