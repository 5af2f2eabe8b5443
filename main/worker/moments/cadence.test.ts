import { describe, expect, it } from 'vitest';
import { isEarlyStep, isTimeForMoment, nextEarlyStep } from './cadence.ts';

/** The steps kept of a run whose steps and moments take so many milliseconds, and the shares of its time that the early moments and the others took. */
function kept(steps: number, stepMillis: number, costMillis: number, stepsPerEpoch = Infinity) {
  const found = [0];
  let [trained, spent, lastAt] = [0, 0, 0];
  for (let step = 1; step <= steps; step++) {
    trained += stepMillis;
    const lastStep = found.at(-1)!;
    const isEpochEnd = step % stepsPerEpoch === 0;
    const pacing = { step, lastStep, isEpochEnd, sinceMillis: trained - lastAt, trainedMillis: trained };
    if (!isTimeForMoment({ ...pacing, spentMillis: spent, costMillis })) continue;
    found.push(step);
    if (!isEarlyStep(step)) spent += costMillis;
    lastAt = trained;
  }
  const early = found.filter(isEarlyStep).length * costMillis;
  return { steps: found, early: early / trained, others: spent / trained };
}

describe('the early steps', () => {
  it('are two an octave', () => {
    const steps = [0];
    while (steps.at(-1)! < 100) steps.push(nextEarlyStep(steps.at(-1)!));
    expect(steps).toEqual([0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128]);
  });

  it('come after any other step', () => {
    expect([5, 7, 13, 33, 47, 100, 1000].map(nextEarlyStep)).toEqual([6, 8, 16, 48, 48, 128, 1024]);
    for (let step = 0; step < 5000; step++) {
      expect(nextEarlyStep(step)).toBeGreaterThan(step);
      expect(Number.isInteger(nextEarlyStep(step))).toBe(true);
    }
  });
});

describe('moments', () => {
  it('of a fast network come twice a second, and at the early steps', () => {
    // LeNet-5: 20,000 steps of 1.5 ms.
    const { steps } = kept(20_000, 1.5, 1);
    expect(steps.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 6, 8, 12, 16, 24]);
    expect(steps.length).toBeGreaterThan(60);
    expect(steps.length).toBeLessThan(90);
  });

  it('of a slow network come as its steps grow', () => {
    // AlexNet with two seconds a step: a moment of 20 ms is a hundredth.
    const { steps } = kept(1000, 2000, 20);
    const gaps = steps.slice(1).map((step, index) => step - steps[index]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(16);
    expect(Math.max(...gaps.slice(0, 30))).toBeLessThanOrEqual(2);
  });

  it('come at the end of each epoch, too', () => {
    const { steps, others } = kept(10_000, 2, 1, 400);
    for (let epoch = 1; epoch <= 25; epoch++) expect(steps).toContain(400 * epoch);
    expect(others).toBeLessThan(0.01);
  });

  it('take a fiftieth of the time where an epoch is a step', () => {
    expect(kept(5000, 2, 1, 1).others).toBeLessThan(0.0201);
  });

  it('that cost much are not taken at every early step', () => {
    // A second each, with a millisecond a step.
    expect(kept(20_000, 1, 1000).steps).toEqual([0, 10_000, 20_000]);
    expect(kept(200, 1000, 1000).steps.slice(0, 4)).toEqual([0, 10, 20, 30]);
  });

  it('take a hundredth of the time, whatever one of them costs; the early ones are soon less', () => {
    for (const cost of [1, 10, 100, 300]) {
      const { early, others } = kept(2000, 300, cost);
      expect(others).toBeLessThan(0.0101);
      expect(early).toBeLessThan((24 * cost) / (2000 * 300));
    }
  });
});
