import { m } from '../../../messages/compiled/messages.js';
import type { LearnedErrorCode } from '../../../state/learned.svelte.ts';

/** Why the kernels of the network could not be read or written, and what to do. */
export function learnedProblemWords(code: LearnedErrorCode): string {
  switch (code) {
    case 'worker-gone':
    case 'nothing-configured':
      return m.bench_kernel_network_gone();
    case 'no-answer':
      return m.bench_kernel_network_silent();
    case 'unknown-layer':
    case 'no-kernels':
    case 'no-such-filter':
    case 'no-such-channel':
    case 'no-such-unit':
    case 'no-weights':
    case 'too-large':
    case 'no-such-moment':
    case 'not-kept':
    case 'wrong-size':
      return m.bench_kernel_network_changed();
    case 'not-connected':
      return m.bench_kernel_network_not_connected();
    case 'not-finite':
      return m.bench_kernel_network_not_finite();
    case 'no-such-image':
    case 'command-invalid':
    case 'native':
      return m.bench_kernel_network_failed();
    default:
      return code satisfies never;
  }
}
