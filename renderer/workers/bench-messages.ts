import type { BenchImage, BenchResult } from '../../shared/bench/compute.ts';
import type { Experiment } from '../../shared/bench/experiment.ts';
import type { shiftSensitivity } from '../../shared/bench/measures.ts';

/** How much the maps change while the image moves. */
export type Sensitivity = ReturnType<typeof shiftSensitivity>;

/** All of an experiment but where its image comes from: pixels go to the worker once, not with every edit. */
export type Setting = Omit<Experiment, 'image'>;

/** What the window asks of the bench's worker; each `compute` and `measure` is answered once, in order. */
export type BenchRequest =
  | { readonly type: 'image'; readonly image: BenchImage }
  | { readonly type: 'compute'; readonly setting: Setting }
  | { readonly type: 'measure'; readonly setting: Setting };

export type BenchAnswer =
  | { readonly type: 'computed'; readonly result: BenchResult }
  | { readonly type: 'measured'; readonly sensitivity: Sensitivity }
  /** The arithmetic threw. */
  | { readonly type: 'failed'; readonly message: string };
