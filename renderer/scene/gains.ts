import { type FramePart, rangeOf } from '../../shared/frame/layout.ts';
import type { LayerPlan } from './plan.ts';

/** `layer`: equal colours are equal numbers within a layer's part. `map`: every map uses the whole colour scale. */
export type ColorScale = 'layer' | 'map';

/** Lowest and highest number that the colour scale spans. */
type Span = { readonly low: number; readonly high: number };

/**
 * For each quad the two numbers that turn a byte (0–1) into a place on the colour scale (0–1): `offset + gain · byte`.
 * They undo the frame's normalisation of each plane, so that the maps of a layer can be compared.
 *
 * Signed numbers lie on a scale that is symmetric about zero; scores on 0 to 1.
 */
export function gainsFromFrame(plan: LayerPlan, frame: Uint8Array, scale: ColorScale): Float32Array {
  const gains = new Float32Array(plan.quads.length * 2);
  const spans = new Map<FramePart, Span>();
  plan.quads.forEach(({ part, plane, look, signed }, i) => {
    const { min, max } = rangeOf(frame, part, plane);
    let span: Span | undefined;
    if (look === 'bar') span = { low: 0, high: 1 };
    else if (scale === 'map') span = spanOf(signed, min, max);
    else {
      span = spans.get(part) ?? sharedSpan(part, signed, frame);
      spans.set(part, span);
    }
    const length = span.high - span.low;
    // All zeros: the middle of a signed scale. All equal: the bottom of an unsigned one.
    const flat = !(length > 0) || !Number.isFinite(length);
    gains[2 * i] = flat ? (signed ? 0.5 : 0) : (min - span.low) / length;
    gains[2 * i + 1] = flat ? 0 : (max - min) / length;
  });
  return gains;
}

function sharedSpan(part: FramePart, signed: boolean, frame: Uint8Array): Span {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let plane = 0; plane < part.planes; plane += 1) {
    const { min, max } = rangeOf(frame, part, plane);
    low = Math.min(low, min);
    high = Math.max(high, max);
  }
  return spanOf(signed, low, high);
}

function spanOf(signed: boolean, low: number, high: number): Span {
  if (!signed) return { low, high };
  const reach = Math.max(Math.abs(low), Math.abs(high));
  return { low: -reach, high: reach };
}
