import { describe, expect, it } from 'vitest';
import { nearPart } from './near-part.ts';

const cells = { height: 170, width: 256 };
const room = { height: 150, width: 300 };
const focus = (row: number, column: number) => ({ row, column, height: 3, width: 3 });

describe('the part of a picture around a window', () => {
  it('has cells of 15 pixels and the window in its middle', () => {
    expect(nearPart(null, focus(80, 100), cells, room)).toEqual({ row: 77, column: 92, height: 10, width: 20 });
  });

  it('stays while the window is in it, and moves once the window leaves', () => {
    const first = nearPart(null, focus(80, 100), cells, room);
    expect(nearPart(first, focus(80, 109), cells, room)).toEqual(first);
    expect(nearPart(first, focus(80, 110), cells, room)).toMatchObject({ row: 77, column: 102 });
  });

  it('does not leave the picture', () => {
    expect(nearPart(null, focus(0, 0), cells, room)).toMatchObject({ row: 0, column: 0 });
    expect(nearPart(null, focus(167, 253), cells, room)).toMatchObject({ row: 160, column: 236 });
  });

  it('is all of a picture that fits', () => {
    expect(nearPart(null, focus(1, 1), { height: 8, width: 8 }, room)).toEqual({
      row: 0,
      column: 0,
      height: 8,
      width: 8,
    });
  });

  it('shows all of a large window, and some cells around it', () => {
    const wide = { row: 50, column: 50, height: 81, width: 81 };
    expect(nearPart(null, wide, cells, room)).toEqual({ row: 48, column: 48, height: 85, width: 85 });
  });

  it('follows a picture that got smaller', () => {
    const before = nearPart(null, focus(160, 250), cells, room);
    const part = nearPart(before, focus(80, 100), { height: 90, width: 120 }, room);
    expect(part.row + part.height).toBeLessThanOrEqual(90);
    expect(part.column + part.width).toBeLessThanOrEqual(120);
  });
});
