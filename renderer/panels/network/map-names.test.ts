import { describe, expect, it } from 'vitest';
import { frameLayout } from '../../../shared/frame/layout.ts';
import { lenet5Textbook, presets } from '../../../shared/network/presets/index.ts';
import { trace } from '../../../shared/network/shapes.ts';
import { nameOf } from './map-names.ts';

describe('what is pointed at', () => {
  const kernelNames = (groups: number) => {
    const network = trace({
      ...lenet5Textbook(),
      input: [8, 8, 4],
      layers: [
        { kind: 'conv', name: 'C', filters: 6, size: 3, stride: 1, padding: 'same', groups, activation: 'relu' },
        { kind: 'flatten', name: 'flatten' },
        { kind: 'dense', name: 'output', units: 10, activation: 'none' },
      ],
    });
    const part = frameLayout(network).parts.find((found) => found.part === 'kernels')!;
    return Array.from({ length: part.planes }, (_, plane) => nameOf(network, { part, plane, planes: [plane] }));
  };

  it('is a kernel by its filter and its input channel', () => {
    expect(kernelNames(1)).toHaveLength(24);
    expect(kernelNames(1)[6 * 3 + 1]).toBe('C · kernel of filter 2, input 4');
  });

  it('is, in groups, a kernel by the channel of its own group', () => {
    const names = kernelNames(2);
    expect(names).toHaveLength(12);
    // Filters 1–3 read channels 1 and 2, filters 4–6 channels 3 and 4.
    expect([names[0], names[3], names[8], names[11]]).toEqual([
      'C · kernel of filter 1, input 1',
      'C · kernel of filter 4, input 3',
      'C · kernel of filter 3, input 2',
      'C · kernel of filter 6, input 4',
    ]);
  });

  it('is, of a photograph, one of its colours', () => {
    const network = trace(presets['residual-20']());
    const part = frameLayout(network).parts[0]!;
    expect([0, 1, 2].map((plane) => nameOf(network, { part, plane, planes: [plane] }))).toEqual([
      'Input · red',
      'Input · green',
      'Input · blue',
    ]);
  });
});
