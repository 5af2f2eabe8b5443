import { type FramePart, rangeOf } from '../../shared/frame/layout.ts';
import type { FrameSource } from './frame-source.ts';
import { type ColorScale, onSpan, sharedSpan } from './gains.ts';
import { pixelOf } from './picture.ts';
import { type Packing, type Reduction, reductionOf } from './packing.ts';
import type { LayerPlan, Quad } from './plan.ts';

/** A buffer for a texture array: slice by slice, row by row, one byte a texel. */
export function emptyTexels({ width, height, slices }: Packing): Uint8Array<ArrayBuffer> {
  return new Uint8Array(width * height * slices);
}

/**
 * Copies the planes that the layer shows from a frame into its texture's bytes, reduced maps averaged. What the frame does not hold stays as it was.
 *
 * Most bytes go as they are, and `gainsFromFrame` says what they mean; where one quad holds planes of several ranges (kernels in colour,
 * a matrix of kernels), they are put on the colour scale here.
 */
export function texelsFromFrame(
  plan: LayerPlan,
  frame: FrameSource,
  packing: Packing,
  scale: ColorScale,
  texels: Uint8Array,
): void {
  const { width, height } = packing;
  plan.quads.forEach((quad, i) => {
    const part = frame.find(quad.part);
    if (!part) return;
    const place = packing.places[i]!;
    const to = (place.slice * height + place.y) * width + place.x;
    if (quad.look === 'matrix') {
      const by = reductionOf(quad, packing.reduction);
      if (by === 1) copyMatrix(frame.bytes, part, plan.filters, scale, { texels, to, width });
      else {
        const whole = new Uint8Array(quad.cells);
        copyMatrix(frame.bytes, part, plan.filters, scale, { texels: whole, to: 0, width: quad.columns });
        average(whole, 0, quad, by, { texels, to, width });
      }
      return;
    }
    const from = part.valuesOffset + quad.plane * part.height * part.width + quad.first;
    if (quad.look === 'colour') {
      const paints = coloursOf(frame.bytes, part, quad, scale, plan.pixels);
      copyColours(frame.bytes, part, quad, paints, reductionOf(quad, packing.reduction), { texels, to, width });
      return;
    }
    const reduction = reductionOf(quad, packing.reduction);
    if (reduction > 1) average(frame.bytes, from, quad, reduction, { texels, to, width });
    else copy(frame.bytes, from, quad, { texels, to, width });
  });
}

/** From texel `to` on, in rows of `width`. */
type Destination = { readonly texels: Uint8Array; readonly to: number; readonly width: number };

function copy(bytes: Uint8Array, from: number, quad: Quad, { texels, to, width }: Destination): void {
  const { columns, cells } = quad;
  const end = from + cells;
  if (columns === width) {
    texels.set(bytes.subarray(from, end), to);
    return;
  }
  for (; from < end; from += columns, to += width) {
    const length = Math.min(columns, end - from);
    // A subarray for every row of five cells costs more than the copy itself.
    for (let i = 0; i < length; i += 1) texels[to + i] = bytes[from + i]!;
  }
}

/** The mean of each square of `by × by` cells; at the right and lower edge of those that are there. */
function average(
  bytes: Uint8Array,
  from: number,
  { columns, rows }: Quad,
  by: Reduction,
  { texels, to, width }: Destination,
): void {
  for (let top = 0; top < rows; top += by, to += width) {
    const bottom = Math.min(rows, top + by);
    for (let left = 0, texel = to; left < columns; left += by, texel += 1) {
      const right = Math.min(columns, left + by);
      let sum = 0;
      for (let row = top; row < bottom; row += 1) {
        const line = from + row * columns;
        for (let column = left; column < right; column += 1) sum += bytes[line + column]!;
      }
      texels[texel] = sum / ((bottom - top) * (right - left)) + 0.5;
    }
  }
}

/** For each colour the number that turns byte 0 into a place on the scale, and the one a byte's step is worth; 0–255. */
type Paint = { readonly offset: number; readonly gain: number };

/** An image's pixels as they were; kernels on one scale about zero, which is grey: of the layer, or of this kernel. */
function coloursOf(
  bytes: Uint8Array,
  part: FramePart,
  { plane, colourStep, section }: Quad,
  scale: ColorScale,
  pixels: LayerPlan['pixels'],
): readonly Paint[] {
  const planes = [plane, plane + colourStep, plane + 2 * colourStep];
  if (section === 'maps') {
    return planes.map((of, channel) => {
      const { min, max } = rangeOf(bytes, part, of);
      const [low, high] = [pixelOf(min, channel, pixels), pixelOf(max, channel, pixels)];
      return { offset: low, gain: (high - low) / 255 };
    });
  }
  const span = sharedSpan(part, true, bytes, scale === 'map' ? planes : null);
  return planes.map((of) => {
    const { offset, gain } = onSpan(rangeOf(bytes, part, of), span, true);
    return { offset: 255 * offset, gain };
  });
}

/** Red, green and blue side by side, reduced as maps are. */
function copyColours(
  bytes: Uint8Array,
  part: FramePart,
  { plane, columns, rows, colourStep }: Quad,
  paints: readonly Paint[],
  by: Reduction,
  { texels, to, width }: Destination,
): void {
  const across = Math.ceil(columns / by);
  for (const [colour, { offset, gain }] of paints.entries()) {
    const from = part.valuesOffset + (plane + colour * colourStep) * rows * columns;
    let line = to + colour * across;
    for (let top = 0; top < rows; top += by, line += width) {
      const bottom = Math.min(rows, top + by);
      for (let left = 0, texel = line; left < columns; left += by, texel += 1) {
        const right = Math.min(columns, left + by);
        let sum = 0;
        for (let row = top; row < bottom; row += 1) {
          for (let column = left; column < right; column += 1) sum += bytes[from + row * columns + column]!;
        }
        texels[texel] = Math.max(0, Math.min(255, offset + (gain * sum) / ((bottom - top) * (right - left)) + 0.5));
      }
    }
  }
}

/** Every kernel at its filter's column and its channel's row, on one scale about zero: of the layer, or of each kernel. */
function copyMatrix(
  bytes: Uint8Array,
  part: FramePart,
  filters: number,
  scale: ColorScale,
  { texels, to, width }: Destination,
): void {
  const { height, width: side, planes } = part;
  const shared = sharedSpan(part, true, bytes);
  const ranges = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let from = part.valuesOffset;
  for (let plane = 0; plane < planes; plane += 1) {
    const at = (part.rangesIndex + 2 * plane) * 4;
    const range = { min: ranges.getFloat32(at, true), max: ranges.getFloat32(at + 4, true) };
    const reach = Math.max(Math.abs(range.min), Math.abs(range.max));
    const { offset, gain } = onSpan(range, scale === 'map' ? { low: -reach, high: reach } : shared, true);
    let line = to + Math.floor(plane / filters) * height * width + (plane % filters) * side;
    for (let row = 0; row < height; row += 1, line += width) {
      for (let column = 0; column < side; column += 1, from += 1) {
        texels[line + column] = 255 * offset + gain * bytes[from]! + 0.5;
      }
    }
  }
}

/** Whether anything that the layer shows (values or ranges) and the later frame holds differs from what the earlier one held. */
export function layerDiffers(plan: LayerPlan, before: FrameSource, after: FrameSource): boolean {
  if (before.view.maps !== after.view.maps || before.view.kernels !== after.view.kernels) return true;
  return partsOf(plan).some((part) => {
    const now = after.find(part);
    if (!now) return false;
    const then = before.find(part);
    if (!then) return true;
    return (
      bytesDiffer(before.bytes, then.rangesIndex * 4, after.bytes, now.rangesIndex * 4, now.planes * 8) ||
      bytesDiffer(before.bytes, then.valuesOffset, after.bytes, now.valuesOffset, now.planes * now.height * now.width)
    );
  });
}

/** The different parts of the frame that a plan shows. */
export function partsOf({ quads }: LayerPlan): readonly FramePart[] {
  return [...new Set(quads.map((quad) => quad.part))];
}

function bytesDiffer(before: Uint8Array, from: number, after: Uint8Array, start: number, length: number): boolean {
  for (let i = 0; i < length; i += 1) if (before[from + i] !== after[start + i]) return true;
  return false;
}
