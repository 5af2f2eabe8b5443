import { describe, expect, it } from 'vitest';
import { presets } from '../network/presets/index.ts';
import { trace } from '../network/shapes.ts';
import { frameLayout, planeOf } from './layout.ts';
import { partAlone, partOf, planeNumbers } from './planes.ts';

const lenet = trace(presets['lenet5-1998'].choose({}).network);

describe('a plane of a frame as numbers', () => {
  it('goes from the range’s smallest to its largest', () => {
    const layout = frameLayout(lenet);
    const part = partOf(layout, 'C1', 'kernels')!;
    const frame = new Uint8Array(layout.bytes);
    new Float32Array(frame.buffer).set([-1, 4], part.rangesIndex + 2 * 3);
    planeOf(frame, part, 3).set([0, 51, 255]);
    const { height, width, values } = planeNumbers(frame, part, 3);
    expect([height, width]).toEqual([5, 5]);
    expect([...values.slice(0, 3)]).toEqual([-1, 0, 4]);
  });

  it('is not there where the frame leaves the layer out', () => {
    expect(partOf(frameLayout(lenet), 'S2', 'kernels')).toBeUndefined();
  });

  it('has its places in a part that stands alone: ranges, bytes, padding', () => {
    const part = partAlone(partOf(frameLayout(lenet), 'C1', 'kernels')!);
    expect(part).toMatchObject({ planes: 6, rangesIndex: 0, valuesOffset: 48, bytes: 48 + 152 });
  });
});
