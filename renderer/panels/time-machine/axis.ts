import type { Moment } from '../../../shared/contract.ts';

/** `log`: as much room for the first ten steps as for the next ninety. */
export type AxisKind = 'log' | 'linear';

/** Where a step stands on a line, as a share of its length from the left. */
export type Axis = {
  readonly kind: AxisKind;
  /** The last step that is on it. */
  readonly last: number;
  readonly at: (step: number) => number;
};

/** @param last the last step that must be on it; at least one is. */
export function axisOf(kind: AxisKind, last: number): Axis {
  const end = Math.max(1, last);
  const whole = Math.log1p(end);
  return {
    kind,
    last: end,
    at: kind === 'linear' ? (step) => step / end : (step) => Math.log1p(Math.max(0, step)) / whole,
  };
}

export type Tick = { readonly step: number; readonly at: number };

/** Epochs whose ends are on the axis, no two nearer than `apart` (a share of its length); each a multiple of a round number in a straight axis. */
export function epochTicks(axis: Axis, stepsPerEpoch: number, apart: number): readonly (Tick & { epoch: number })[] {
  if (stepsPerEpoch === 0) return [];
  const epochs = Math.floor(axis.last / stepsPerEpoch);
  const ticks: (Tick & { epoch: number })[] = [];
  if (axis.kind === 'linear') {
    const every = roundStep((apart * axis.last) / stepsPerEpoch);
    for (let epoch = every; epoch <= epochs; epoch += every) ticks.push(tick(epoch));
    return ticks;
  }
  for (let epoch = 1; epoch <= epochs; epoch *= 2) {
    const next = tick(epoch);
    const before = ticks.at(-1);
    if (!before || next.at - before.at >= apart) ticks.push(next);
  }
  return ticks;

  function tick(epoch: number): Tick & { epoch: number } {
    const step = epoch * stepsPerEpoch;
    return { epoch, step, at: axis.at(step) };
  }
}

/** Steps to be written below the axis: 0, then powers of ten, or equal distances. */
export function stepTicks(axis: Axis, apart: number): readonly Tick[] {
  const ticks: Tick[] = [{ step: 0, at: 0 }];
  const add = (step: number): void => {
    const at = axis.at(step);
    if (at - ticks.at(-1)!.at >= apart) ticks.push({ step, at });
  };
  if (axis.kind === 'linear') {
    const every = roundStep(apart * axis.last);
    for (let step = every; step <= axis.last; step += every) add(step);
  } else {
    for (let step = 1; step <= axis.last; step *= 10) add(step);
  }
  return ticks;
}

/** 1, 2 or 5 times a power of ten; at least `least` and 1. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return Math.max(
    1,
    [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= least)!,
  );
}

/** The place in the list of the moment that stands nearest to `at` on the axis; −1 in an empty list. */
export function nearestMoment(list: readonly Pick<Moment, 'step'>[], axis: Axis, at: number): number {
  let low = 0;
  let high = list.length - 1;
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (axis.at(list[middle]!.step) < at) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  return at - axis.at(list[low - 1]!.step) <= axis.at(list[low]!.step) - at ? low - 1 : low;
}
