import { describe, expect, it } from 'vitest';
import { presets } from '../network/presets/index.ts';
import { trace } from '../network/shapes.ts';
import { frameLayout, planeOf, rangeOf, valueFromByte } from './layout.ts';

const layoutOf = (id: keyof typeof presets) => frameLayout(trace(presets[id].choose({}).network));
const named = (id: keyof typeof presets) =>
  layoutOf(id).parts.map(({ layer, part, planes, height, width }) => `${layer} ${part} ${planes}@${height}×${width}`);

describe('a frame', () => {
  it('holds every map, kernel and unit of LeNet-5', () => {
    expect(named('lenet5-1998')).toEqual([
      'input input 1@32×32',
      'C1 kernels 6@5×5',
      'C1 maps 6@28×28',
      'S2 maps 6@14×14',
      'C3 kernels 96@5×5',
      'C3 maps 16@10×10',
      'S4 maps 16@5×5',
      'C5 maps 1@1×120',
      'F6 maps 1@1×84',
      'output maps 1@1×10',
      'output scores 1@1×10',
    ]);
  });

  it('holds the 288 kernels of AlexNet’s first layer and no others, and nothing of dropout', () => {
    const names = named('alexnet');
    expect(names.filter((name) => name.includes('kernels'))).toEqual(['conv1 kernels 288@11×11']);
    expect(names.filter((name) => name.includes('norm'))).toEqual(['norm1 maps 96@55×55', 'norm2 maps 256@27×27']);
    expect(names.some((name) => name.startsWith('drop'))).toBe(false);
  });

  it('shows a residual block by its kernels, its first maps and its sum', () => {
    expect(named('residual-20').filter((name) => name.startsWith('s2b1'))).toEqual([
      's2b1-conv1 kernels 512@3×3',
      's2b1-norm1 maps 32@16×16',
      's2b1-conv2 kernels 1024@3×3',
      's2b1 maps 32@16×16',
    ]);
  });

  it('shows the means of whole maps as one row', () => {
    expect(named('residual-20')).toContain('average maps 1@1×64');
  });

  it('stays below two megabytes for every preset', () => {
    for (const id of ['alexnet', 'alexnet-torchvision', 'residual-110', 'plain-110'] as const) {
      expect(layoutOf(id).bytes, id).toBeLessThan(2 ** 21);
    }
  });

  it('puts the parts one after the other without a gap, those of the smallest planes first, behind eight bytes of range a plane', () => {
    const { parts, planes, bytes } = layoutOf('residual-56');
    let offset = planes * 8;
    let range = 0;
    let size = 0;
    for (const part of parts.toSorted((a, b) => a.valuesOffset - b.valuesOffset)) {
      expect([part.valuesOffset, part.rangesIndex]).toEqual([offset, range]);
      expect(part.height * part.width).toBeGreaterThanOrEqual(size);
      size = part.height * part.width;
      offset += part.planes * size;
      range += 2 * part.planes;
    }
    expect(bytes).toBe(Math.ceil(offset / 4) * 4);
  });

  it('of some layers holds theirs alone, beside the input and the scores, whatever the order they are named in', () => {
    const network = trace(presets['alexnet-torchvision'].choose({}).network);
    const of = (...layers: string[]) =>
      frameLayout(network, { layers }).parts.map(({ layer, part }) => `${layer} ${part}`);
    expect(of()).toEqual(['input input', 'fc8 scores']);
    expect(of('pool1', 'conv1', 'nobody')).toEqual([
      'input input',
      'conv1 kernels',
      'conv1 maps',
      'pool1 maps',
      'fc8 scores',
    ]);
  });

  it('holds a layer’s many thousand kernels where it is named, and only there', () => {
    const network = trace(presets['alexnet-torchvision'].choose({}).network);
    const kernels = (layers: readonly string[] | null) =>
      frameLayout(network, { layers }).parts.find(({ layer, part }) => layer === 'conv4' && part === 'kernels');
    expect(kernels(null)).toBeUndefined();
    expect(kernels(['conv4'])?.planes).toBe(98_304);
  });

  it('gives back a plane, its range and what its bytes stand for', () => {
    const { parts, bytes } = layoutOf('lenet1');
    const frame = new Uint8Array(bytes);
    const part = parts[2]!;
    new DataView(frame.buffer).setFloat32((part.rangesIndex + 2) * 4, -1, true);
    new DataView(frame.buffer).setFloat32((part.rangesIndex + 3) * 4, 3, true);
    frame[part.valuesOffset + part.height * part.width] = 255;
    const range = rangeOf(frame, part, 1);
    expect(range).toEqual({ min: -1, max: 3 });
    expect(valueFromByte(planeOf(frame, part, 1)[0]!, range)).toBe(3);
    expect(valueFromByte(planeOf(frame, part, 1)[1]!, range)).toBe(-1);
  });
});
