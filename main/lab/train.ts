import { parseArgs } from 'node:util';
import type { Device, RunSettings, WorkerEvent } from '../../shared/contract.ts';
import { presetIds, presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { threadingFor } from '../../shared/training/threading.ts';
import { Session } from '../worker/session.ts';
import { loadTensorFlow } from '../worker/tensorflow.ts';
import { datasetsFolder } from './datasets-folder.ts';
import { numberFrom, settingsFrom } from './settings.ts';
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
  gradients: { type: 'boolean', default: false },
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
  const { settings, images } = settingsFrom({ network, ...values });
  const limit = {
    steps: values.steps === undefined ? undefined : numberFrom('steps', values.steps),
    seconds: values.seconds === undefined ? undefined : numberFrom('seconds', values.seconds),
  };

  const { network: spec } = presets[settings.network.preset].choose(settings.network.switches);
  const { tf, device } = loadTensorFlow(wanted, threadingFor(trace(spec)));
  const print = values.json ? printJson : printText;
  const failures: string[] = [];
  const session = new Session(tf, device, { datasets: datasetsFolder(), images }, (event) => {
    if (event.type === 'failed') failures.push(event.message);
    else print(event, settings, device);
  });
  print({ type: 'started' }, settings, device);
  await session.handle({ type: 'configure', settings });
  if (values.gradients) await session.handle({ type: 'watch-gradients', isWanted: true });
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
    case 'configured':
      if (line.skipped.length > 0) write({ type: 'skipped', files: line.skipped });
      return;
    case 'stepped':
    case 'evaluated':
    case 'gradients':
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
  if (line.type === 'configured') {
    for (const { file, reason } of line.skipped) process.stderr.write(`${file} was left out: ${reason}\n`);
  }
  if (line.type === 'evaluated') {
    const [accuracy, top5] = [line.testAccuracy, 1 - line.top5Error].map((share) => (share * 100).toFixed(2));
    process.stdout.write(
      `Epoch ${line.epoch}, step ${line.step}: test accuracy ${accuracy} %, among the five best ${top5} %, test loss ${line.testLoss.toFixed(4)}\n`,
    );
  }
  if (line.type === 'finished') {
    process.stdout.write(`${Math.round(line.imagesPerSecond)} images/s, weights ${line.weightsSha256}\n`);
  }
}

function write(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
