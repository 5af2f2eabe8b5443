import type { SavedBenchProblem } from '../../../shared/bench/saved-bench.ts';

/** What went wrong on the bench, for panels to word. */
export type BenchNoticeCode =
  // An image that was opened, dropped or pasted.
  | 'empty-file'
  | 'file-too-large'
  | 'file-unreadable'
  | 'too-many-pixels'
  | 'unsupported-type'
  | 'not-an-image'
  | 'image-cut-short'
  | 'image-damaged'
  | 'nothing-dropped'
  | 'sample-missing'
  | 'dataset-unreadable'
  // The camera.
  | 'camera-missing'
  | 'camera-taken'
  | 'camera-refused'
  | 'camera-stopped'
  // A saved bench.
  | `state-${SavedBenchProblem['code']}`
  // The arithmetic.
  | 'computation-failed';

/**
 * `subject`: the file or the thing at fault. `detail`: what one may want to know of it, the same in every language: a type ("SVG"),
 * a size ("20000×20000"), the words of an error.
 */
export type BenchNotice = { readonly code: BenchNoticeCode; readonly subject: string; readonly detail?: string };
