import { describe, expect, it } from 'vitest';
import { imagesFor, mismatch } from './adaptation.ts';

describe('what a dataset gives a network', () => {
  it('is MNIST as it is, or padded to 32×32', () => {
    expect(imagesFor('mnist', [28, 28, 1])).toEqual([28, 28, 1]);
    expect(imagesFor('mnist', [32, 32, 1])).toEqual([32, 32, 1]);
    expect(imagesFor('mnist', [16, 16, 1])).toBeNull();
  });

  it('is the small digits and CIFAR-10 at their own size only', () => {
    expect(imagesFor('mnist-16', [16, 16, 1])).toEqual([16, 16, 1]);
    expect(imagesFor('mnist-16', [28, 28, 1])).toBeNull();
    expect(imagesFor('cifar10', [32, 32, 3])).toEqual([32, 32, 3]);
    expect(imagesFor('cifar10', [32, 32, 1])).toBeNull();
  });

  it('is one’s own images at any square size, photographs with a margin to crop from', () => {
    expect(imagesFor('folder', [224, 224, 3])).toEqual([256, 256, 3]);
    expect(imagesFor('folder', [32, 32, 3])).toEqual([32, 32, 3]);
    expect(imagesFor('folder', [28, 28, 1])).toEqual([28, 28, 1]);
    expect(imagesFor('folder', [32, 28, 1])).toBeNull();
    expect(imagesFor('folder', [32, 32, 4])).toBeNull();
    expect(imagesFor('folder', [1024, 1024, 3])).toBeNull();
  });

  it('is refused with both shapes and what to choose instead', () => {
    expect(mismatch('mnist', [16, 16, 1])).toBe(
      'mnist has images of 28×28×1, padded 32×32×1, and the network reads 16×16×1: choose mnist-16 or folder, or another network',
    );
    expect(mismatch('cifar10', [20, 30, 3])).toBe(
      'cifar10 has images of 32×32×3, and the network reads 20×30×3: choose another network, or give this one such an input',
    );
  });
});
