import type { BenchProblem } from '../../../../shared/bench/compute.ts';
import { m } from '../../../messages/compiled/messages.js';
import { decimal } from '../../../messages/format.ts';

/** Why nothing is pooled, and what to do; null if nothing is in the way. */
export function problemWords(problems: readonly BenchProblem[]): string | null {
  const problem = problems[0];
  if (!problem) return null;
  if (problem.code !== 'pooling-too-large') return m.bench_pooling_no_map();
  const say = problem.axis === 'height' ? m.bench_pooling_too_tall : m.bench_pooling_too_wide;
  return say({ window: decimal(problem.window), cells: decimal(problem.cells) });
}
