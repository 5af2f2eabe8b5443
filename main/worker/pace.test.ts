import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

describe('the pace of training calls', () => {
  it('takes a single step until it knows how long one takes', () => {
    expect(new Pace().steps(false, 469)).toBe(1);
  });

  it('takes as many steps as fit a tenth of a second when nobody watches, and fewer when somebody does', () => {
    const pace = new Pace();
    pace.measured(1, 5);
    expect(pace.steps(false, 469)).toBe(20);
    expect(pace.steps(true, 469)).toBe(8);
  });

  it('never takes more steps than there are, and at least one', () => {
    const pace = new Pace();
    pace.measured(10, 1);
    expect(pace.steps(false, 7)).toBe(7);
    pace.measured(1, 1e9);
    expect(pace.steps(true, 7)).toBe(1);
  });

  it('follows a change of speed without believing a single slow call', () => {
    const pace = new Pace();
    pace.measured(1, 10);
    pace.measured(1, 110);
    expect(pace.steps(false, 100)).toBe(3);
    for (let call = 0; call < 40; call += 1) pace.measured(1, 40);
    expect(pace.steps(false, 100)).toBe(2);
  });
});
