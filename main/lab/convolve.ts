import { parseArgs } from 'node:util';
import { benchImageFrom } from '../../shared/bench/bench-image.ts';
import type { BenchImage } from '../../shared/bench/compute.ts';
import { type MapActivation, mapActivations } from '../../shared/math/activation.ts';
import { correlate, type CorrelateOptions, type Kernel } from '../../shared/math/correlate.ts';
import { outputSize } from '../../shared/math/output-size.ts';
import { type PadMode, padModes } from '../../shared/math/padding.ts';
import { pool, type PoolingKind, poolingKinds, type PoolOptions } from '../../shared/math/pool.ts';
import { pictureIn } from './image-file.ts';
import { kernelFrom } from './kernel-from.ts';
import { writeNumpyFile } from './numpy-file.ts';
import { required } from './required.ts';
import { numberFrom } from './settings.ts';
import { UsageError } from './usage.ts';

const options = {
  image: { type: 'string' },
  kernel: { type: 'string' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  colour: { type: 'string', default: 'grey' },
  stride: { type: 'string', default: '1' },
  padding: { type: 'string', default: 'valid' },
  'pad-mode': { type: 'string', default: 'zero' },
  'pad-value': { type: 'string', default: '0' },
  dilation: { type: 'string', default: '1' },
  bias: { type: 'string', default: '0' },
  activation: { type: 'string', default: 'none' },
  sense: { type: 'string', default: 'correlation' },
  pool: { type: 'string' },
  seed: { type: 'string' },
  coefficient: { type: 'string' },
  'pool-bias': { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof valuesFrom>;

/** Of an image with its padding: as float32 it takes 2 GB. */
const mostCells = 500_000_000;

/** Convolves an image, pools the map if asked to, and writes the numbers: float32, HW. What the bench does, without a window. */
export async function convolve(args: string[]): Promise<void> {
  const values = valuesFrom(args);
  const { image, kernel: named, out } = required('convolve', values, ['image', 'kernel', 'out']);
  const operation = operationFrom(values);
  const pooling = poolingFrom(values);
  const kernel = await kernelFrom(named, values.set);
  const colour = choice('colour', values.colour, ['grey', 'rgb']);
  const pixels = benchImageFrom(await pictureIn(image), colour);
  requireRoom(pixels, kernel, operation);
  const map = correlate(pixels.planes, kernel, operation);
  const { height, width, values: numbers } = pooling ? pool(map, pooling) : map;
  await writeNumpyFile(out, { shape: [height, width], values: numbers }, { json: values.json });
}

function valuesFrom(args: readonly string[]) {
  return parseArgs({ args: withNegativeNumbers(args), options }).values;
}

/** `parseArgs` takes `--bias -1` for two options: what it understands is `--bias=-1`. */
function withNegativeNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1) ?? '';
    if (/^-[\d.]/.test(arg) && /^--[a-z-]+$/.test(before)) joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

function choice<T extends string>(name: string, given: string, choices: readonly T[]): T {
  const found = choices.find((known) => known === given);
  if (found === undefined) throw new UsageError(`--${name} takes ${choices.join(', ')}, not ${given}`);
  return found;
}

function wholeFrom(name: string, text: string, least: number): number {
  const value = numberFrom(name, text);
  if (!Number.isInteger(value) || value < least) {
    throw new UsageError(`${name} takes a whole number, ${least} or more, not “${text}”`);
  }
  return value;
}

function operationFrom(values: Values): Required<CorrelateOptions> {
  const { padding } = values;
  return {
    stride: wholeFrom('--stride', values.stride, 1),
    padding:
      padding === 'valid' || padding === 'same' ? padding : wholeFrom('--padding, unless valid or same,', padding, 0),
    padMode: choice<PadMode>('pad-mode', values['pad-mode'], padModes),
    padValue: numberFrom('--pad-value', values['pad-value']),
    dilation: wholeFrom('--dilation', values.dilation, 1),
    bias: numberFrom('--bias', values.bias),
    activation: choice<MapActivation>('activation', values.activation, mapActivations),
    sense: choice('sense', values.sense, ['correlation', 'convolution']),
  };
}

/** `KIND:SIZE:STRIDE`; without a stride, windows side by side. */
function poolingFrom({ pool: text, seed, coefficient, 'pool-bias': bias }: Values): PoolOptions | null {
  if (text === undefined) return null;
  const [kind = '', size = '', stride = size, ...rest] = text.split(':');
  if (rest.length > 0) throw new UsageError(`--pool takes KIND:SIZE:STRIDE, not ${text}`);
  return {
    method: choice<PoolingKind>('pool', kind, poolingKinds),
    size: wholeFrom('--pool KIND:SIZE', size, 1),
    stride: wholeFrom('--pool KIND:SIZE:STRIDE', stride, 1),
    ...(seed !== undefined && { seed: wholeFrom('--seed', seed, 0) }),
    ...(coefficient !== undefined && { coefficient: numberFrom('--coefficient', coefficient) }),
    ...(bias !== undefined && { bias: numberFrom('--pool-bias', bias) }),
  };
}

function requireRoom(image: BenchImage, kernel: Kernel, operation: Required<CorrelateOptions>): void {
  const [height, width] = (['height', 'width'] as const).map((axis) => {
    const { padBefore, padAfter } = outputSize(image[axis], kernel[axis], operation);
    return padBefore + image[axis] + padAfter;
  }) as [number, number];
  if (height * width <= mostCells) return;
  throw new Error(`With its padding the image would have ${height}×${width} cells, more than 500 million: pad less`);
}
