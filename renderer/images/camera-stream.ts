import type { Bridge } from '../../shared/contract.ts';
import type { ByteImage } from '../../shared/dataset/resize.ts';
import { rgbFromRgba } from './image-from-rgba.ts';

/** Pictures a second at most: the eye takes that for a film, and a processor has time for other things. */
const framesPerSecond = 15;

export type CameraListener = {
  readonly onframe: (frame: ByteImage) => void;
  /** It was pulled out, or the system took it away. */
  readonly onlost: () => void;
};

/** A camera that is on. */
export type CameraStream = { readonly close: () => void };

export type CameraProblem = 'missing' | 'taken' | 'refused';

/** Why there is no camera. */
export class CameraError extends Error {
  override readonly name = 'CameraError';
  readonly problem: CameraProblem;

  constructor(problem: CameraProblem, cause: unknown) {
    super(`The camera is ${problem}: ${String(cause)}`, { cause });
    this.problem = problem;
  }
}

const problems: Readonly<Record<string, CameraProblem>> = {
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'taken',
  AbortError: 'taken',
};

/**
 * Switches the camera on: asks main to let it be asked for, and takes that back when it is off again.
 * @throws CameraError, as a rejection, if there is none to be had.
 */
export function cameraOpener(bridge: Pick<Bridge, 'allowCamera'>): (listener: CameraListener) => Promise<CameraStream> {
  /** Those who have it on or are about to: it may be switched on again before it is quite off. */
  let users = 0;
  async function begin(): Promise<void> {
    users += 1;
    await bridge.allowCamera(true);
  }
  async function end(): Promise<void> {
    users -= 1;
    if (users === 0) await bridge.allowCamera(false);
  }

  return async (listener) => {
    try {
      await begin();
      const video = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: framesPerSecond } };
      const stream = await navigator.mediaDevices.getUserMedia({ video });
      const stop = watch(stream, listener);
      return {
        close() {
          stop();
          void end();
        },
      };
    } catch (error) {
      await end();
      const name = error instanceof DOMException ? error.name : '';
      throw new CameraError(problems[name] ?? 'refused', error);
    }
  };
}

/** Hands on the stream's pictures until the function it returns is called. */
function watch(stream: MediaStream, { onframe, onlost }: CameraListener): () => void {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  void video.play().catch(() => undefined);
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const timer = setInterval(() => {
    const { videoWidth: width, videoHeight: height } = video;
    if (!context || width === 0 || height === 0) return;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.drawImage(video, 0, 0);
    onframe(rgbFromRgba(width, height, context.getImageData(0, 0, width, height).data));
  }, 1000 / framesPerSecond);
  for (const track of stream.getTracks()) track.addEventListener('ended', onlost);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}
