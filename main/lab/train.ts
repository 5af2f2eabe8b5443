import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { type Device, type RunSettings, runSettingsSchema, type WorkerEvent } from '../../shared/contract.ts';
import { datasetsFolder } from './datasets-folder.ts';
import { defaultSettings, learningRates } from '../../shared/defaults.ts';
import { activations } from '../../shared/network/spec.ts';
import { presetIds } from '../../shared/network/presets/index.ts';
import { Session } from '../worker/session.ts';
import { loadTensorFlow } from '../worker/tensorflow.ts';
import { UsageError } from './usage.ts';

const options = {
  dataset: { type: 'string' },
  epochs: { type: 'string' },
  steps: { type: 'string' },
  seconds: { type: 'string' },
  batch: { type: 'string' },
  seed: { type: 'string' },
  device: { type: 'string' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  json: { type: 'boolean', default: false },
} as const;

/** Trains a network without a window and prints what the worker says, without its frames. */
export async function train(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [network, ...others] = positionals;
  if (!network || others.length > 0) throw new UsageError(`Name one network: ${presetIds.join(', ')}`);
  const wanted = values.device ?? 'auto';
  if (wanted !== 'auto' && wanted !== 'cpu' && wanted !== 'gpu') {
    throw new UsageError(`--device takes cpu or gpu, not ${wanted}`);
  }
  const settings = settingsFrom(network, values);
  const limit = {
    steps: values.steps === undefined ? undefined : numberFrom('steps', values.steps),
    seconds: values.seconds === undefined ? undefined : numberFrom('seconds', values.seconds),
  };

  const { tf, device } = loadTensorFlow(wanted);
  const print = values.json ? printJson : printText;
  const failures: string[] = [];
  const session = new Session(tf, device, datasetsFolder(), (event) => {
    if (event.type === 'failed') failures.push(event.message);
    else print(event, settings, device);
  });
  print({ type: 'started' }, settings, device);
  await session.handle({ type: 'configure', settings });
  if (failures.length === 0) await session.handle({ type: 'train', limit });
  await session.idle();
  if (failures.length > 0) throw new Error(failures.join('; '));
}

type Line = WorkerEvent | { readonly type: 'started' };

function printJson(line: Line, settings: RunSettings, device: Device): void {
  switch (line.type) {
    case 'started':
      write({
        type: 'started',
        network: settings.network,
        dataset: settings.dataset,
        ...settings.hyperParameters,
        device,
      });
      return;
    case 'stepped':
    case 'evaluated':
      write(line);
      return;
    case 'finished': {
      const { step, ...rest } = line;
      write({ ...rest, steps: step, device: device.device });
      return;
    }
    default:
      return;
  }
}

function printText(line: Line, settings: RunSettings): void {
  if (line.type === 'started') process.stdout.write(`Training ${settings.network.preset} on ${settings.dataset}\n`);
  if (line.type === 'evaluated') {
    const accuracy = (line.testAccuracy * 100).toFixed(2);
    process.stdout.write(`Step ${line.step}: test accuracy ${accuracy} %, test loss ${line.testLoss.toFixed(4)}\n`);
  }
  if (line.type === 'finished') {
    process.stdout.write(`${Math.round(line.imagesPerSecond)} images/s, weights ${line.weightsSha256}\n`);
  }
}

function write(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function settingsFrom(
  preset: string,
  values: { dataset?: string; epochs?: string; batch?: string; seed?: string; set: string[] },
): RunSettings {
  const settings: RunSettings = structuredClone(defaultSettings);
  const network: Record<string, unknown> = { ...settings.network, preset };
  const hyperParameters: Record<string, unknown> = { ...settings.hyperParameters };
  for (const key of ['epochs', 'batch', 'seed'] as const) {
    if (values[key] !== undefined) hyperParameters[key] = numberFrom(key, values[key]);
  }
  for (const pair of values.set) {
    const [key = '', value = ''] = pair.split('=', 2);
    if (key === 'activation' || key === 'pooling') network[key] = value;
    else if (Object.hasOwn(hyperParameters, key)) hyperParameters[key] = numberFrom(key, value);
    else
      throw new UsageError(
        `--set does not know ${key}: activation, pooling, ${Object.keys(hyperParameters).join(', ')}`,
      );
  }
  const given = values.set.some((pair) => pair.startsWith('learningRate='));
  const byActivation = activations.find((activation) => activation === network['activation']);
  if (!given && byActivation) hyperParameters['learningRate'] = learningRates[byActivation];
  const dataset = values.dataset ?? settings.dataset;
  const parsed = v.safeParse(runSettingsSchema, { network, dataset, hyperParameters });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new UsageError(`${v.getDotPath(issue) ?? 'settings'}: ${issue.message}`);
  }
  return parsed.output;
}

function numberFrom(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UsageError(`${name} takes a number, not “${text}”`);
  return value;
}
