import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command, WorkerEvent } from '../../shared/contract.ts';
import { Learned, LearnedError } from './learned.svelte.ts';
import { answerMillis } from './requests.ts';
import { RunState } from './run.svelte.ts';

/** What the network has learned, with a worker that a test speaks for. */
function asked() {
  const commands: Command[] = [];
  const run = new RunState();
  let isConnected = true;
  const channel = { send: (command: Command) => commands.push(command), close: () => {} };
  const learned = new Learned(run, () => (isConnected ? channel : null));
  return {
    run,
    learned,
    commands,
    say: (event: WorkerEvent) => learned.receive(event),
    disconnect: () => (isConnected = false),
  };
}

const kernels = (request: number, layer = 'C1'): WorkerEvent => ({
  type: 'kernels',
  request,
  layer,
  step: 4,
  shape: [1, 1, 1, 2],
  values: Float32Array.of(0.5, -0.25),
});

/** The code that a promise is rejected with. */
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'granted',
    (error: unknown) => (error instanceof LearnedError ? error.code : error),
  );

describe('what the network has learned', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('lists the convolutions of the chosen network with the shapes of their kernels', () => {
    const { learned, run } = asked();
    expect(learned.layers).toEqual([
      { name: 'C1', shape: [5, 5, 1, 6], connections: null },
      { name: 'C3', shape: [5, 5, 6, 16], connections: null },
    ]);
    run.choosePreset('lenet5-1998');
    expect(learned.layers.map(({ name }) => name)).toEqual(['C1', 'C3']);
    expect(learned.layers[1]!.connections?.[0]).toEqual([0, 1, 2]);
  });

  it('gives every question its own answer, in whatever order they come', async () => {
    const { learned, commands, say } = asked();
    const [first, second] = [learned.readKernels('C1'), learned.readKernels('C3')];
    expect(commands).toEqual([
      { type: 'read-kernels', request: 1, layer: 'C1' },
      { type: 'read-kernels', request: 2, layer: 'C3' },
    ]);
    say({ type: 'phase', phase: 'training' });
    say({ ...kernels(2), step: 9 } as WorkerEvent);
    say(kernels(1));
    expect(await first).toMatchObject({ shape: [1, 1, 1, 2], values: Float32Array.of(0.5, -0.25), step: 4 });
    expect((await second).step).toBe(9);
  });

  it('writes weights as float32, and is done when the worker says so', async () => {
    const { learned, commands, say } = asked();
    const written = learned.writeKernel('C3', 2, 5, [0.1, -1]);
    expect(commands).toEqual([
      { type: 'write-kernel', request: 1, layer: 'C3', filter: 2, channel: 5, weights: Float32Array.of(0.1, -1) },
    ]);
    say({ type: 'kernel-written', request: 1, layer: 'C3', filter: 2, channel: 5, step: 0 });
    await expect(written).resolves.toBeUndefined();
  });

  it('writes a bias along where one is given', () => {
    const { learned, commands } = asked();
    void learned.writeKernel('C1', 0, null, [1], 0.25);
    expect(commands).toMatchObject([{ type: 'write-kernel', channel: null, bias: 0.25 }]);
  });

  it('reads what a layer says of an image, a unit’s weights, and how the test set goes', async () => {
    const { learned, commands, say } = asked();
    const image = { source: 'test', index: 4 } as const;
    const activations = learned.readActivations('F6', 'sums', image);
    const weights = learned.readWeights('F6', 3);
    const score = learned.score();
    expect(commands).toEqual([
      { type: 'read-activations', request: 1, image, layer: 'F6', of: 'sums' },
      { type: 'read-weights', request: 2, layer: 'F6', unit: 3 },
      { type: 'score', request: 3 },
    ]);
    const values = Float32Array.of(0.5, 2);
    const tensors = [{ name: 'kernel', shape: [2], values }];
    say({ type: 'weights', request: 2, layer: 'F6', unit: 3, step: 8, tensors });
    say({ type: 'activations', request: 1, layer: 'F6', of: 'sums', step: 8, shape: [2], values });
    say({ type: 'scored', request: 3, step: 9, testLoss: 1, testAccuracy: 0.9, top5Error: 0, testImages: 10 });
    expect(await activations).toMatchObject({ step: 8, shape: [2], values });
    expect(await weights).toMatchObject({ step: 8, tensors });
    expect(await score).toMatchObject({ step: 9, testAccuracy: 0.9, testImages: 10 });
  });

  it('reads a test image', async () => {
    const { learned, commands, say } = asked();
    const image = learned.readTestImage(8);
    expect(commands).toEqual([{ type: 'read-test-image', request: 1, index: 8 }]);
    const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const said = { label: 3, className: 'cat', count: 10, pixels };
    say({ type: 'test-image', request: 1, index: 8, shape: [1, 2, 3], ...said });
    expect(await image).toEqual({ height: 1, width: 2, channels: 3, ...said });
  });

  it('rejects with the worker’s code what is refused', async () => {
    const { learned, say } = asked();
    const code = codeOf(learned.readKernels('C9'));
    say({ type: 'refused', request: 1, code: 'unknown-layer', message: 'The network has no layer C9' });
    expect(await code).toBe('unknown-layer');
  });

  it('rejects all that is unanswered when the worker goes, and what is asked while there is none', async () => {
    const { learned, disconnect, commands, say } = asked();
    const codes = [codeOf(learned.readKernels('C1')), codeOf(learned.readTestImage(0))];
    disconnect();
    learned.forget();
    expect(await Promise.all(codes)).toEqual(['worker-gone', 'worker-gone']);
    expect(await codeOf(learned.readKernels('C1'))).toBe('worker-gone');
    expect(commands).toHaveLength(2);
    // An answer that was on its way is nobody's any more.
    say(kernels(1));
  });

  it('waits no longer than a minute', async () => {
    const { learned, say } = asked();
    const late = codeOf(learned.readKernels('C1'));
    const inTime = codeOf(learned.readKernels('C1'));
    say(kernels(2));
    vi.advanceTimersByTime(answerMillis);
    expect(await late).toBe('no-answer');
    expect(await inTime).toBe('granted');
    expect(vi.getTimerCount()).toBe(0);
  });
});
