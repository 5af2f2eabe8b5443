import { describe, expect, it } from 'vitest';
import { plane } from '../../../shared/math/plane.ts';
import { findEdges, responses } from './edges.ts';

/** Black on the left, white on the right: one vertical edge. */
const step = plane(
  12,
  12,
  Array.from({ length: 144 }, (_, i) => (i % 12 < 5 ? 0 : 1)),
);

describe('the edges of a step from black to white', () => {
  const edges = findEdges(step, { kernel: 'sobel-x', response: 'relu', window: 2 });

  it('answer with 4 to Sobel x', () => {
    expect(edges.feature.summary.max).toBe(4);
    expect(edges.feature.plane).toMatchObject({ height: 10, width: 10 });
  });

  it('keep their full strength under max pooling, and half of it under average pooling', () => {
    expect(edges.max.summary.max).toBe(4);
    expect(edges.average.summary.max).toBe(2);
    expect(edges.max.contrastKept).toBeGreaterThan(edges.average.contrastKept);
  });

  it('leave the mean as it is under average pooling', () => {
    expect(edges.average.summary.mean).toBeCloseTo(edges.feature.summary.mean, 6);
  });

  it('are not there for a kernel that looks for horizontal ones', () => {
    expect(findEdges(step, { kernel: 'sobel-y', response: 'absolute', window: 2 }).feature.summary.max).toBe(0);
  });

  it('have a colour scale above zero even where there is no edge', () => {
    for (const response of responses) {
      expect(findEdges(plane(8, 8, Array(64).fill(1)), { kernel: 'laplacian', response, window: 2 }).top).toBe(1);
    }
  });
});
