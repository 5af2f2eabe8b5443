import { describe, expect, it } from 'vitest';
import { lenet5Textbook, presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { planNetwork } from './plan.ts';

const plans = planNetwork(trace(lenet5Textbook()));
const planOf = (layer: string) => plans.find((plan) => plan.layer === layer)!;

describe('what the scene shows of LeNet-5', () => {
  it('is every layer with numbers of its own, in order', () => {
    expect(plans.map((plan) => plan.layer)).toEqual(['input', 'C1', 'S2', 'C3', 'S4', 'C5', 'F6', 'output']);
  });

  it('has a quad for every map and every kernel', () => {
    const sections = planOf('C3').quads.map((quad) => quad.section);
    expect(sections.filter((section) => section === 'kernels')).toHaveLength(6 * 16);
    expect(sections.filter((section) => section === 'maps')).toHaveLength(16);
  });

  it('folds 120 units into a grid without a gap', () => {
    const [quad] = planOf('C5').quads;
    expect(quad).toMatchObject({ columns: 6, rows: 20, cells: 120 });
  });

  it('shows each class as a logit and a bar', () => {
    const output = planOf('output').quads;
    expect(output.filter((quad) => quad.section === 'logits').map((quad) => quad.first)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(output.filter((quad) => quad.look === 'bar')).toHaveLength(10);
  });

  it('keeps the texels of different quads apart, within the texture', () => {
    for (const { quads, texture } of plans) {
      const taken = new Set<string>();
      for (const { slice, x, y, columns, rows } of quads) {
        expect(x + columns).toBeLessThanOrEqual(texture.width);
        expect(y + rows).toBeLessThanOrEqual(texture.height);
        expect(slice).toBeLessThan(texture.slices);
        for (let row = y; row < y + rows; row += 1) {
          for (let column = x; column < x + columns; column += 1) {
            const texel = `${slice}/${column}/${row}`;
            // A matcher a texel would take seconds.
            if (taken.has(texel)) expect.fail(`Two quads share texel ${texel}`);
            taken.add(texel);
          }
        }
      }
    }
  });

  it('puts several kernels into a slice', () => {
    expect(planOf('C3').texture).toEqual({ width: 10, height: 10, slices: 96 / 4 + 16 });
  });
});

describe('signs', () => {
  it('follow the activation, through pooling', () => {
    const signed = (activation: 'tanh' | 'relu') =>
      planNetwork(trace(lenet5Textbook({ activation })))
        .flatMap((plan) => plan.quads.filter((quad) => quad.section === 'maps' && quad.signed).map(() => plan.layer))
        .filter((layer, i, all) => all.indexOf(layer) === i);
    expect(signed('tanh')).toEqual(['C1', 'S2', 'C3', 'S4']);
    expect(signed('relu')).toEqual([]);
  });
});

describe('what the scene shows of other networks', () => {
  const plansOf = (id: keyof typeof presets) => planNetwork(trace(presets[id].choose({}).network));

  it('is a block of a residual net as two panels: its first maps and its sum, each with the kernels before', () => {
    const block = plansOf('residual-20').filter((plan) => plan.layer.startsWith('s2b1'));
    expect(block.map(({ layer, kind, filters, kernelInputs }) => [layer, kind, filters, kernelInputs])).toEqual([
      ['s2b1-norm1', 'conv', 32, 16],
      ['s2b1', 'conv', 32, 32],
    ]);
  });

  it('is a panel without kernels where a frame has none', () => {
    const plans = plansOf('residual-20');
    expect(plans.find(({ layer }) => layer === 's3b2')).toMatchObject({ kind: 'add', filters: 0 });
    expect(plansOf('alexnet').find(({ layer }) => layer === 'conv2')).toMatchObject({ kind: 'conv', filters: 0 });
  });

  it('leaves out what only reorders or thins out', () => {
    expect(plansOf('alexnet').map(({ layer }) => layer)).toEqual([
      ...['input', 'conv1', 'norm1', 'pool1', 'conv2', 'norm2', 'pool2', 'conv3', 'conv4', 'conv5', 'pool5'],
      ...['fc6', 'fc7', 'fc8'],
    ]);
  });

  it('shows the distances to the codes of LeNet-5 as it shows logits', () => {
    const output = plansOf('lenet5-1998').at(-1)!;
    expect(output.quads.filter((quad) => quad.section === 'logits')).toHaveLength(10);
    expect(output.quads.filter((quad) => quad.look === 'bar')).toHaveLength(10);
  });

  it('shows the means of whole maps as units', () => {
    const [average] = plansOf('residual-20').find(({ layer }) => layer === 'average')!.quads;
    expect(average).toMatchObject({ look: 'units', cells: 64 });
  });
});
