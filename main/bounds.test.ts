import { describe, expect, it } from 'vitest';
import { visibleBounds } from './bounds.ts';

const laptop = { x: 0, y: 0, width: 1920, height: 1040 };
const projector = { x: 1920, y: 0, width: 1280, height: 800 };

describe('the bounds of a reopened window', () => {
  it('stay where they were on a display that is still there', () => {
    const saved = { x: 2000, y: 20, width: 1100, height: 720 };
    expect(visibleBounds(saved, [laptop, projector])).toEqual(saved);
  });

  it('are forgotten when their display was unplugged', () => {
    expect(visibleBounds({ x: 2000, y: 20, width: 1100, height: 720 }, [laptop])).toBeUndefined();
  });

  it('are forgotten when only a sliver would be visible', () => {
    expect(visibleBounds({ x: -1250, y: 0, width: 1280, height: 800 }, [laptop])).toBeUndefined();
  });

  it('are forgotten when the title bar is above the display, where no one can drag it', () => {
    expect(visibleBounds({ x: 100, y: -60, width: 1280, height: 800 }, [laptop])).toBeUndefined();
  });

  it('may hang over the side of a display', () => {
    const saved = { x: 1000, y: 100, width: 1280, height: 800 };
    expect(visibleBounds(saved, [laptop])).toEqual(saved);
  });

  it('shrink to a smaller display but not below the smallest window', () => {
    const saved = { x: 0, y: 0, width: 3000, height: 2000 };
    expect(visibleBounds(saved, [laptop])).toEqual({ x: 0, y: 0, width: 1920, height: 1040 });
    expect(visibleBounds(saved, [{ x: 0, y: 0, width: 800, height: 600 }])).toMatchObject({ width: 1024, height: 700 });
  });
});
