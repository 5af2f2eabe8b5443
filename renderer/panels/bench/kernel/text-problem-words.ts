import { largestKernel } from '../../../../shared/bench/experiment.ts';
import { m } from '../../../messages/compiled/messages.js';
import { decimal } from '../../../messages/format.ts';
import type { KernelTextProblem } from './kernel-text.ts';

/** What is wrong with a text that holds no kernel, and what would be right. */
export function textProblemWords(problem: KernelTextProblem): string {
  switch (problem.code) {
    case 'empty':
      return m.bench_kernel_text_empty();
    case 'not-a-weight':
      return m.bench_kernel_text_not_a_weight({ text: problem.subject.slice(0, 24) });
    case 'ragged':
      return m.bench_kernel_text_ragged();
    case 'too-large':
      return m.bench_kernel_text_too_large({
        height: decimal(problem.height),
        width: decimal(problem.width),
        most: decimal(largestKernel),
      });
    case 'planes':
      return m.bench_kernel_text_planes({ count: decimal(problem.count) });
    default:
      return problem satisfies never;
  }
}
