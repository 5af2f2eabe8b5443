import { describe, expect, it } from 'vitest';
import { linkedBoxes, type Sizes } from './windows.ts';

const sizes: Sizes = {
  photograph: { width: 192, height: 128 },
  feature: { width: 190, height: 126 },
  pooled: { width: 63, height: 42 },
};

describe('windows that belong together', () => {
  it('link a pooled cell to its window of the feature map and to the pixels behind that', () => {
    expect(linkedBoxes({ level: 'pooled', x: 2, y: 1 }, 3, sizes)).toEqual({
      pooled: { x: 2, y: 1, width: 1, height: 1 },
      feature: { x: 6, y: 3, width: 3, height: 3 },
      photograph: { x: 6, y: 3, width: 5, height: 5 },
    });
  });

  it('link a cell of the feature map to the nine pixels under the kernel', () => {
    const boxes = linkedBoxes({ level: 'feature', x: 10, y: 20 }, 3, sizes);
    expect(boxes.photograph).toEqual({ x: 10, y: 20, width: 3, height: 3 });
    expect(boxes.pooled).toEqual({ x: 3, y: 6, width: 1, height: 1 });
  });

  it('link a pixel in the corner to the one cell that reads it', () => {
    expect(linkedBoxes({ level: 'photograph', x: 0, y: 0 }, 3, sizes).feature).toEqual({
      x: 0,
      y: 0,
      width: 1,
      height: 1,
    });
  });

  it('link a rest that no window covers to nothing', () => {
    expect(linkedBoxes({ level: 'feature', x: 189, y: 0 }, 3, sizes).pooled).toBeNull();
  });
});
