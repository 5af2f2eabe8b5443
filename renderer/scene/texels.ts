import type { LayerPlan } from './plan.ts';

/** A buffer for the layer's texture array: slice by slice, row by row, one byte a texel. */
export function emptyTexels({ texture }: LayerPlan): Uint8Array<ArrayBuffer> {
  return new Uint8Array(texture.width * texture.height * texture.slices);
}

/** Copies the planes that the layer shows from a frame into its texture's bytes. */
export function texelsFromFrame(plan: LayerPlan, frame: Uint8Array, texels: Uint8Array): void {
  const { width, height } = plan.texture;
  for (const { part, plane, first, cells, columns, slice, x, y } of plan.quads) {
    let from = part.valuesOffset + plane * part.height * part.width + first;
    const end = from + cells;
    let to = (slice * height + y) * width + x;
    if (columns === width) {
      texels.set(frame.subarray(from, end), to);
      continue;
    }
    for (; from < end; from += columns, to += width) {
      const length = Math.min(columns, end - from);
      // A subarray for every row of five cells costs more than the copy itself.
      for (let i = 0; i < length; i += 1) texels[to + i] = frame[from + i]!;
    }
  }
}

/** Whether anything that the layer shows (values or ranges) differs between two frames of the same network. */
export function layerDiffers(plan: LayerPlan, before: Uint8Array, after: Uint8Array): boolean {
  return [...new Set(plan.quads.map((quad) => quad.part))].some(
    (part) =>
      bytesDiffer(before, after, part.rangesIndex * 4, part.planes * 8) ||
      bytesDiffer(before, after, part.valuesOffset, part.planes * part.height * part.width),
  );
}

function bytesDiffer(before: Uint8Array, after: Uint8Array, start: number, length: number): boolean {
  for (let i = start; i < start + length; i += 1) if (before[i] !== after[i]) return true;
  return false;
}
