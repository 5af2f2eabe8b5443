import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import {
  type KernelParameters,
  kernelParametersSchema,
  type KernelPresetId,
  kernelPresetIds,
} from '../../shared/bench/experiment.ts';
import { kernelParameters, kernelPreset } from '../../shared/bench/kernel-presets.ts';
import type { Kernel } from '../../shared/math/correlate.ts';
import { reasonOf } from './file-reasons.ts';
import { numberFrom } from './settings.ts';
import { UsageError } from './usage.ts';

const rowsSchema = v.pipe(
  v.array(v.pipe(v.array(v.pipe(v.number(), v.finite())), v.minLength(1))),
  v.minLength(1),
  v.check((rows) => rows.every((row) => row.length === rows[0]!.length), 'its rows are of different lengths'),
);
const fileSchema = v.union([
  rowsSchema,
  v.pipe(
    v.object({ weights: rowsSchema }),
    v.transform(({ weights }) => weights),
  ),
]);

/**
 * The kernel that a command line names: a preset, changed by `parameters` (`size=7`), or a JSON file with an array of rows, as it is or as the
 * `weights` of an object.
 *
 * @throws UsageError if there is no such preset and it is no JSON file's name, Error if the file cannot be read or holds no kernel.
 */
export async function kernelFrom(name: string, parameters: readonly string[]): Promise<Kernel> {
  const id = kernelPresetIds.find((known) => known === name);
  if (!id && !name.endsWith('.json')) {
    throw new UsageError(`There is no kernel ${name}: name a JSON file, or one of ${kernelPresetIds.join(', ')}`);
  }
  if (!id && parameters.length > 0) throw new UsageError('--set is for kernels by name: a file has its own numbers');
  if (!id) return kernelInFile(name);
  const { height, width, weights } = kernelPreset(id, parametersFrom(id, parameters));
  return { height, width, values: weights };
}

function parametersFrom(id: KernelPresetId, pairs: readonly string[]): KernelParameters {
  const known: readonly string[] = kernelParameters[id];
  const numbers = pairs.map((pair) => {
    const [key = '', value = ''] = pair.split('=');
    if (known.includes(key)) return [key, numberFrom(key, value)] as const;
    const choice = known.length > 0 ? `only ${known.join(', ')}` : 'no numbers to set';
    throw new UsageError(`The kernel ${id} has ${choice}, not ${pair}`);
  });
  const parsed = v.safeParse(kernelParametersSchema, Object.fromEntries(numbers));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new UsageError(`${v.getDotPath(issue) ?? 'a number'} of the kernel ${id}: ${issue.message}`);
}

async function kernelInFile(path: string): Promise<Kernel> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(`${path} cannot be read: ${reasonOf(error)}`);
  });
  const parsed = v.safeParse(fileSchema, jsonOf(text, path));
  if (!parsed.success) {
    const uneven = parsed.issues.some(({ message }) => message.startsWith('its rows'));
    const why = uneven
      ? 'its rows are of different lengths'
      : 'it is an array of rows of numbers, or { "weights": rows }';
    throw new Error(`${path} is no kernel: ${why}`);
  }
  const rows = parsed.output;
  return { height: rows.length, width: rows[0]!.length, values: rows.flat() };
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path} is no kernel: it is not JSON`);
  }
}
