import { describe, expect, it } from 'vitest';
import { rank } from './ranking.ts';

describe('the rank of the right class', () => {
  it('counts first guesses, and those within five', () => {
    const scores = Float32Array.from([6, 5, 4, 3, 2, 1]);
    const of = (label: number) => rank(scores, [label], 6);
    expect([0, 1, 4, 5].map(of)).toEqual([
      { first: 1, five: 1 },
      { first: 0, five: 1 },
      { first: 0, five: 1 },
      { first: 0, five: 0 },
    ]);
  });

  it('puts the lower number first of equal scores', () => {
    const scores = new Float32Array(12);
    expect(rank(scores, [0, 0], 6)).toEqual({ first: 2, five: 2 });
    expect(rank(scores, [4, 5], 6)).toEqual({ first: 0, five: 1 });
  });

  it('finds the class of fewer than five always within them', () => {
    expect(rank(Float32Array.of(1, 2, 3), [0], 3)).toEqual({ first: 0, five: 1 });
  });
});
