import { describe, expect, it } from 'vitest';
import { type ArithmeticLayout, layoutOf, layoutOfPair, spacing } from './layout.ts';

/** What the layout takes, in CSS pixels. */
function taken(layout: ArithmeticLayout, size: { height: number; width: number; channels: number }) {
  const blocks = layout.allChannels ? size.channels : 1;
  const lines = layout.isWrapped ? 2 : 1;
  const hasSums = size.channels > 1 || layout.shows === 'cells';
  const name = layout.isWrapped ? spacing.sign : size.channels > 1 ? spacing.channelName : 0;
  return {
    width:
      (layout.isWrapped ? 2 : 3) * size.width * layout.cellWidth +
      spacing.sign * (layout.isWrapped ? 1 : 2) +
      name +
      (hasSums && !layout.isWrapped ? spacing.sums : 0),
    height:
      blocks * lines * size.height * layout.cellHeight +
      spacing.betweenChannels * (blocks * lines - 1) +
      spacing.caption * (layout.isWrapped ? blocks * lines : 1) +
      (layout.allChannels ? 0 : spacing.chooser) +
      (layout.isWrapped && blocks === 1 ? 0 : spacing.term),
  };
}

const rooms = [
  { width: 340, height: 220 },
  { width: 420, height: 240 },
  { width: 560, height: 380 },
  { width: 900, height: 500 },
];

describe('the layout of the arithmetic', () => {
  it.each(rooms)('fits in $width×$height for all kernels, grey and in colour', (room) => {
    for (const channels of [1, 3]) {
      for (let side = 1; side <= 11; side++) {
        const size = { height: side, width: side, channels, characters: 2 };
        const layout = layoutOf(size, room);
        const { width, height } = taken(layout, size);
        expect(width).toBeLessThanOrEqual(room.width);
        expect(height).toBeLessThanOrEqual(room.height);
      }
    }
  });

  it('shows numbers for small kernels, and colours only where numbers would be too small', () => {
    const shown = (side: number) =>
      layoutOf({ height: side, width: side, channels: 1, characters: 2 }, rooms[1]!).shows;
    expect([1, 3, 5, 11].map(shown)).toEqual(['numbers', 'numbers', 'numbers', 'cells']);
  });

  it('goes into two lines where one has no room, and never in a wide one', () => {
    const size = { height: 3, width: 3, channels: 1, characters: 2 };
    expect(layoutOf(size, { width: 340, height: 260 }).isWrapped).toBe(true);
    expect(layoutOf(size, { width: 700, height: 260 }).isWrapped).toBe(false);
  });

  it('shows all channels where there is room, else one at a time', () => {
    const size = (side: number) => ({ height: side, width: side, channels: 3, characters: 2 });
    expect(layoutOf(size(3), { width: 560, height: 240 }).allChannels).toBe(true);
    expect(layoutOf(size(11), { width: 420, height: 220 }).allChannels).toBe(false);
  });

  it('does not fail without any room', () => {
    const { cellWidth, font } = layoutOf(
      { height: 11, width: 11, channels: 3, characters: 2 },
      { width: 0, height: 0 },
    );
    expect(cellWidth).toBeGreaterThan(0);
    expect(font).toBeGreaterThan(0);
  });

  it.each([1, 2, 3, 8, 16])('puts two matrices of %d cells a side into their room', (side) => {
    const room = { width: 360, height: 230 };
    const { cellWidth, cellHeight } = layoutOfPair({ height: side, width: side, channels: 1, characters: 2 }, room);
    expect(2 * side * cellWidth + spacing.sign).toBeLessThanOrEqual(room.width);
    expect(side * cellHeight + spacing.caption + spacing.rule).toBeLessThanOrEqual(room.height);
  });
});
