import { describe, expect, it } from 'vitest';
import { frameLayout } from '../../../shared/frame/layout.ts';
import { presets } from '../../../shared/network/presets/index.ts';
import { trace } from '../../../shared/network/shapes.ts';
import { byteOf, pictureOf } from './input-picture.ts';

/** A frame whose input planes run from `low` to `high`, all bytes of a plane being `byte`. */
function frameOf(id: 'residual-20' | 'lenet5-1998', planes: readonly { low: number; high: number; byte: number }[]) {
  const { spec, ...network } = trace(presets[id]());
  const layout = frameLayout({ spec, ...network });
  const input = layout.parts[0]!;
  const bytes = new Uint8Array(layout.bytes);
  const ranges = new Float32Array(bytes.buffer, 0, layout.planes * 2);
  planes.forEach(({ low, high, byte }, plane) => {
    ranges.set([low, high], input.rangesIndex + 2 * plane);
    const area = input.height * input.width;
    bytes.fill(byte, input.valuesOffset + plane * area, input.valuesOffset + (plane + 1) * area);
  });
  return { bytes, input, scale: spec.pixels };
}

describe('the picture of the watched image', () => {
  it('is in colour where the network reads three channels, whatever it makes of the pixels', () => {
    const { bytes, input, scale } = frameOf('residual-20', [
      // (byte / 255 − mean) / deviation of each channel, for black and white.
      { low: -0.4914 / 0.247, high: (1 - 0.4914) / 0.247, byte: 255 },
      { low: -0.4822 / 0.2435, high: (1 - 0.4822) / 0.2435, byte: 128 },
      { low: -0.4465 / 0.2616, high: (1 - 0.4465) / 0.2616, byte: 0 },
    ]);
    expect([...pictureOf(bytes, input, scale).slice(0, 4)]).toEqual([255, 128, 0, 255]);
  });

  it('is not stretched to the whole range: a dull image stays dull', () => {
    const { bytes, input, scale } = frameOf('lenet5-1998', [{ low: -0.1, high: -0.1 + 1.275 / 2, byte: 255 }]);
    expect([...pictureOf(bytes, input, scale).slice(0, 4)]).toEqual([128, 128, 128, 255]);
  });

  it('is between 0 and 1 where the network says nothing of its pixels', () => {
    expect([0, 0.5, 1].map((value) => byteOf(value, 0))).toEqual([0, 128, 255]);
  });
});
