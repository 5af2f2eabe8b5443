import { describe, expect, it } from 'vitest';
import { frameLayout } from '../../shared/frame/layout.ts';
import { type MapView, wholeView } from '../../shared/frame/view.ts';
import { lenet5Textbook } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { FrameSources } from './frame-source.ts';
import { type ColorScale, gainsFromFrame } from './gains.ts';
import { planNetwork } from './plan.ts';

const network = trace(lenet5Textbook({ activation: 'relu' }));
const layout = frameLayout(network);
const sources = new FrameSources(network);
const plan = planNetwork(network).find(({ layer }) => layer === 'C1')!;

/** Where byte `byte` (0–1) of each of C1's quads of a part lies on the colour scale. */
function places(
  part: 'maps' | 'kernels',
  byte: number,
  ranges: [number, number][],
  scale: ColorScale,
  maps: MapView = 'outputs',
): number[] {
  const frame = new Uint8Array(layout.bytes);
  const view = new DataView(frame.buffer);
  const at = layout.parts.find((candidate) => candidate.layer === 'C1' && candidate.part === part)!;
  ranges.forEach(([min, max], plane) => {
    view.setFloat32((at.rangesIndex + 2 * plane) * 4, min, true);
    view.setFloat32((at.rangesIndex + 2 * plane) * 4 + 4, max, true);
  });
  const gains = new Float32Array(2 * plan.quads.length);
  gainsFromFrame(plan, sources.of(frame, { ...wholeView, maps }), scale, gains);
  return plan.quads.flatMap((quad, i) => (quad.part.part === part ? [gains[2 * i]! + gains[2 * i + 1]! * byte] : []));
}

describe('gains', () => {
  const ranges: [number, number][] = [
    [0, 4],
    [0, 2],
    [1, 1],
    [0, 0],
    [0, 0],
    [0, 0],
  ];

  it('make the maps of a layer comparable', () => {
    expect(places('maps', 1, ranges, 'layer')).toEqual([1, 0.5, 0.25, 0, 0, 0]);
  });

  it('spread each map over the whole scale when asked', () => {
    expect(places('maps', 1, ranges, 'map')).toEqual([1, 1, 0, 0, 0, 0]);
  });

  it('put a weight of zero in the middle of the scale', () => {
    const weights: [number, number][] = [
      [-1, 3],
      [-2, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ];
    const lowest = places('kernels', 0, weights, 'layer');
    expect(lowest[0]).toBeCloseTo((-1 + 3) / 6);
    expect(lowest[1]).toBeCloseTo((-2 + 3) / 6);
    expect(lowest[2]).toBeCloseTo(0.5);
    expect(places('kernels', 1, weights, 'layer')[0]).toBeCloseTo(1);
  });

  it('centre on zero what goes into an activation, and gradients, whatever comes out of it', () => {
    expect(places('maps', 1, ranges, 'layer', 'sums')).toEqual([1, 0.75, 0.625, 0.5, 0.5, 0.5]);
    expect(places('maps', 1, ranges, 'layer', 'gradients')[1]).toBe(0.75);
  });

  it('keep a layer of nothing but zeros finite', () => {
    const zeros = ranges.map((): [number, number] => [0, 0]);
    expect(places('maps', 1, zeros, 'layer')).toEqual([0, 0, 0, 0, 0, 0]);
    expect(places('kernels', 1, zeros, 'layer')).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
  });
});
