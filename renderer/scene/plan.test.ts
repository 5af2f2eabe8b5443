import { describe, expect, it } from 'vitest';
import { lenet5Textbook, presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { packingOf, reductions } from './packing.ts';
import { planKernels, planNetwork } from './plan.ts';

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
});

describe('the packing of a layer', () => {
  it.each(reductions)(
    'keeps the texels of different quads apart, within the texture (%d cells a texel)',
    (reduction) => {
      for (const { quads } of [...plans, ...planNetwork(trace(presets['alexnet-cifar']()))]) {
        const { width, height, slices, places } = packingOf(quads, reduction);
        const taken = new Set<string>();
        places.forEach(({ slice, x, y, columns, rows }, i) => {
          const across = quads[i]!.colourStep > 0 ? 3 * columns : columns;
          expect(x + across).toBeLessThanOrEqual(width);
          expect(y + rows).toBeLessThanOrEqual(height);
          expect(slice).toBeLessThan(slices);
          for (let row = y; row < y + rows; row += 1) {
            for (let column = x; column < x + across; column += 1) {
              const texel = `${slice}/${column}/${row}`;
              // A matcher a texel would take seconds.
              if (taken.has(texel)) expect.fail(`Two quads share texel ${texel}`);
              taken.add(texel);
            }
          }
        });
      }
    },
  );

  it('puts several kernels into a slice', () => {
    const { width, height, slices } = packingOf(planOf('C3').quads, 1);
    expect({ width, height, slices }).toEqual({ width: 10, height: 10, slices: 96 / 4 + 16 });
  });

  it('reduces maps and leaves kernels and units as they are', () => {
    const { quads } = planOf('C3');
    const { places } = packingOf(quads, 4);
    quads.forEach(({ section, columns }, i) => {
      expect(places[i]!.columns).toBe(section === 'maps' ? Math.ceil(columns / 4) : columns);
    });
  });
});

describe('colours', () => {
  const photographs = planNetwork(trace(presets.alexnet()));

  it('show the image as one picture, and a kernel that reads them as one too', () => {
    const [input, first] = photographs;
    expect(input!.quads.map(({ look, colourStep }) => [look, colourStep])).toEqual([['colour', 1]]);
    const kernels = first!.quads.filter(({ section }) => section === 'kernels');
    expect(kernels).toHaveLength(96);
    // Plane i · filters + f is what filter f reads of channel i.
    expect(kernels[5]).toMatchObject({ look: 'colour', plane: 5, colourStep: 96 });
  });

  it('are not made of maps that happen to be three', () => {
    const later = photographs.slice(2).flatMap(({ quads }) => quads);
    expect(later.some(({ look }) => look === 'colour')).toBe(false);
    expect(plans[0]!.quads[0]).toMatchObject({ look: 'image', colourStep: 0 });
  });
});

describe('kernels by the thousand', () => {
  const network = trace(presets.alexnet());

  it('are named by the layer that they belong to, and come as one matrix', () => {
    expect(planNetwork(network).find(({ layer }) => layer === 'conv3')).toMatchObject({
      filters: 0,
      kernelLayer: 'conv3',
    });
    const matrix = planKernels(network, 'conv3', 'conv3')!;
    expect(matrix.quads).toHaveLength(1);
    expect(matrix.quads[0]).toMatchObject({ look: 'matrix', columns: 384 * 3, rows: 256 * 3 });
    expect(planKernels(network, 'pool1', 'pool1')).toBeNull();
  });

  it('stand with the maps that follow, where their own are not shown', () => {
    const plans = planNetwork(trace(presets['residual-20']()));
    expect(plans.find(({ layer }) => layer === 's3b2')).toMatchObject({ filters: 0, kernelLayer: 's3b2-conv2' });
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
