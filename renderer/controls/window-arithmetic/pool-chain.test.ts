import { describe, expect, it } from 'vitest';
import { poolingKinds } from '../../../shared/bench/experiment.ts';
import { initialExperiment } from '../../../shared/bench/initial.ts';
import { poolTerms } from '../../../shared/bench/window-terms.ts';
import { plane } from '../../../shared/math/plane.ts';
import { poolChain } from './pool-chain.ts';

const pooling = { ...initialExperiment.pooling, size: 2, stride: 2, coefficient: 0.25, bias: 0.5 };
const map = plane(2, 2, [3, 1, 2, 6]);

function chain(kind: (typeof poolingKinds)[number], counted: number | null = null): number[] {
  return poolChain(kind, pooling, poolTerms(pooling, kind, map, 0, 0), counted).map(({ value }) => value);
}

describe('the way to a pooled number', () => {
  it.each(poolingKinds)('ends with what %s pooling gives', (kind) => {
    expect(chain(kind).at(-1)).toBe(poolTerms(pooling, kind, map, 0, 0).result);
  });

  it('is the largest number so far', () => {
    expect(chain('max', 0)[0]).toBe(0);
    expect(chain('max', 3)[0]).toBe(3);
    expect(chain('max', 4)[0]).toBe(6);
  });

  it('is a sum, divided', () => {
    expect(chain('average')).toEqual([12, 3]);
    expect(chain('average', 2)[0]).toBe(4);
  });

  it('is the root of the mean of the squares', () => {
    expect(chain('l2')).toEqual([50, 12.5, expect.closeTo(Math.sqrt(12.5))]);
  });

  it('is a sum with a coefficient and a bias, squashed', () => {
    expect(chain('subsampling')).toEqual([12, 0.25, 0.5, 3.5, expect.closeTo(1.7159 * Math.tanh((2 * 3.5) / 3))]);
  });

  it('is drawn: the first cell at which the sum passes the drawn share of the whole', () => {
    const [sum, draw, threshold, result] = chain('stochastic');
    expect(sum).toBe(12);
    expect(threshold).toBeCloseTo(12 * draw!);
    let passed = 0;
    const cell = [...map.values].find((value) => (passed += value) > threshold!);
    expect(result).toBe(cell);
  });
});
