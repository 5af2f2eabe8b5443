import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BenchImage, BenchResult } from '../../../shared/bench/compute.ts';
import { initialExperiment } from '../../../shared/bench/initial.ts';
import type { BenchAnswer, BenchRequest } from '../../workers/bench-messages.ts';
import { WorkerComputer } from './computer.ts';

class FakeWorker extends EventTarget {
  readonly asked: BenchRequest[] = [];
  isTerminated = false;
  postMessage(request: BenchRequest): void {
    this.asked.push(request);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  answer(data: BenchAnswer): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
  types(): string[] {
    return this.asked.map(({ type }) => type);
  }
}

function started() {
  const workers: FakeWorker[] = [];
  const computer = new WorkerComputer(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  return { computer, workers };
}

const setting = initialExperiment;
const imageOf = (value: number): BenchImage => ({
  height: 1,
  width: 1,
  planes: [{ height: 1, width: 1, values: Float32Array.of(value) }],
});
const result = { maps: [], problems: [] } as unknown as BenchResult;
const sensitivity = { left: [0], right: [0], unpooled: [0] };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("the bench's computer", () => {
  it('starts no worker before there is something to compute', () => {
    expect(started().workers).toHaveLength(0);
  });

  it('sends an image once, and again only when it is another', async () => {
    const { computer, workers } = started();
    const [one, other] = [imageOf(1), imageOf(2)];
    for (const image of [one, one, other, other, one]) {
      const computed = computer.compute(setting, image);
      workers[0]!.answer({ type: 'computed', result });
      expect(await computed).toBe(result);
    }
    expect(workers).toHaveLength(1);
    const sent = ['image', 'compute', 'compute', 'image', 'compute', 'compute', 'image', 'compute'];
    expect(workers[0]!.types()).toEqual(sent);
  });

  it('says what the arithmetic said when it failed, and goes on with the same worker', async () => {
    const { computer, workers } = started();
    const failed = computer.compute(setting, imageOf(1));
    workers[0]!.answer({ type: 'failed', message: 'A window of 7 does not fit' });
    await expect(failed).rejects.toThrow('A window of 7 does not fit');
    const again = computer.compute(setting, imageOf(1));
    workers[0]!.answer({ type: 'computed', result });
    expect(await again).toBe(result);
    expect(workers).toHaveLength(1);
  });

  it('replaces a worker that died, and sends the image anew', async () => {
    const { computer, workers } = started();
    const image = imageOf(1);
    const failed = computer.compute(setting, image);
    workers[0]!.crash('out of memory');
    await expect(failed).rejects.toThrow('out of memory');
    expect(workers[0]!.isTerminated).toBe(true);
    const again = computer.compute(setting, image);
    expect(workers[1]!.types()).toEqual(['image', 'compute']);
    workers[1]!.answer({ type: 'computed', result });
    expect(await again).toBe(result);
  });

  it('replaces a worker that does not come to an end', async () => {
    const { computer, workers } = started();
    const hung = computer.compute(setting, imageOf(1));
    hung.catch(() => undefined);
    vi.advanceTimersByTime(60_000);
    await expect(hung).rejects.toThrow('too long');
    expect(workers[0]!.isTerminated).toBe(true);
  });

  it('measures beside the results, and gives a measurement up with its worker', async () => {
    const { computer, workers } = started();
    const image = imageOf(1);
    const computed = computer.compute(setting, image);
    const measured = computer.measure(setting, image);
    expect(workers).toHaveLength(2);
    computer.giveUpMeasuring();
    expect(await measured).toBeNull();
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([false, true]);
    workers[0]!.answer({ type: 'computed', result });
    expect(await computed).toBe(result);

    const again = computer.measure(setting, image);
    workers[2]!.answer({ type: 'measured', sensitivity });
    expect(await again).toBe(sensitivity);
    // Nothing is under way: the worker stays for the next time.
    computer.giveUpMeasuring();
    expect(workers[2]!.isTerminated).toBe(false);
  });
});
