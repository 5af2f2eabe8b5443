import { describe, expect, it } from 'vitest';
import { FrameCredits } from './frame-credits.ts';

function opened() {
  const paid: number[] = [];
  const credits = new FrameCredits((frames) => paid.push(frames));
  credits.open();
  return { credits, paid };
}

describe('frame credits', () => {
  it('start with two', () => {
    expect(opened().paid).toEqual([2]);
  });

  it('are paid when a frame has been drawn, not when it comes', () => {
    const { credits, paid } = opened();
    credits.received();
    expect(paid).toEqual([2]);
    credits.drawn(1);
    expect(paid).toEqual([2, 1]);
  });

  it('are not paid for drawing the same frame again', () => {
    const { credits, paid } = opened();
    credits.drawn(1);
    expect(paid).toEqual([2]);
  });

  it('pay for both of two frames that one drawing settled', () => {
    const { credits, paid } = opened();
    credits.received();
    credits.received();
    credits.drawn(2);
    expect(paid).toEqual([2, 2]);
  });

  it('are held back while the window is hidden', () => {
    const { credits, paid } = opened();
    credits.setHidden(true);
    credits.received();
    credits.drawn(1);
    expect(paid).toEqual([2]);
    credits.setHidden(false);
    expect(paid).toEqual([2, 1]);
  });

  it('leave a frame unpaid that came while an older one was drawn', () => {
    const { credits, paid } = opened();
    credits.received();
    credits.received();
    credits.drawn(1);
    expect(paid).toEqual([2, 1]);
  });

  it('are paid for frames that were dropped with the network they belonged to', () => {
    const { credits, paid } = opened();
    credits.received();
    credits.received();
    credits.dropped();
    expect(paid).toEqual([2, 2]);
  });
});
