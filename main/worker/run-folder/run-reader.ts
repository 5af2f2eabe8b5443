import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { presets } from '../../../shared/network/presets/index.ts';
import { type NetworkTrace, trace } from '../../../shared/network/shapes.ts';
import { float32sOf, readSafetensors } from '../../../shared/safetensors/read.ts';
import type { NamedTensor } from '../weights.ts';
import { type RunFile, runFiles, runFileSchema } from './run-file.ts';

/** A run that came to its end, from its folder. */
export type SavedRun = {
  readonly file: RunFile;
  readonly trace: NetworkTrace;
  /** All that it has learned: weights and state, as `LAYER/tensor`. */
  readonly tensors: readonly NamedTensor[];
};

/**
 * Reads a run's settings and weights; nothing in the folder is believed before it is checked.
 * @throws Error, SafetensorsError or NetworkError, in a sentence that names the file.
 */
export async function readRun(folder: string): Promise<SavedRun> {
  const file = await readRunFile(folder);
  const { preset, switches } = file.settings.network;
  const network = trace(presets[preset].choose(switches).network);
  const path = join(folder, runFiles.model);
  const bytes = await readFile(path).catch((error: unknown) => {
    if (isMissing(error)) {
      throw new Error(`${folder} holds no weights: the training of this run did not come to its end`);
    }
    throw error;
  });
  const { tensors, metadata } = readSafetensors(bytes, path);
  if (metadata['step'] !== String(file.step)) {
    throw new Error(`${path} is of step ${metadata['step'] ?? 'unknown'}, and ${runFiles.run} of step ${file.step}`);
  }
  return { file, trace: network, tensors: expectedTensors(network, tensors, path) };
}

async function readRunFile(folder: string): Promise<RunFile> {
  const path = join(folder, runFiles.run);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) throw new Error(`${folder} holds no run: there is no ${runFiles.run} in it`);
    throw error;
  });
  const parsed = v.safeParse(runFileSchema, jsonFrom(text, path));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue);
  throw new Error(`${path} is no run that this version reads: ${where ? `${where}: ` : ''}${issue.message}`);
}

function jsonFrom(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path} is no run that this version reads: it is not JSON`);
  }
}

/** The network's tensors in layer order, if the file has just these. */
function expectedTensors(
  { layers }: NetworkTrace,
  found: ReturnType<typeof readSafetensors>['tensors'],
  path: string,
): NamedTensor[] {
  const expected = layers.flatMap(({ spec, weights, state }) =>
    [...weights, ...state].map(({ name, shape }) => ({ name: `${spec.name}/${name}`, shape })),
  );
  const stranger = [...found.keys()].find((name) => !expected.some((tensor) => tensor.name === name));
  if (stranger !== undefined) throw new Error(`${path} holds ${stranger}, which the network does not have`);
  return expected.map(({ name, shape }) => {
    const tensor = found.get(name);
    if (!tensor) throw new Error(`${path} does not hold ${name}`);
    if (tensor.dtype !== 'F32' || tensor.shape.join() !== shape.join()) {
      throw new Error(
        `${name} of ${path} is ${tensor.dtype} ${tensor.shape.join('×')}, and of the network F32 ${shape.join('×')}`,
      );
    }
    return { name, shape, values: float32sOf(tensor) };
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
