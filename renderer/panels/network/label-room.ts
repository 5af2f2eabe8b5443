/** A text's box in CSS pixels, around the middle of its upper edge. */
type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/**
 * Which texts can be read: those whose box meets none of another that is shown. The first and the last come first, then all
 * from the first on, so that a row of many keeps its ends and as many as find room between them.
 */
export function readable(boxes: readonly Box[]): ReadonlySet<number> {
  const shown = new Set<number>();
  const order = [0, boxes.length - 1, ...boxes.keys()];
  for (const index of order) {
    const box = boxes[index];
    if (box && ![...shown].some((other) => other === index || meet(boxes[other]!, box))) shown.add(index);
  }
  return shown;
}

function meet(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 && a.y < b.y + b.height && b.y < a.y + a.height;
}
