import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wholeView } from '../../shared/frame/view.ts';
import { defaultSettings } from '../../shared/defaults.ts';
import type { Bridge, Command, RepairProgress, WorkerEvent, WorkerExit } from '../../shared/contract.ts';
import { Lab, patienceMillis } from './lab.svelte.ts';
import { PreferencesState } from './preferences.svelte.ts';

/** A worker's end of the line that a test speaks for. */
class FakePort {
  readonly commands: Command[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  closed = false;
  postMessage(command: Command): void {
    this.commands.push(command);
  }
  start(): void {}
  close(): void {
    this.closed = true;
  }
  say(event: WorkerEvent): void {
    this.onmessage?.({ data: event });
  }
  types(): string[] {
    return this.commands.map(({ type }) => type);
  }
}

const device: WorkerEvent = {
  type: 'device',
  device: { device: 'cpu', library: '2.18.1', threads: 2, towers: 2, threading: 'towers', oneDnn: true, gpus: [] },
};
const configured: WorkerEvent = {
  type: 'configured',
  settings: defaultSettings,
  trainImages: 60_000,
  testImages: 10_000,
  stepsPerEpoch: 469,
  skipped: [],
};
const phase = (name: 'preparing' | 'ready' | 'training' | 'finished'): WorkerEvent => ({ type: 'phase', phase: name });

function started() {
  let exit: (exit: WorkerExit) => void = () => {};
  let repair: (progress: RepairProgress) => void = () => {};
  const bridge = {
    preferences: () => Promise.resolve({ locale: 'en', theme: 'system', screen: 'network' } as const),
    savePreferences: vi.fn(() => Promise.resolve()),
    startWorker: vi.fn(() => Promise.resolve()),
    onWorkerExit: (listener) => (exit = listener),
    repairDataset: vi.fn(() => Promise.resolve()),
    onRepairProgress: (listener) => (repair = listener),
    allowCamera: vi.fn(() => Promise.resolve()),
    saveFile: vi.fn(() => Promise.resolve({ outcome: 'cancelled' } as const)),
    showSavedFile: vi.fn(() => Promise.resolve()),
    onMenu: () => {},
  } satisfies Bridge;
  const lab = new Lab(bridge, new PreferencesState(bridge, { locale: 'en', theme: 'system', screen: 'network' }));
  lab.start();
  const port = new FakePort();
  lab.attach(port as unknown as MessagePort);
  return { lab, port, bridge, exit: (how: WorkerExit) => exit(how), repair: (how: RepairProgress) => repair(how) };
}

function live() {
  const all = started();
  all.port.say(device);
  all.port.say(configured);
  all.port.say(phase('ready'));
  return all;
}

describe('the lab', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('tells a fresh worker what to build, what to watch and how many frames it can take', () => {
    expect(started().port.commands).toEqual([
      { type: 'configure', settings: defaultSettings },
      { type: 'watch', image: { source: 'test', index: 0 }, view: wholeView },
      { type: 'credit', frames: 2 },
    ]);
  });

  it('is live once the device and the network are known', () => {
    const { lab, port } = started();
    port.say(device);
    expect(lab.connection.status).toBe('connecting');
    port.say(configured);
    expect(lab.connection.status).toBe('live');
  });

  it('never waits for ever', () => {
    const { lab } = started();
    vi.advanceTimersByTime(patienceMillis);
    expect(lab.connection.status).toBe('silent');
  });

  it('says how the worker died, and starts afresh with the same settings', () => {
    const { lab, port, bridge, exit } = live();
    lab.setSwitches({ pooling: 'max' });
    exit({ cause: 'killed', detail: 'SIGKILL' });
    expect(lab.connection).toEqual({ status: 'died', exit: { cause: 'killed', detail: 'SIGKILL' } });
    expect(port.closed).toBe(true);
    lab.start();
    expect(bridge.startWorker).toHaveBeenCalledTimes(2);
    const fresh = new FakePort();
    lab.attach(fresh as unknown as MessagePort);
    expect(fresh.commands[0]).toMatchObject({
      type: 'configure',
      settings: { network: { switches: { pooling: 'max' } } },
    });
  });

  it('keeps the worker’s own reason when it ends after having given one', () => {
    const { lab, port, exit } = live();
    port.say({ type: 'failed', code: 'dataset-corrupt', message: 'Not what it was', subject: 'images' });
    exit({ cause: 'exited', detail: '1' });
    expect(lab.connection).toMatchObject({ status: 'failed', code: 'dataset-corrupt' });
  });

  it('repairs the dataset, shows how far it is, and starts again', async () => {
    const { lab, port, bridge, repair } = started();
    port.say({ type: 'failed', code: 'dataset-missing', message: 'Not there', subject: 'images' });
    lab.repair();
    repair({ part: 'mnist', type: 'progress', received: 3, total: 10 });
    expect(lab.connection).toEqual({ status: 'repairing', part: 'mnist', received: 3, total: 10 });
    repair({ part: 'mnist', type: 'done' });
    await Promise.resolve();
    expect(lab.connection.status).toBe('connecting');
    expect(bridge.startWorker).toHaveBeenCalledTimes(2);
  });

  it('goes on after a command that was refused', () => {
    const { lab, port } = live();
    vi.spyOn(console, 'error').mockImplementation(() => {});
    port.say({ type: 'failed', code: 'command-invalid', message: 'No', subject: 'train' });
    expect(lab.connection.status).toBe('live');
  });

  it('does not change settings while a run is under way', () => {
    const { lab, port } = live();
    port.say(phase('training'));
    const before = port.commands.length;
    lab.choosePreset('lenet1');
    lab.setSwitches({ activation: 'relu' });
    lab.setHyperParameters({ batch: 64 });
    expect(port.commands).toHaveLength(before);
    expect(lab.run.settings).toBe(defaultSettings);
  });

  it('does not lose a Train that comes while a change of settings is being built', () => {
    const { lab, port } = live();
    lab.setHyperParameters({ epochs: 1 });
    port.say(phase('preparing'));
    lab.train();
    expect(port.types()).not.toContain('train');
    port.say(configured);
    port.say(phase('ready'));
    expect(port.types().filter((type) => type === 'train')).toHaveLength(1);
  });

  it('trains from fresh weights again after the last epoch', () => {
    const { lab, port } = live();
    port.say(phase('finished'));
    port.commands.length = 0;
    lab.train();
    expect(port.types()).toEqual(['configure', 'watch']);
    port.say(configured);
    port.say(phase('ready'));
    expect(port.types()).toEqual(['configure', 'watch', 'train']);
  });

  it('pays at once for a frame it cannot show', () => {
    const { port } = live();
    port.commands.length = 0;
    port.say({ type: 'frame', step: 1, view: wholeView, bytes: new Uint8Array(8) });
    expect(port.commands).toEqual([{ type: 'credit', frames: 1 }]);
  });

  it('hands on what is learned, and lets nobody wait for a worker that died', async () => {
    const { lab, port, exit } = live();
    const granted = lab.learned.readTestImage(2);
    const lost = lab.learned.readKernels('C1');
    expect(port.commands.slice(-2)).toEqual([
      { type: 'read-test-image', request: 1, index: 2 },
      { type: 'read-kernels', request: 2, layer: 'C1' },
    ]);
    const pixels = Uint8Array.of(7);
    port.say({
      type: 'test-image',
      request: 1,
      index: 2,
      shape: [1, 1, 1],
      pixels,
      label: 1,
      className: '1',
      count: 3,
    });
    expect(await granted).toMatchObject({ pixels, label: 1 });
    exit({ cause: 'killed', detail: 'SIGKILL' });
    await expect(lost).rejects.toMatchObject({ code: 'worker-gone' });
  });

  it('starts a fresh worker for a network that other threads train faster, and keeps a waiting Train', () => {
    const { lab, bridge } = live();
    lab.choosePreset('alexnet');
    expect(bridge.startWorker).toHaveBeenLastCalledWith('whole');
    expect(lab.connection.status).toBe('connecting');
  });

  it('finds back from a network whose photographs are not there', () => {
    const { lab, port } = withoutPhotographs();
    expect(lab.canConfigure).toBe(true);
    port.commands.length = 0;
    lab.choosePreset('lenet5-textbook');
    expect(lab.connection.status).toBe('connecting');
    expect(port.commands[0]).toEqual({ type: 'configure', settings: defaultSettings });
    port.say(configured);
    expect(lab.connection.status).toBe('live');
  });

  it('goes on with another network while photographs are fetched, and does not come back when they are there', async () => {
    const { lab, port, bridge, repair } = withoutPhotographs();
    lab.repair();
    expect(bridge.repairDataset).toHaveBeenCalledWith('cifar10');
    lab.choosePreset('lenet5-textbook');
    port.say(configured);
    repair({ part: 'cifar10', type: 'progress', received: 3, total: 10 });
    repair({ part: 'cifar10', type: 'done' });
    await Promise.resolve();
    expect(lab.connection.status).toBe('live');
    expect(bridge.startWorker).toHaveBeenCalledTimes(1);
  });

  it('does not take the repair of one dataset for that of another', () => {
    const { lab, port, repair } = withoutPhotographs();
    lab.repair();
    lab.choosePreset('lenet5-textbook');
    port.say({ type: 'failed', code: 'dataset-missing', message: 'Not there', subject: 'images' });
    lab.repair();
    repair({ part: 'cifar10', type: 'failed', message: 'No network' });
    expect(lab.connection).toMatchObject({ status: 'repairing', part: 'mnist', total: 0 });
  });

  it('starts a worker for another network when the one that had failed is gone', () => {
    const { lab, bridge, exit } = withoutPhotographs();
    exit({ cause: 'exited', detail: '1' });
    lab.choosePreset('lenet5-textbook');
    expect(bridge.startWorker).toHaveBeenCalledTimes(2);
  });

  it('lets settings be changed that no network could be built with, but not where nothing computes', () => {
    const { lab, port, exit } = live();
    port.say({ type: 'failed', code: 'network-invalid', message: 'Too large', subject: 'lenet5-textbook' });
    lab.setHyperParameters({ batch: 64 });
    expect(port.commands.at(-2)).toMatchObject({ type: 'configure', settings: { hyperParameters: { batch: 64 } } });
    port.say(configured);
    exit({ cause: 'killed', detail: 'SIGKILL' });
    expect(lab.canConfigure).toBe(false);
  });

  it('watches a test image again when a drawing does not suit the next network', () => {
    const { lab, port } = live();
    lab.watchImage({ source: 'test', index: 12 });
    lab.watchImage({ source: 'drawn', pixels: new Uint8Array(28 * 28) });
    lab.setHyperParameters({ batch: 64 });
    expect(lab.watch.image.source).toBe('drawn');
    lab.choosePreset('alexnet-cifar');
    expect(port.commands.at(-1)).toEqual({ type: 'watch', image: { source: 'test', index: 12 }, view: wholeView });
  });

  it('goes back to the first test image where there are fewer', () => {
    const { lab, port } = live();
    lab.watchImage({ source: 'test', index: 9_000 });
    lab.choosePreset('lecun1989');
    port.say({ ...configured, testImages: 2_007 });
    expect(port.commands.at(-1)).toEqual({ type: 'watch', image: { source: 'test', index: 0 }, view: wholeView });
  });
});

/** A lab whose worker has not found the photographs of the network that was chosen. */
function withoutPhotographs() {
  const all = live();
  all.lab.choosePreset('alexnet-cifar');
  all.port.say({ type: 'failed', code: 'dataset-missing', message: 'Not there', subject: 'data_batch_1.bin' });
  all.port.say({ type: 'phase', phase: 'empty' });
  return all;
}
