import { type FramePart, rangeOf } from '../../shared/frame/layout.ts';
import type { FrameSource } from './frame-source.ts';
import type { LayerPlan, Quad } from './plan.ts';

/** `layer`: equal colours are equal numbers within a layer's part. `map`: every map uses the whole colour scale. */
export type ColorScale = 'layer' | 'map';

/** Lowest and highest number that the colour scale spans. */
export type Span = { readonly low: number; readonly high: number };

/** Whether a quad's numbers lie on both sides of zero in this frame: what goes into an activation does, and so do gradients. */
export function isSigned({ part, signed }: Quad, { view }: FrameSource): boolean {
  return part.part === 'maps' ? signed || view.maps !== 'outputs' : signed;
}

/**
 * For each quad the two numbers that turn a byte (0–1) into a place on the colour scale (0–1): `offset + gain · byte`.
 * They undo the frame's normalisation of each plane, so that the maps of a layer can be compared. Quads that the frame does not hold keep theirs.
 *
 * Signed numbers lie on a scale that is symmetric about zero; scores on 0 to 1. What `texelsFromFrame` puts on the scale itself is left there.
 */
export function gainsFromFrame(plan: LayerPlan, frame: FrameSource, scale: ColorScale, gains: Float32Array): void {
  const spans = new Map<FramePart, Span>();
  plan.quads.forEach((quad, i) => {
    const part = frame.find(quad.part);
    if (!part) return;
    if (quad.look === 'colour' || quad.look === 'matrix') {
      gains.set([0, 1], 2 * i);
      return;
    }
    const signed = isSigned(quad, frame);
    const range = rangeOf(frame.bytes, part, quad.plane);
    let span: Span | undefined;
    if (quad.look === 'bar') span = { low: 0, high: 1 };
    else if (scale === 'map') span = spanOf(signed, range.min, range.max);
    else {
      span = spans.get(part) ?? sharedSpan(part, signed, frame.bytes);
      spans.set(part, span);
    }
    const { offset, gain } = onSpan(range, span, signed);
    gains[2 * i] = offset;
    gains[2 * i + 1] = gain;
  });
}

/** Where a plane of this range lies on a scale: its byte (0–1) times `gain`, plus `offset`, is 0 at the scale's low end and 1 at its high end. */
export function onSpan(
  { min, max }: { readonly min: number; readonly max: number },
  span: Span,
  signed: boolean,
): { offset: number; gain: number } {
  const length = span.high - span.low;
  // All zeros: the middle of a signed scale. All equal: the bottom of an unsigned one.
  const isFlat = !(length > 0) || !Number.isFinite(length);
  if (isFlat) return { offset: signed ? 0.5 : 0, gain: 0 };
  return { offset: (min - span.low) / length, gain: (max - min) / length };
}

/** The scale that all planes of a part share, or those of them that `planes` names. */
export function sharedSpan(
  part: FramePart,
  signed: boolean,
  bytes: Uint8Array,
  planes: readonly number[] | null = null,
): Span {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const count = planes?.length ?? part.planes;
  for (let i = 0; i < count; i += 1) {
    const at = (part.rangesIndex + 2 * (planes?.[i] ?? i)) * 4;
    low = Math.min(low, view.getFloat32(at, true));
    high = Math.max(high, view.getFloat32(at + 4, true));
  }
  return spanOf(signed, low, high);
}

function spanOf(signed: boolean, low: number, high: number): Span {
  if (!signed) return { low, high };
  const reach = Math.max(Math.abs(low), Math.abs(high));
  return { low: -reach, high: reach };
}
