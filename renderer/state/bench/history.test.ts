import { describe, expect, it } from 'vitest';
import { History } from './history.ts';

describe('a history', () => {
  it('goes back through what was, and forth again', () => {
    const history = new History<string>().remember('a').remember('b');
    const [b, afterBack] = history.back('c')!;
    const [a, atStart] = afterBack.back(b)!;
    expect([a, b]).toEqual(['a', 'b']);
    expect(atStart.back(a)).toBeNull();
    const [bAgain, between] = atStart.forth(a)!;
    const [cAgain, atEnd] = between.forth(bAgain)!;
    expect([bAgain, cAgain]).toEqual(['b', 'c']);
    expect(atEnd.forth(cAgain)).toBeNull();
  });

  it('has no future after something new', () => {
    const [b, history] = new History<string>().remember('a').remember('b').back('c')!;
    expect(history.forth(b)).not.toBeNull();
    expect(history.remember(b).forth('d')).toBeNull();
  });

  it('forgets the oldest beyond 200 steps', () => {
    let history = new History<number>();
    for (let step = 0; step < 250; step++) history = history.remember(step);
    let [value, steps] = [250, 0];
    for (let back = history.back(value); back; back = history.back(value)) {
      [value, history] = back;
      steps += 1;
    }
    expect([steps, value]).toEqual([200, 50]);
  });

  it('forgets the oldest beyond a weight, and never the last', () => {
    const weights: Record<string, number> = { a: 40, b: 40, c: 40, d: 500 };
    const weigh = (values: readonly string[]) => [...new Set(values)].reduce((sum, value) => sum + weights[value]!, 0);
    const history = new History<string>([], [], { weigh, most: 100 });
    expect(history.remember('a').remember('b').past).toEqual(['a', 'b']);
    expect(history.remember('a').remember('a').remember('b').past).toEqual(['a', 'a', 'b']);
    expect(history.remember('a').remember('b').remember('c').past).toEqual(['b', 'c']);
    expect(history.remember('a').remember('d').past).toEqual(['d']);
  });
});
