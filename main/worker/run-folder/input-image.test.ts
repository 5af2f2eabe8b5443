import { describe, expect, it } from 'vitest';
import type { ByteImage } from '../../../shared/dataset/resize.ts';
import { Dice } from '../../../shared/random/testing/dice.ts';
import { inputFromImage } from './input-image.ts';

const dice = new Dice(4);

function picture(width: number, height: number, byteAt: (pixel: number, channel: number) => number): ByteImage {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, at) => byteAt(Math.floor(at / 3), at % 3));
  return { width, height, channels: 3, pixels };
}
const grey = Array.from({ length: 784 }, () => dice.whole(0, 255));

describe('a picture as a network reads it', () => {
  it('is itself where it is as large as the input', () => {
    const digit = picture(28, 28, (pixel) => grey[pixel]!);
    expect([...inputFromImage(digit, 'mnist', [28, 28, 1])]).toEqual(grey);
    const photograph = picture(32, 32, () => dice.whole(0, 255));
    expect(inputFromImage(photograph, 'cifar10', [32, 32, 3])).toEqual(photograph.pixels);
  });

  it('is padded where it is a digit for 32×32', () => {
    const pixels = inputFromImage(
      picture(28, 28, (pixel) => grey[pixel]!),
      'mnist',
      [32, 32, 1],
    );
    expect(pixels).toHaveLength(1024);
    for (let row = 0; row < 32; row++) {
      for (let column = 0; column < 32; column++) {
        const isInside = row >= 2 && row < 30 && column >= 2 && column < 30;
        expect(pixels[row * 32 + column]).toBe(isInside ? grey[(row - 2) * 28 + column - 2] : 0);
      }
    }
  });

  it('is the middle of its middle square, as a photograph is evaluated', () => {
    // Each pixel tells its column: nothing is scaled, since the shorter side is as long as a stored photograph's.
    const wide = picture(276, 256, (pixel) => (pixel % 276) % 256);
    const pixels = inputFromImage(wide, 'folder', [224, 224, 3]);
    expect(pixels).toHaveLength(224 * 224 * 3);
    const firstRow = Array.from({ length: 224 }, (_, column) => pixels[column * 3]);
    expect(firstRow).toEqual(Array.from({ length: 224 }, (_, column) => (column + 10 + 16) % 256));
  });

  it('is grey by its brightness for one channel', () => {
    const red = picture(28, 28, (_pixel, channel) => (channel === 0 ? 255 : 0));
    expect(new Set(inputFromImage(red, 'mnist', [28, 28, 1]))).toEqual(new Set([76]));
  });

  it('cannot be where the input is no square', () => {
    expect(() =>
      inputFromImage(
        picture(4, 4, () => 0),
        'folder',
        [4, 6, 1],
      ),
    ).toThrow('the network reads 4×6×1');
  });
});
