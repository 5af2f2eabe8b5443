import { createRequire } from 'node:module';
import type * as tfjs from '@tensorflow/tfjs-node-gpu';
import type { Device } from '../../shared/contract.ts';
import type { Threading } from '../../shared/training/threading.ts';
import { threadsFor } from './threading.ts';

export type TensorFlow = typeof tfjs;

/** A device that was asked for and is not there. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';
}

/**
 * Loads libtensorflow into this process, once, with the settings it reads only then.
 *
 * @param wanted `gpu` refuses to fall back; `auto` takes what is there.
 * @param threading how a step uses the processor's cores.
 * @throws DeviceError when the library does not load, or a GPU was asked for and TensorFlow sees none.
 */
export function loadTensorFlow(
  wanted: 'auto' | 'cpu' | 'gpu',
  threading: Threading = 'towers',
): { tf: TensorFlow; device: Device } {
  const threads = threadsFor(threading);
  const environment = {
    // On CPUs without AVX-512 oneDNN is off unless asked for; it is worth a factor of two to three.
    TF_ENABLE_ONEDNN_OPTS: '1',
    TF_CPP_MIN_LOG_LEVEL: '2',
    TF_NUM_INTEROP_THREADS: String(threads.interOp),
    TF_NUM_INTRAOP_THREADS: String(threads.intraOp),
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    ...(wanted === 'cpu' ? { CUDA_VISIBLE_DEVICES: '-1' } : {}),
  };
  for (const [name, value] of Object.entries(environment)) process.env[name] ??= value;

  let tf: TensorFlow;
  try {
    tf = createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu') as TensorFlow;
  } catch (error) {
    throw new DeviceError(
      `TensorFlow’s native library did not load (${(error as Error).message}): run the set-up again`,
    );
  }
  const backend = tf.backend() as unknown as { isGPUPackage: boolean; isUsingGpuDevice: boolean; binding: Binding };
  const gpu = backend.isUsingGpuDevice;
  if (wanted === 'gpu' && !gpu) {
    throw new DeviceError(
      'TensorFlow sees no GPU: it needs an NVIDIA GPU with its driver, and the GPU library (npm run setup -- --gpu)',
    );
  }
  return {
    tf,
    device: {
      device: gpu ? 'gpu' : 'cpu',
      library: backend.binding.TF_Version,
      threads: gpu ? 1 : Math.max(threads.towers, threads.intraOp),
      towers: gpu ? 1 : threads.towers,
      threading,
      oneDnn: process.env['TF_ENABLE_ONEDNN_OPTS'] !== '0',
      gpus: gpu ? ['GPU:0'] : [],
    },
  };
}

type Binding = { readonly TF_Version: string };
