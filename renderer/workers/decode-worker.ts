/** Decodes images off the interface thread. Only renderer/images/image-decoder.ts starts it. */
import { decodeImage } from '../images/decode-image.ts';
import { ImageRefusal } from '../images/image-refusal.ts';
import { buffersIn } from './buffers-in.ts';
import type { DecodeAnswer, DecodeRequest } from './decode-messages.ts';

self.addEventListener('message', ({ data }: MessageEvent<DecodeRequest>) => {
  answerTo(data).then(say, (error: unknown) => {
    // Not the file's fault: whoever waits hears of it as of any error of a worker.
    setTimeout(() => {
      throw error;
    });
  });
});

async function answerTo({ file, name }: DecodeRequest): Promise<DecodeAnswer> {
  try {
    return { image: await decodeImage(file, name) };
  } catch (error) {
    if (error instanceof ImageRefusal) return { refusal: error.notice };
    throw error;
  }
}

function say(answer: DecodeAnswer): void {
  self.postMessage(answer, { transfer: buffersIn(answer) });
}
