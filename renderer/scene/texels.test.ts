import { describe, expect, it } from 'vitest';
import { frameLayout, planeOf, rangeOf, valueFromByte } from '../../shared/frame/layout.ts';
import { type FrameView, wholeView } from '../../shared/frame/view.ts';
import { lenet5Textbook, presets } from '../../shared/network/presets/index.ts';
import { type NetworkTrace, trace } from '../../shared/network/shapes.ts';
import { FrameSources } from './frame-source.ts';
import type { ColorScale } from './gains.ts';
import { packingOf, type Reduction, reductionOf } from './packing.ts';
import { type LayerPlan, planKernels, planNetwork } from './plan.ts';
import { emptyTexels, layerDiffers, texelsFromFrame } from './texels.ts';

const network = trace(lenet5Textbook());
const sources = new FrameSources(network);
const plans = planNetwork(network);
const layout = frameLayout(network);

/** A frame of any view with bytes that differ from cell to cell, and a range for each plane. */
function frameOf(of: NetworkTrace, view: FrameView = wholeView): Uint8Array {
  const { parts, bytes } = frameLayout(of, view);
  const frame = new Uint8Array(bytes);
  const ranges = new DataView(frame.buffer);
  for (const part of parts) {
    for (let plane = 0; plane < part.planes; plane += 1) {
      const at = (part.rangesIndex + 2 * plane) * 4;
      ranges.setFloat32(at, -1 - (plane % 5), true);
      ranges.setFloat32(at + 4, 0.5 + (plane % 7), true);
    }
    const cells = part.planes * part.height * part.width;
    // Different in every part, wherever it lies in the frame.
    for (let i = 0; i < cells; i += 1) frame[part.valuesOffset + i] = (i * 7919 + part.height * 31) % 251;
  }
  return frame;
}

function texelsOf(
  plan: LayerPlan,
  frame: Uint8Array,
  { view = wholeView, reduction = 1, scale = 'layer', of = sources }: Partial<Options> = {},
) {
  const packing = packingOf(plan.quads, reduction);
  const texels = emptyTexels(packing);
  texelsFromFrame(plan, of.of(frame, view), packing, scale, texels);
  return (quad: number, row: number, column: number, colour = 0) => {
    const { slice, x, y, columns } = packing.places[quad]!;
    return texels[(slice * packing.height + y + row) * packing.width + x + colour * columns + column];
  };
}

type Options = { view: FrameView; reduction: Reduction; scale: ColorScale; of: FrameSources };

const frame = frameOf(network);

describe('texels from a frame', () => {
  it('hold every cell of every quad where the packing says', () => {
    for (const plan of plans) {
      const texel = texelsOf(plan, frame);
      plan.quads.forEach((quad, i) => {
        const plane = planeOf(frame, quad.part, quad.plane);
        for (let cell = 0; cell < quad.cells; cell += 1) {
          const [row, column] = [Math.floor(cell / quad.columns), cell % quad.columns];
          expect(texel(i, row, column)).toBe(plane[quad.first + cell]);
        }
      });
    }
  });

  it.each([2, 4] as const)(
    'hold the mean of %d × %d cells where maps are reduced, and at their edge of what is there',
    (reduction) => {
      for (const plan of plans) {
        const texel = texelsOf(plan, frame, { reduction });
        plan.quads.forEach((quad, i) => {
          const by = reductionOf(quad, reduction);
          const plane = planeOf(frame, quad.part, quad.plane);
          for (let row = 0; row < Math.ceil(quad.rows / by); row += 1) {
            for (let column = 0; column < Math.ceil(quad.columns / by); column += 1) {
              const cells: number[] = [];
              for (let y = row * by; y < Math.min(quad.rows, (row + 1) * by); y += 1) {
                for (let x = column * by; x < Math.min(quad.columns, (column + 1) * by); x += 1) {
                  if (y * quad.columns + x < quad.cells) cells.push(plane[quad.first + y * quad.columns + x]!);
                }
              }
              if (cells.length === 0) continue;
              const mean = cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
              expect(Math.abs(texel(i, row, column)! - mean)).toBeLessThanOrEqual(0.5);
            }
          }
        });
      }
    },
  );

  it('are found wherever a frame of some layers has them, and stay as they are where it has none', () => {
    const view: FrameView = { ...wholeView, layers: ['C3'] };
    const partial = frameOf(network, view);
    for (const plan of plans) {
      const texel = texelsOf(plan, partial, { view });
      const isThere = ['input', 'C3'].includes(plan.layer);
      plan.quads.forEach((quad, i) => {
        const part = frameLayout(network, view).parts.find(
          (each) => each.layer === quad.part.layer && each.part === quad.part.part,
        );
        const expected = part ? planeOf(partial, part, quad.plane)[quad.first + quad.columns + 1] : 0;
        if (isThere) expect(part).toBeDefined();
        if (quad.rows > 1) expect(texel(i, 1, 1)).toBe(expected);
      });
    }
  });

  it('leave the unused end of a grid empty', () => {
    const spec = lenet5Textbook();
    const prime = trace({
      ...spec,
      layers: spec.layers.map((layer) => (layer.name === 'C5' ? { ...layer, units: 127 } : layer)),
    });
    const plan = planNetwork(prime).find(({ layer }) => layer === 'C5')!;
    const packing = packingOf(plan.quads, 1);
    const texels = emptyTexels(packing);
    const nines = new Uint8Array(frameLayout(prime).bytes).fill(9);
    texelsFromFrame(plan, new FrameSources(prime).of(nines, wholeView), packing, 'layer', texels);
    expect(texels.filter((texel) => texel === 9)).toHaveLength(127);
    expect(texels.length).toBeGreaterThan(127);
  });
});

describe('texels of planes that are drawn as one', () => {
  const photographs = trace(presets.alexnet());
  const of = new FrameSources(photographs);

  /** The number in the network's own units. */
  function valueAt(
    bytes: Uint8Array,
    view: FrameView,
    layer: string,
    part: string,
    plane: number,
    cell: number,
  ): number {
    const found = frameLayout(photographs, view).parts.find((each) => each.layer === layer && each.part === part)!;
    return valueFromByte(planeOf(bytes, found, plane)[cell]!, rangeOf(bytes, found, plane));
  }

  it('put the three colours of a kernel on one scale about grey', () => {
    const bytes = frameOf(photographs);
    const plan = planNetwork(photographs)[1]!;
    const first = plan.quads.findIndex(({ section }) => section === 'kernels');
    for (const [scale, reach] of [
      ['layer', 6.5],
      ['map', 5],
    ] as const) {
      const texel = texelsOf(plan, bytes, { of, scale });
      for (const colour of [0, 1, 2]) {
        // Filter 4 of 96: its planes are 4, 100 and 196, of which the lowest begins at −5 and the highest ends at 4.5.
        const value = valueAt(bytes, wholeView, 'conv1', 'kernels', 4 + 96 * colour, 3 * 11 + 7);
        expect(Math.abs(texel(first + 4, 3, 7, colour)! - (127.5 + (127.5 * value) / reach))).toBeLessThanOrEqual(0.51);
      }
    }
  });

  it('show the image in the colours that it had', () => {
    const bytes = frameOf(photographs);
    const { pixels } = photographs.spec;
    const texel = texelsOf(planNetwork(photographs)[0]!, bytes, { of });
    for (const colour of [0, 1, 2]) {
      const value = valueAt(bytes, wholeView, 'input', 'input', colour, 224 * 10 + 20);
      const pixel =
        pixels?.kind === 'standardised'
          ? 255 * (value * pixels.deviation[colour]! + pixels.mean[colour]!)
          : pixels
            ? (255 * (value - pixels.low)) / (pixels.high - pixels.low)
            : 255 * value;
      expect(Math.abs(texel(0, 10, 20, colour)! - Math.max(0, Math.min(255, pixel)))).toBeLessThanOrEqual(0.51);
    }
  });

  it('lay a layer’s kernels out as filters by channels, all on one scale', () => {
    const view: FrameView = { ...wholeView, layers: ['conv2'] };
    const bytes = frameOf(photographs, view);
    const plan = planKernels(photographs, 'conv2', 'conv2')!;
    const texel = texelsOf(plan, bytes, { of, view });
    for (const [filter, channel, row, column] of [
      [0, 0, 0, 0],
      [7, 3, 4, 1],
      [255, 47, 2, 2],
    ] as const) {
      const value = valueAt(bytes, view, 'conv2', 'kernels', channel * 256 + filter, row * 5 + column);
      const at = texel(0, channel * 5 + row, filter * 5 + column)!;
      expect(Math.abs(at - (127.5 + (127.5 * value) / 6.5))).toBeLessThanOrEqual(0.51);
    }
  });
});

describe('whether a layer differs', () => {
  const of = (bytes: Uint8Array, view = wholeView) => sources.of(bytes, view);
  const before = of(frame);

  it('is no for a copy', () => {
    expect(plans.some((plan) => layerDiffers(plan, before, of(frame.slice())))).toBe(false);
  });

  it('is no for the same numbers in a frame of fewer layers', () => {
    const view: FrameView = { ...wholeView, layers: ['C3'] };
    const differing = plans.filter((plan) => layerDiffers(plan, before, of(frameOf(network, view), view)));
    expect(differing).toEqual([]);
  });

  it('is yes when something else of it is shown', () => {
    expect(plans.every((plan) => layerDiffers(plan, before, of(frame, { ...wholeView, maps: 'sums' })))).toBe(true);
  });

  it('is yes for the one layer whose value changed', () => {
    const changed = frame.slice();
    const maps = layout.parts.find(({ layer, part }) => layer === 'S4' && part === 'maps')!;
    changed[maps.valuesOffset + 3]! += 1;
    expect(plans.filter((plan) => layerDiffers(plan, before, of(changed))).map(({ layer }) => layer)).toEqual(['S4']);
  });

  it('is yes when only a range changed', () => {
    const changed = frame.slice();
    const maps = layout.parts.find(({ layer, part }) => layer === 'C1' && part === 'kernels')!;
    changed[maps.rangesIndex * 4]! += 1;
    expect(plans.filter((plan) => layerDiffers(plan, before, of(changed))).map(({ layer }) => layer)).toEqual(['C1']);
  });
});
