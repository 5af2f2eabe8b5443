import { describe, expect, it } from 'vitest';
import type { BenchKernel } from '../../../../shared/bench/experiment.ts';
import { kernelFromText, textFromKernel } from './kernel-text.ts';

const own = { origin: { kind: 'own' } } as const;
const twoByThree: BenchKernel = { ...own, height: 2, width: 3, channels: 1, weights: [1, 0, -1, 0.5, -2.25, 1e-7] };
const coloured: BenchKernel = { ...own, height: 1, width: 2, channels: 3, weights: [1, 10, 100, 2, 20, 200] };

describe('a kernel as text', () => {
  it('has a line a row and a tab between numbers', () => {
    expect(textFromKernel(twoByThree)).toBe('1\t0\t-1\n0.5\t-2.25\t1e-7');
  });

  it('has its three planes one after the other', () => {
    expect(textFromKernel(coloured)).toBe('1\t2\n\n10\t20\n\n100\t200');
  });

  it.each([twoByThree, coloured])('comes back as it went, %#', (kernel) => {
    expect(kernelFromText(textFromKernel(kernel))).toEqual({ kernel });
  });
});

describe('text that holds a kernel', () => {
  const sobel = { kernel: { ...own, height: 3, width: 3, channels: 1, weights: [-1, 0, 1, -2, 0, 2, -1, 0, 1] } };

  it.each([
    ['JSON', '[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]'],
    ['NumPy', 'np.array([[-1.,  0.,  1.],\n       [-2.,  0.,  2.],\n       [-1.,  0.,  1.]])'],
    ['NumPy, printed', '[[-1  0  1]\n [-2  0  2]\n [-1  0  1]]'],
    ['MATLAB', '[-1 0 1; -2 0 2; -1 0 1]'],
    ['a table', '-1\t0\t1\r\n-2\t0\t2\r\n-1\t0\t1\r\n'],
    ['commas', '-1,0,1\n-2,0,2\n-1,0,1'],
    ['real minus signs', '−1 0 1\n−2 0 2\n−1 0 1'],
  ])('is read from %s', (_, text) => {
    expect(kernelFromText(text)).toEqual(sobel);
  });

  it('may hold fractions', () => {
    expect(kernelFromText('1/4 1/2 1/4')).toEqual({
      kernel: { ...own, height: 1, width: 3, channels: 1, weights: [0.25, 0.5, 0.25] },
    });
  });

  it('may hold three planes in brackets', () => {
    expect(kernelFromText('[[[1, 2]], [[10, 20]], [[100, 200]]]')).toEqual({ kernel: coloured });
  });
});

describe('text that holds none', () => {
  it.each([
    ['', { code: 'empty' }],
    ['[[]]', { code: 'empty' }],
    ['1 2\n3', { code: 'ragged' }],
    ['1 two', { code: 'not-a-weight', subject: 'two' }],
    ['1/0', { code: 'not-a-weight', subject: '1/0' }],
    ['1/2/3', { code: 'not-a-weight', subject: '1/2/3' }],
    ['1e7', { code: 'not-a-weight', subject: '1e7' }],
    ['1 2\n\n3 4', { code: 'planes', count: 2 }],
    [Array(12).fill('1').join(' '), { code: 'too-large', height: 1, width: 12 }],
  ])('says why: %j', (text, problem) => {
    expect(kernelFromText(text)).toEqual({ problem });
  });
});
