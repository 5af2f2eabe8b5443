import { app } from 'electron';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { DatasetId, RepairProgress } from '../shared/contract.ts';
import { datasetFolders, type DatasetPart } from '../shared/dataset/known.ts';
import { progressFromLine } from './repair-progress.ts';

type Report = (progress: RepairProgress) => void;

/** The repairs in progress, by what they repair: asking again joins one. */
const repairing = new Map<DatasetPart, Promise<void>>();

/**
 * Puts a dataset's files right, reporting as it goes.
 *
 * Resolves when it is over; whether it went well is the last thing reported, `done` or `failed`.
 */
export function repairDataset(dataset: DatasetId, folder: string, report: Report): Promise<void> {
  const part = datasetFolders[dataset];
  if (part === null || app.isPackaged) {
    report({ part, type: 'failed', message: withoutSetUp(part) });
    return Promise.resolve();
  }
  const joined = repairing.get(part);
  if (joined) return joined;
  const repair = runSetup(part, folder, report).finally(() => repairing.delete(part));
  repairing.set(part, repair);
  return repair;
}

/** What to do where no set-up can help: an installed Convolens has none. */
function withoutSetUp(part: DatasetPart | null): string {
  switch (part) {
    case null:
      return 'Images of your own are not repaired: put them right yourself, or choose another folder.';
    case 'mnist':
      return 'The files of MNIST are part of Convolens itself: install Convolens again to get them back.';
    case 'cifar10':
      return 'CIFAR-10 is not part of Convolens: put the six .bin files of its binary version into the folder cifar10 of the datasets.';
    default:
      return part satisfies never;
  }
}

/** Runs the set-up script of the checkout, whose standard output is one progress report a line. */
function runSetup(part: DatasetPart, folder: string, report: Report): Promise<void> {
  // The Node of the npm that started the app, where there is one: Electron's own binary is not used as Node.
  const node = process.env['npm_node_execpath'] ?? 'node';
  const setup = spawn(node, ['scripts/setup.mjs', '--only', part, '--datasets', folder, '--json'], {
    cwd: app.getAppPath(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = (): void => void setup.kill();
  app.once('will-quit', stop);

  let concluded = false;
  let complaint = '';
  createInterface({ input: setup.stdout }).on('line', (line) => {
    const progress = progressFromLine(line);
    if (!progress || concluded) return;
    concluded = progress.type !== 'progress';
    report({ part, ...progress });
  });
  createInterface({ input: setup.stderr }).on('line', (line) => {
    if (line.trim()) complaint = line.trim().slice(0, 500);
  });

  return new Promise((resolve) => {
    const end = (cause: string): void => {
      if (!concluded) report({ part, type: 'failed', message: `${part} could not be repaired: ${complaint || cause}` });
      concluded = true;
      app.off('will-quit', stop);
      resolve();
    };
    setup.on('error', (error) => end(`Node did not start (${error.message}).`));
    setup.on('close', (code) => end(`set-up ended with code ${String(code)}.`));
  });
}
