import type { BenchView, Experiment, Operation, Pooling } from '../../../../shared/bench/experiment.ts';
import type { LiveMarks } from './live-values.ts';

export const storyIds = ['edges', 'blur', 'gradient', 'overlap', 'subsampling', 'stride', 'gabor'] as const;
export type StoryId = (typeof storyIds)[number];

/** A sentence or three, and what the bench does and shows for it. */
export type StoryStep = {
  /** The message, given the marks of live values. */
  readonly say: (marks: LiveMarks) => string;
  /** Test ids of what is pointed at besides the numbers in the sentence. */
  readonly pointsAt?: readonly string[];
  /** How the experiment departs from the story's own. */
  readonly chosen?: number;
  readonly operation?: Partial<Operation>;
  readonly pooling?: Partial<Pooling>;
  /** How the view departs from the story's own. */
  readonly view?: Partial<BenchView>;
};

export type Story = {
  readonly id: StoryId;
  readonly title: () => string;
  readonly experiment: Experiment;
  readonly view: BenchView;
  readonly steps: readonly StoryStep[];
};

/** The experiment as a step has it. */
export function experimentAt({ experiment, steps }: Story, index: number): Experiment {
  const { chosen = experiment.chosen, operation, pooling } = steps[index]!;
  return {
    ...experiment,
    chosen,
    operation: { ...experiment.operation, ...operation },
    pooling: { ...experiment.pooling, ...pooling },
  };
}

/** What is looked at in a step. */
export function viewAt({ view, steps }: Story, index: number): BenchView {
  return { ...view, ...steps[index]!.view };
}
