import type { Shape } from '../tensor/shape.ts';
import { Hog } from './hog.ts';
import { Lbp } from './lbp.ts';
import type { ClassicalSettings } from './settings.ts';

/** Writes the numbers of an image, from bytes in HWC. */
export type Descriptor = {
  /** How many numbers an image has. */
  readonly length: number;
  write(pixels: Uint8Array, out: Float32Array, at: number): void;
};

/** HOG, LBP or one after the other, with each block and cell at its place. */
export function gridDescriptor(shape: Shape, settings: ClassicalSettings): Descriptor {
  const parts: Descriptor[] = [];
  if (settings.features !== 'lbp') parts.push(new Hog(shape, settings));
  if (settings.features !== 'hog') parts.push(new Lbp(shape, settings.lbpCell));
  return joined(parts);
}

function joined(parts: readonly Descriptor[]): Descriptor {
  return {
    length: parts.reduce((sum, { length }) => sum + length, 0),
    write(pixels, out, at) {
      for (const part of parts) {
        part.write(pixels, out, at);
        at += part.length;
      }
    },
  };
}
