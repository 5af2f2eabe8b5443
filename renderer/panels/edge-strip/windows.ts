/** Which picture of the strip. */
export type Level = 'photograph' | 'feature' | 'pooled';

export type Cell = { readonly level: Level; readonly x: number; readonly y: number };

/** In cells of its picture. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type Sizes = Record<Level, { readonly height: number; readonly width: number }>;

/** Side of the kernels. */
const kernel = 3;

/**
 * What belongs to a cell in each picture: the cells it was computed from to its left, the cells computed from it to its right.
 * null: nothing, such as a rest that no pooling window covers.
 */
export function linkedBoxes(cell: Cell, window: number, sizes: Sizes): Record<Level, Box | null> {
  const { x, y } = cell;
  switch (cell.level) {
    case 'photograph': {
      const readers = within({ x: x - kernel + 1, y: y - kernel + 1, width: kernel, height: kernel }, sizes.feature);
      return {
        photograph: { x, y, width: 1, height: 1 },
        feature: readers,
        pooled: pooledFrom(readers, window, sizes),
      };
    }
    case 'feature': {
      const self = { x, y, width: 1, height: 1 };
      return {
        photograph: { x, y, width: kernel, height: kernel },
        feature: self,
        pooled: pooledFrom(self, window, sizes),
      };
    }
    case 'pooled': {
      const side = window + kernel - 1;
      return {
        photograph: { x: x * window, y: y * window, width: side, height: side },
        feature: { x: x * window, y: y * window, width: window, height: window },
        pooled: { x, y, width: 1, height: 1 },
      };
    }
    default:
      return cell.level satisfies never;
  }
}

/** The pooled cells whose windows touch a box of the feature map. */
function pooledFrom(box: Box | null, window: number, sizes: Sizes): Box | null {
  if (!box) return null;
  const left = Math.floor(box.x / window);
  const top = Math.floor(box.y / window);
  const right = Math.floor((box.x + box.width - 1) / window);
  const bottom = Math.floor((box.y + box.height - 1) / window);
  return within({ x: left, y: top, width: right - left + 1, height: bottom - top + 1 }, sizes.pooled);
}

function within(box: Box, { height, width }: { readonly height: number; readonly width: number }): Box | null {
  const [left, top] = [Math.max(0, box.x), Math.max(0, box.y)];
  const [right, bottom] = [Math.min(width, box.x + box.width), Math.min(height, box.y + box.height)];
  if (right <= left || bottom <= top) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
