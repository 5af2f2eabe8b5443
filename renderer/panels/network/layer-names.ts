import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import type { Shape } from '../../../shared/tensor/shape.ts';
import { m } from '../../messages/compiled/messages.js';

/** As LeCun et al. write it: `6@28×28` for maps, `120` for units. */
export function shapeText(shape: Shape): string {
  const [height, width, channels] = shape;
  if (width === undefined) return String(height);
  return channels === 1 ? `${height}×${width}` : `${channels}@${height}×${width}`;
}

/** A layer's name as people say it, and its shape. The first part of a frame is the image. */
export function describeLayer(trace: NetworkTrace, layer: string, isInput: boolean): { name: string; shape: string } {
  if (isInput) return { name: m.input(), shape: shapeText(trace.spec.input) };
  const traced = trace.layers.find(({ spec }) => spec.name === layer);
  const name = layer === 'output' ? m.output() : layer;
  return { name, shape: traced ? shapeText(traced.output) : '' };
}
