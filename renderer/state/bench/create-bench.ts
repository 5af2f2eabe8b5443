import type { Bridge } from '../../../shared/contract.ts';
import { cameraOpener } from '../../images/camera-stream.ts';
import { imageDecoder } from '../../images/image-decoder.ts';
import { sampleLoader } from '../../images/samples.ts';
import { Bench } from './bench.svelte.ts';
import { WorkerComputer } from './computer.ts';

/** The window's bench: it computes and decodes in web workers. */
export function createBench(bridge: Bridge): Bench {
  const computer = new WorkerComputer(
    () => new Worker(new URL('../../workers/bench-worker.ts', import.meta.url), { type: 'module' }),
  );
  const decode = imageDecoder(
    () => new Worker(new URL('../../workers/decode-worker.ts', import.meta.url), { type: 'module' }),
  );
  return new Bench(computer, { decode, loadSample: sampleLoader(decode), openCamera: cameraOpener(bridge) });
}
