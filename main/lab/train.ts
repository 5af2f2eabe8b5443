import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Device, RunSettings, WorkerEvent } from '../../shared/contract.ts';
import { presetIds, presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { threadingFor } from '../../shared/training/threading.ts';
import { runFiles } from '../worker/run-folder/run-file.ts';
import { RunWriter } from '../worker/run-folder/run-writer.ts';
import { Session } from '../worker/session.ts';
import { loadTensorFlow } from '../worker/tensorflow.ts';
import { datasetsFolder } from './datasets-folder.ts';
import { reasonOf } from './file-reasons.ts';
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
  run: { type: 'string' },
  moments: { type: 'string' },
  gradients: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Trains a network without a window and prints what the worker says, without its frames; `--run` keeps all of it in a folder. */
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

  if (values.run === '') throw new UsageError('--run takes a folder: one that is empty, or not there yet');
  const bytes = momentBytes(values.run, values.moments);
  const writer = values.run === undefined ? null : await RunWriter.take(values.run);

  const { network: spec } = presets[settings.network.preset].choose(settings.network.switches);
  const { tf, device } = loadTensorFlow(wanted, threadingFor(trace(spec)));
  const print = values.json ? printJson : printText;
  const failures: string[] = [];
  let finished: Finished | undefined;
  const moments = values.run === undefined ? undefined : join(values.run, runFiles.moments);
  const session = new Session(tf, device, { datasets: datasetsFolder(), images, moments }, (event) => {
    writer?.note(event);
    if (event.type === 'failed') failures.push(event.message);
    // The result comes last: once its folder is written.
    else if (event.type === 'finished') finished = event;
    else print(event, settings, device);
  });
  print({ type: 'started' }, settings, device);
  if (bytes !== undefined) await session.handle({ type: 'keep-moments', bytes });
  await session.handle({ type: 'configure', settings });
  const run = session.run;
  if (writer && run) await writer.begin(run, device).catch((error: unknown) => failures.push(notWritten(error)));
  if (values.gradients) await session.handle({ type: 'watch-statistics', isWanted: true });
  if (failures.length === 0) await session.handle({ type: 'train', limit });
  await session.idle();
  if (finished && run && writer) {
    await writer.end(run, finished).catch((error: unknown) => failures.push(notWritten(error)));
  }
  const folder = failures.length === 0 ? values.run : undefined;
  if (finished) print(folder === undefined ? finished : { ...finished, run: folder }, settings, device);
  if (failures.length > 0) throw new Error(failures.join('; '));
}

type Finished = Extract<WorkerEvent, { type: 'finished' }>;
/** `run`: the folder that holds all of it. */
type Line = WorkerEvent | (Finished & { readonly run?: string }) | { readonly type: 'started' };

/** How much of the disk `--moments`, in MB, lets the time machine have. */
function momentBytes(run: string | undefined, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (run === undefined) throw new UsageError('--moments is for what --run keeps: name its folder, too');
  const megabytes = numberFrom('--moments', text);
  if (megabytes < 0) throw new UsageError(`--moments takes megabytes, 0 for none kept, not ${text}`);
  return Math.round(megabytes * 2 ** 20);
}

function notWritten(error: unknown): string {
  return `The run could not be written: ${reasonOf(error)}`;
}

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
    case 'statistics':
      write(line);
      return;
    case 'moments':
      printTrouble(line);
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
  if (line.type === 'moments') printTrouble(line);
  if (line.type === 'evaluated') {
    const [accuracy, top5] = [line.testAccuracy, 1 - line.top5Error].map((share) => (share * 100).toFixed(2));
    process.stdout.write(
      `Epoch ${line.epoch}, step ${line.step}: test accuracy ${accuracy} %, among the five best ${top5} %, test loss ${line.testLoss.toFixed(4)}\n`,
    );
  }
  if (line.type === 'finished') {
    process.stdout.write(`${Math.round(line.imagesPerSecond)} images/s, weights ${line.weightsSha256}\n`);
    if ('run' in line && line.run !== undefined) process.stdout.write(`The run is in ${line.run}\n`);
  }
}

/** Training goes on whatever the time machine's trouble. */
function printTrouble({ trouble }: Extract<WorkerEvent, { type: 'moments' }>): void {
  if (trouble !== null) process.stderr.write(`Not all moments are kept. ${trouble}\n`);
}

function write(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
