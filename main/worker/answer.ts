import type { Answer, Request } from '../../shared/contract.ts';
import { Refusal } from './refusal.ts';
import type { Run } from './run.ts';

/**
 * What is said to a request: what it asks for, or why not. Never throws, so that no request is left without an answer.
 *
 * @param run null while there is no network.
 */
export function answerTo(request: Request, run: Run | null): Answer {
  try {
    if (!run) throw new Refusal('nothing-configured', 'There is no network yet: configure one first');
    return granted(request, run);
  } catch (error) {
    const code = error instanceof Refusal ? error.code : 'native';
    const message = error instanceof Error ? error.message : String(error);
    return { type: 'refused', request: request.request, code, message };
  }
}

function granted(asked: Request, run: Run): Answer {
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
    default:
      return asked satisfies never;
  }
}
