import * as v from 'valibot';

export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** In device-independent pixels. */
export const defaultSize = { width: 1280, height: 800 };
export const minimumSize = { width: 1024, height: 700 };

/** How much of the window, in both directions, must be on one display for it to count as reachable. */
const reachablePixels = 100;

const integer = v.pipe(v.number(), v.safeInteger());

/** What is kept of the window between two runs; `bounds` are those it has when not maximized. */
export const windowStateSchema = v.object({
  bounds: v.object({ x: integer, y: integer, width: integer, height: integer }),
  maximized: v.boolean(),
});

/**
 * The saved bounds if a person could still reach a window there, else undefined: a display may have been unplugged since.
 *
 * The top edge must be on a display, because the window is dragged by it. Sizes are kept within the minimum and the display.
 */
export function visibleBounds(saved: Rectangle, workAreas: readonly Rectangle[]): Rectangle | undefined {
  const area = workAreas.find((candidate) => {
    const across = overlap(saved.x, saved.width, candidate.x, candidate.width);
    const topInside = saved.y >= candidate.y && saved.y <= candidate.y + candidate.height - reachablePixels;
    return across >= reachablePixels && topInside;
  });
  if (!area) return undefined;
  return {
    x: saved.x,
    y: saved.y,
    width: Math.max(minimumSize.width, Math.min(saved.width, area.width)),
    height: Math.max(minimumSize.height, Math.min(saved.height, area.height)),
  };
}

function overlap(startA: number, lengthA: number, startB: number, lengthB: number): number {
  return Math.min(startA + lengthA, startB + lengthB) - Math.max(startA, startB);
}
