/** How the learning rate changes while a run goes on. Epochs may be parts of one. */
export type Schedule =
  | { readonly kind: 'constant' }
  /** × `factor` after every `every` epochs. */
  | { readonly kind: 'step'; readonly factor: number; readonly every: number }
  /** Rates of their own, each for so many epochs, in order; the last goes on. They stand instead of the base rate. */
  | { readonly kind: 'table'; readonly rates: readonly (readonly [epochs: number, rate: number])[] }
  /** In equal steps from epoch to epoch, from the base rate in the first to `last` times it in the last. */
  | { readonly kind: 'linear'; readonly last: number }
  /** Half a cosine over the whole run, step by step, from the base rate down to `last` times it; 0 if left out (Loshchilov and Hutter, 2017). */
  | { readonly kind: 'cosine'; readonly last?: number }
  /** × `factor` each time the test error has not improved for `patience` epochs. */
  | { readonly kind: 'plateau'; readonly factor: number; readonly patience: number };

/** Where a run stands. */
export type Progress = {
  /** Steps done. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Of the whole run. */
  readonly epochs: number;
  /** How often a plateau has been met so far. */
  readonly plateauDrops: number;
};

/** The learning rate of the next step. A function of where the run stands: a resumed run needs no more. */
export function learningRateAt(schedule: Schedule, base: number, progress: Progress): number {
  const { step, stepsPerEpoch, epochs, plateauDrops } = progress;
  switch (schedule.kind) {
    case 'constant':
      return base;
    case 'step':
      return base * schedule.factor ** Math.floor(step / (schedule.every * stepsPerEpoch));
    case 'table':
      return rateInTable(schedule.rates, step / stepsPerEpoch) ?? base;
    case 'linear': {
      const done = Math.min(1, Math.floor(step / stepsPerEpoch) / Math.max(1, epochs - 1));
      return base * (1 + done * (schedule.last - 1));
    }
    case 'cosine': {
      const { last = 0 } = schedule;
      const done = Math.min(1, step / (epochs * stepsPerEpoch));
      return base * (last + ((1 - last) * (1 + Math.cos(Math.PI * done))) / 2);
    }
    case 'plateau':
      return base * schedule.factor ** plateauDrops;
    default:
      return schedule satisfies never;
  }
}

function rateInTable(rates: readonly (readonly [number, number])[], epochsDone: number): number | undefined {
  let end = 0;
  for (const [epochs, rate] of rates) {
    end += epochs;
    if (epochsDone < end) return rate;
  }
  return rates.at(-1)?.[1];
}
