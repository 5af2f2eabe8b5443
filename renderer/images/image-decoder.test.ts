import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DecodeAnswer } from '../workers/decode-messages.ts';
import { imageDecoder } from './image-decoder.ts';
import { ImageRefusal } from './image-refusal.ts';

class FakeWorker extends EventTarget {
  isTerminated = false;
  postMessage(): void {}
  terminate(): void {
    this.isTerminated = true;
  }
  answer(data: DecodeAnswer): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

function started() {
  const workers: FakeWorker[] = [];
  const decode = imageDecoder(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  return { decode, workers };
}

const file = new Blob(['x']);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('an image decoder', () => {
  it('has a worker for each file, which ends with it', async () => {
    const { decode, workers } = started();
    const image = { height: 1, width: 1, channels: 1, pixels: Uint8Array.of(3) };
    const [one, other] = [decode(file, 'one'), decode(file, 'other')];
    workers[0]!.answer({ image });
    expect(await one).toBe(image);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    workers[1]!.answer({ refusal: { code: 'empty-file', subject: 'other' } });
    await expect(other).rejects.toMatchObject({ notice: { code: 'empty-file', subject: 'other' } });
    expect(workers[1]!.isTerminated).toBe(true);
  });

  it('refuses a file whose decoding does not come to an end, or kills the worker', async () => {
    const { decode, workers } = started();
    const slow = decode(file, 'slow').catch((error: unknown) => error);
    vi.advanceTimersByTime(30_000);
    expect(await slow).toBeInstanceOf(ImageRefusal);
    expect(workers[0]!.isTerminated).toBe(true);

    const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const deadly = decode(file, 'deadly').catch((error: unknown) => error);
    workers[1]!.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
    expect(await deadly).toMatchObject({ notice: { code: 'image-damaged', subject: 'deadly' } });
    expect(complaint).toHaveBeenCalledOnce();
    complaint.mockRestore();
  });
});
