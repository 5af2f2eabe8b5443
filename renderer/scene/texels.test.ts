import { describe, expect, it } from 'vitest';
import { frameLayout, planeOf } from '../../shared/frame/layout.ts';
import { lenet5Textbook } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { planNetwork } from './plan.ts';
import { emptyTexels, layerDiffers, texelsFromFrame } from './texels.ts';

const network = trace(lenet5Textbook());
const layout = frameLayout(network);
const plans = planNetwork(network);
const frame = Uint8Array.from({ length: layout.bytes }, (_, i) => (i * 7919) % 251);

describe('texels from a frame', () => {
  it('hold every cell of every quad where the plan says', () => {
    for (const plan of plans) {
      const texels = emptyTexels(plan);
      texelsFromFrame(plan, frame, texels);
      for (const quad of plan.quads) {
        const plane = planeOf(frame, quad.part, quad.plane);
        for (let cell = 0; cell < quad.cells; cell += 1) {
          const [row, column] = [Math.floor(cell / quad.columns), cell % quad.columns];
          const { width, height } = plan.texture;
          const texel = texels[(quad.slice * height + quad.y + row) * width + quad.x + column];
          expect(texel).toBe(plane[quad.first + cell]);
        }
      }
    }
  });

  it('leave the unused end of a grid empty', () => {
    const spec = lenet5Textbook();
    const prime = trace({
      ...spec,
      layers: spec.layers.map((layer) => (layer.name === 'C5' ? { ...layer, units: 127 } : layer)),
    });
    const plan = planNetwork(prime).find(({ layer }) => layer === 'C5')!;
    const texels = emptyTexels(plan);
    texelsFromFrame(plan, new Uint8Array(frameLayout(prime).bytes).fill(9), texels);
    expect(texels.filter((texel) => texel === 9)).toHaveLength(127);
    expect(texels.length).toBeGreaterThan(127);
  });
});

describe('whether a layer differs', () => {
  it('is no for a copy', () => {
    expect(plans.some((plan) => layerDiffers(plan, frame, frame.slice()))).toBe(false);
  });

  it('is yes for the one layer whose value changed', () => {
    const changed = frame.slice();
    const maps = layout.parts.find(({ layer, part }) => layer === 'S4' && part === 'maps')!;
    changed[maps.valuesOffset + 3]! += 1;
    expect(plans.filter((plan) => layerDiffers(plan, frame, changed)).map(({ layer }) => layer)).toEqual(['S4']);
  });

  it('is yes when only a range changed', () => {
    const changed = frame.slice();
    const maps = layout.parts.find(({ layer, part }) => layer === 'C1' && part === 'kernels')!;
    changed[maps.rangesIndex * 4]! += 1;
    expect(plans.filter((plan) => layerDiffers(plan, frame, changed)).map(({ layer }) => layer)).toEqual(['C1']);
  });
});
