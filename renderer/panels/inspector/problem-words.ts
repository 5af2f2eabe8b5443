import { m } from '../../messages/compiled/messages.js';
import type { LearnedErrorCode } from '../../state/learned.svelte.ts';

/** Why something of the network could not be read, written or measured, and what to do. */
export function problemWords(code: LearnedErrorCode | 'too-fast'): string {
  switch (code) {
    case 'too-fast':
      return m.inspector_too_fast();
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
    case 'wrong-size':
      return m.inspector_changed();
    case 'too-large':
      return m.inspector_too_large();
    case 'no-such-image':
      return m.inspector_no_image();
    case 'not-connected':
      return m.bench_kernel_network_not_connected();
    case 'not-finite':
      return m.bench_kernel_network_not_finite();
    case 'no-such-moment':
    case 'not-kept':
    case 'command-invalid':
    case 'native':
      return m.inspector_failed();
    default:
      return code satisfies never;
  }
}
