import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { base64FromBytes } from './base64.ts';
import { experimentSchema } from './experiment.ts';
import { initialExperiment } from './initial.ts';
import { ownImage, pixelsOf } from './own-image.ts';

describe("one's own image in an experiment", () => {
  it('comes back byte by byte', () => {
    const pixels = Uint8Array.from({ length: 30 * 20 * 3 }, (_, i) => (i * 7) % 256);
    const image = { height: 20, width: 30, channels: 3, pixels };
    expect(pixelsOf(ownImage(image, 'file', 'a.png'))).toEqual(image);
  });

  it('fits the declaration at its largest', () => {
    const largest = { height: 1024, width: 1024, channels: 3, pixels: new Uint8Array(1024 * 1024 * 3).fill(200) };
    const image = ownImage(largest, 'camera', '');
    expect(v.is(experimentSchema, { ...initialExperiment, image })).toBe(true);
    expect(v.is(experimentSchema, { ...initialExperiment, image: { ...image, pixels: `${image.pixels}*` } })).toBe(
      false,
    );
  });

  it('has a name of at most 120 characters', () => {
    const one = { height: 1, width: 1, channels: 1, pixels: Uint8Array.of(5) };
    expect(ownImage(one, 'file', 'x'.repeat(500)).name).toHaveLength(120);
  });

  it('is refused with as many pixels as its size does not say', () => {
    const one = ownImage({ height: 1, width: 1, channels: 1, pixels: Uint8Array.of(5) }, 'file', 'a');
    expect(() => pixelsOf({ ...one, width: 2 })).toThrow('holds 2 bytes, not 1');
  });

  it('is grey or RGB', () => {
    const four = { height: 1, width: 1, channels: 4, pixels: new Uint8Array(4) };
    expect(() => ownImage(four, 'file', 'a')).toThrow('neither grey nor RGB');
  });
});

describe('base64', () => {
  it.each([0, 1, 2, 3, 4, 255, 256])('of %i bytes is as the platform has it', (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 151 + 97) % 256);
    expect(base64FromBytes(bytes)).toBe(btoa(String.fromCharCode(...bytes)));
  });
});
