import { describe, expect, it } from 'vitest';
import { Plateau } from './plateau.ts';

function dropsAfter(errors: readonly number[], patience: number): number {
  const plateau = new Plateau({ kind: 'plateau', factor: 0.1, patience });
  for (const error of errors) plateau.tested(error);
  return plateau.drops;
}

describe('a plateau', () => {
  it('is not met while the error falls', () => {
    expect(dropsAfter([0.5, 0.4, 0.3, 0.2], 1)).toBe(0);
  });

  it('is met after as many epochs without a better error as the schedule waits, and then again', () => {
    expect(dropsAfter([0.3, 0.3, 0.31], 3)).toBe(0);
    expect(dropsAfter([0.3, 0.3, 0.31, 0.3], 3)).toBe(1);
    expect(dropsAfter([0.3, 0.3, 0.31, 0.3, 0.3, 0.3, 0.3], 3)).toBe(2);
  });

  it('waits anew after a better error', () => {
    expect(dropsAfter([0.3, 0.3, 0.29, 0.3], 2)).toBe(0);
  });

  it('is never met by another schedule', () => {
    const plateau = new Plateau({ kind: 'constant' });
    for (let epoch = 0; epoch < 100; epoch += 1) plateau.tested(0.9);
    expect(plateau.drops).toBe(0);
  });
});
