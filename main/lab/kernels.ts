import { parseArgs } from 'node:util';
import { readRun } from '../worker/run-folder/run-reader.ts';
import { writeNumpyFile } from './numpy-file.ts';
import { required } from './required.ts';

const options = {
  run: { type: 'string' },
  layer: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Writes the kernels of a saved run's convolution as they are: float32, HWIO. */
export async function kernels(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options });
  const { run, layer: name, out } = required('kernels', values, ['run', 'layer', 'out']);
  const { trace, tensors, file } = await readRun(run);
  const layer = trace.layers.find(({ spec }) => spec.name === name);
  const convolutions = trace.layers.filter(({ spec }) => spec.kind === 'conv').map(({ spec }) => spec.name);
  if (layer?.spec.kind !== 'conv') {
    const what = layer ? `${name} is no convolution: it has no kernels` : `The network has no layer ${name}`;
    throw new Error(`${what}; those with kernels are ${convolutions.join(', ')}`);
  }
  const kernel = tensors.find((tensor) => tensor.name === `${name}/${layer.weights[0]!.name}`)!;
  await writeNumpyFile(out, kernel, { json: values.json, layer: name, step: file.step });
}
