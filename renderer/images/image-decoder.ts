import type { ByteImage } from '../../shared/dataset/resize.ts';
import type { DecodeAnswer, DecodeRequest } from '../workers/decode-messages.ts';
import { ImageRefusal } from './image-refusal.ts';

/** A file that takes longer is made to. */
const patienceMillis = 30_000;

/**
 * Decodes image files, each in a worker of its own that ends with it: what a large or a hostile picture takes of memory or time is given
 * back.
 *
 * @throws ImageRefusal as a rejection, if the file cannot be used, or its decoder does not come to an end.
 */
export function imageDecoder(start: () => Worker): (file: Blob, name: string) => Promise<ByteImage> {
  return async (file, name) => {
    const worker = start();
    try {
      const answer = await answerOf(worker, { file, name });
      if (answer && 'image' in answer) return answer.image;
      throw new ImageRefusal(answer?.refusal ?? { code: 'image-damaged', subject: name });
    } finally {
      worker.terminate();
    }
  };
}

/** null if the worker fails, or says nothing for too long. */
function answerOf(worker: Worker, request: DecodeRequest): Promise<DecodeAnswer | null> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => resolve(null), patienceMillis);
    const settle = (answer: DecodeAnswer | null): void => {
      clearTimeout(patience);
      resolve(answer);
    };
    worker.addEventListener('message', ({ data }: MessageEvent<DecodeAnswer>) => settle(data));
    worker.addEventListener('error', (event) => {
      console.error('An image could not be decoded:', event.message);
      settle(null);
    });
    worker.addEventListener('messageerror', () => settle(null));
    worker.postMessage(request);
  });
}
