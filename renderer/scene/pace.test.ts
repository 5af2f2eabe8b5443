import { describe, expect, it } from 'vitest';
import { type Cause, Pace, restMillis } from './pace.ts';

/** A machine whose draws cost `full` milliseconds at full resolution (in proportion to the pixels), and a clock. */
function machine(full: number) {
  const pace = new Pace();
  const draws: { at: number; scale: number }[] = [];
  let now = 0;
  return {
    pace,
    draws,
    /** Runs for `millis`, with something new every `every` of them. */
    run: (millis: number, every: number, cause: Cause) => {
      const end = now + millis;
      let next = now;
      while (now < end) {
        if (now >= next) {
          pace.invalidate(now, cause);
          next += every;
        }
        draw();
        now += 1;
      }
    },
    rest: (millis: number) => {
      for (const end = now + millis; now < end; now += 1) draw();
    },
  };
  function draw() {
    const due = pace.due(now);
    if (due === null || due > now) return;
    const scale = pace.begin(now);
    draws.push({ at: now, scale });
    const cost = full * scale ** 2;
    now += cost;
    pace.end(now, cost);
  }
}

const spent = (draws: readonly { scale: number }[], full: number) =>
  draws.reduce((sum, { scale }) => sum + full * scale ** 2, 0);

describe('pace', () => {
  it('sleeps when nothing changes', () => {
    const { pace, draws, rest } = machine(5);
    rest(1000);
    expect(draws).toHaveLength(0);
    expect(pace.due(1000)).toBeNull();
  });

  it('draws once in full for one change, then sleeps', () => {
    const { pace, draws, run, rest } = machine(5);
    run(1, 10, 'still');
    rest(2000);
    expect(draws.map(({ scale }) => scale)).toEqual([1]);
    expect(pace.due(2000)).toBeNull();
  });

  it('keeps to 30 draws a second while training, however cheap they are', () => {
    const { pace, draws, run } = machine(1);
    pace.setBusy(true);
    run(3000, 5, 'data');
    expect(draws.length / 3).toBeGreaterThan(27);
    expect(draws.length / 3).toBeLessThanOrEqual(31);
  });

  it.each([10, 20, 40, 100])(
    'takes at most its share of the time while training, at ≥ 10 a second: %d ms a draw',
    (full) => {
      const { pace, draws, run } = machine(full);
      pace.setBusy(true);
      run(4000, 5, 'data');
      const settled = draws.filter(({ at }) => at > 1000);
      expect(spent(settled, full) / 3000).toBeLessThan(0.42);
      expect(settled.length / 3).toBeGreaterThanOrEqual(10);
      expect(settled.every(({ scale }) => scale >= 0.5)).toBe(true);
    },
  );

  it('never falls under ten draws a second, even where the budget cannot be met', () => {
    const { pace, draws, run } = machine(200);
    pace.setBusy(true);
    run(4000, 5, 'data');
    expect(draws.filter(({ at }) => at > 1000).length / 3).toBeGreaterThanOrEqual(10);
    expect(draws[draws.length - 1]!.scale).toBe(0.5);
  });

  it('lowers the resolution while something moves, and draws once in full at rest', () => {
    const { pace, draws, run, rest } = machine(60);
    run(1500, 10, 'motion');
    const moving = draws.slice(3);
    expect(moving.every(({ scale }) => scale < 1)).toBe(true);
    const before = draws.length;
    rest(2000);
    const after = draws.slice(before);
    expect(after[after.length - 1]!.scale).toBe(1);
    expect(after.filter(({ scale }) => scale === 1)).toHaveLength(1);
    expect(after.length).toBeLessThanOrEqual(2);
    expect(pace.due(10_000)).toBeNull();
  });

  it('lowers the resolution where numbers come as fast as they are drawn, and not where they come now and then', () => {
    const crowded = machine(34);
    crowded.run(2000, 1, 'data');
    const settled = crowded.draws.filter(({ at }) => at > 1000);
    expect(settled.length).toBeGreaterThanOrEqual(43);
    expect(settled.every(({ scale }) => scale < 1)).toBe(true);
    crowded.rest(1000);
    expect(crowded.draws[crowded.draws.length - 1]!.scale).toBe(1);

    const nowAndThen = machine(34);
    nowAndThen.run(2000, 125, 'data');
    expect(nowAndThen.draws.every(({ scale }) => scale === 1)).toBe(true);
  });

  it('leaves the full resolution until the rest is over', () => {
    const { draws, run, rest } = machine(60);
    run(1000, 10, 'motion');
    const last = draws[draws.length - 1]!;
    rest(2000);
    expect(draws[draws.length - 1]!.at - last.at).toBeGreaterThan(restMillis - 20);
  });

  it('goes back to full resolution when draws become cheap', () => {
    const pace = new Pace();
    pace.setBusy(true);
    let now = 0;
    const draw = (full: number) => {
      now += 100;
      pace.invalidate(now, 'data');
      const scale = pace.begin(now);
      now += full * scale ** 2;
      pace.end(now, full * scale ** 2);
      return scale;
    };
    for (let i = 0; i < 20; i += 1) draw(80);
    expect(draw(80)).toBeLessThan(0.7);
    for (let i = 0; i < 150; i += 1) draw(4);
    expect(draw(4)).toBe(1);
  });

  it('draws again what was given up', () => {
    const pace = new Pace();
    pace.invalidate(0, 'data');
    pace.begin(0);
    expect(pace.due(0)).toBeNull();
    pace.abandon();
    expect(pace.due(0)).not.toBeNull();
  });
});
