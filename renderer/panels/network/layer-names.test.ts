import { describe, expect, it } from 'vitest';
import { lenet5Textbook } from '../../../shared/network/presets/index.ts';
import { trace } from '../../../shared/network/shapes.ts';
import { describeLayer, shapeText } from './layer-names.ts';

describe('layer names', () => {
  it('write maps as count@height×width and units as a count', () => {
    expect(shapeText([28, 28, 6])).toBe('6@28×28');
    expect(shapeText([28, 28, 1])).toBe('28×28');
    expect(shapeText([120])).toBe('120');
  });

  it('describe every layer of the preset', () => {
    const lenet = trace(lenet5Textbook());
    expect(describeLayer(lenet, 'input', true)).toEqual({ name: 'Input', shape: '28×28' });
    expect(describeLayer(lenet, 'S4', false)).toEqual({ name: 'S4', shape: '16@5×5' });
    expect(describeLayer(lenet, 'output', false)).toEqual({ name: 'Output', shape: '10' });
  });
});
