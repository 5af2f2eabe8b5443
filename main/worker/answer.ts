import type { Answer, Request } from '../../shared/contract.ts';
import type { MomentRequest } from './moments/recorder.ts';
import { Refusal } from './refusal.ts';
import type { Run } from './run.ts';

/** What a run answers at once; what has been kept of it is read elsewhere, from the disk, and a score takes a while. */
type RunRequest = Exclude<Request, MomentRequest | { type: 'score' }>;

/**
 * What is said to a request: what it asks for, or why not. Never throws, so that no request is left without an answer.
 *
 * @param run null while there is no network.
 */
export function answerTo(request: RunRequest, run: Run | null): Answer {
  try {
    if (!run) throw new Refusal('nothing-configured', 'There is no network yet: configure one first');
    return granted(request, run);
  } catch (error) {
    return refusal(request.request, error);
  }
}

/** What is said to a request that cannot be granted. */
export function refusal(request: number, error: unknown): Extract<Answer, { type: 'refused' }> {
  const code = error instanceof Refusal ? error.code : 'native';
  const message = error instanceof Error ? error.message : String(error);
  return { type: 'refused', request, code, message };
}

function granted(asked: RunRequest, run: Run): Answer {
  const { request } = asked;
  const { step } = run;
  switch (asked.type) {
    case 'read-kernels':
      return { type: 'kernels', request, layer: asked.layer, step, ...run.readKernels(asked.layer) };
    case 'write-kernel': {
      const { layer, filter, channel } = asked;
      run.writeKernel(asked);
      return { type: 'kernel-written', request, layer, filter, channel, step };
    }
    case 'read-test-image':
      return { type: 'test-image', request, index: asked.index, ...run.testImage(asked.index), count: run.testImages };
    case 'read-activations': {
      const { image, layer, of } = asked;
      return { type: 'activations', request, layer, of, step, ...run.readActivations(image, layer, of) };
    }
    case 'read-weights': {
      const { layer, unit } = asked;
      return { type: 'weights', request, layer, unit, step, tensors: run.readWeights(layer, unit) };
    }
    default:
      return asked satisfies never;
  }
}
