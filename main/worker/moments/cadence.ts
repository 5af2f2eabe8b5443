/** Beyond the early steps a moment stands at least so many times as far from the start as the one before it. */
const growth = 1.015;

/** And no sooner after it than this. */
const pauseMillis = 500;

/** Share of the training time that moments may take, those of the early steps aside. */
const shareOfTime = 0.01;
/** And with those at the ends of epochs, which may be a step long. */
const shareWithEpochs = 0.02;

/** Where a moment costs more (the mean over a class, in a large network), not every early step is worth it: only ten times as long after the last. */
const cheapMillis = 500;

/** How training and its moments stand, in milliseconds of training. */
export type Pacing = {
  /** Steps done. */
  readonly step: number;
  /** The newest moment's. */
  readonly lastStep: number;
  readonly isEpochEnd: boolean;
  /** Since the newest moment. */
  readonly sinceMillis: number;
  /** Since the weights were fresh. */
  readonly trainedMillis: number;
  /** What moments have cost, those of the early steps aside: these are few, however long a run. */
  readonly spentMillis: number;
  /** What one costs. */
  readonly costMillis: number;
};

/** The first step after `step` that is always kept: of 1, 2, 3, 4, 6, 8, 12, 16, …, two an octave. */
export function nextEarlyStep(step: number): number {
  const octave = 2 ** Math.floor(Math.log2(Math.max(1, step)));
  if (step < 1) return 1;
  const between = octave * 1.5;
  return octave > 1 && step < between ? between : octave * 2;
}

/** Whether a step is always kept. */
export function isEarlyStep(step: number): boolean {
  return step < 1 || nextEarlyStep(step - 1) === step;
}

/**
 * Whether it is time for a moment: at each early step; at the end of an epoch if it costs little; and else where enough has happened, enough time
 * has passed, and it costs still less.
 */
export function isTimeForMoment(now: Pacing): boolean {
  const isWorthIt = now.costMillis <= cheapMillis || now.sinceMillis >= 10 * now.costMillis;
  if (now.step >= nextEarlyStep(now.lastStep)) return isWorthIt;
  const share = (now.spentMillis + now.costMillis) / now.trainedMillis;
  if (now.isEpochEnd) return share <= shareWithEpochs;
  return (
    now.step >= Math.max(now.lastStep + 1, now.lastStep * growth) &&
    now.sinceMillis >= pauseMillis &&
    share <= shareOfTime
  );
}
