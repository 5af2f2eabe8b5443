import { describe, expect, it } from 'vitest';
import { principalAxes } from './principal-axes.ts';

describe('principal axes', () => {
  it('are those of a matrix solved by hand', () => {
    // Eigenvalues 3 and 1 along the two diagonals.
    const { values, vectors } = principalAxes([
      [2, 1],
      [1, 2],
    ]);
    expect(values[0]).toBeCloseTo(3, 12);
    expect(values[1]).toBeCloseTo(1, 12);
    expect(vectors[0]![0]).toBeCloseTo(Math.SQRT1_2, 12);
    expect(vectors[0]![1]).toBeCloseTo(Math.SQRT1_2, 12);
    expect(vectors[1]![0]).toBeCloseTo(-vectors[1]![1]!, 12);
  });

  it('of the matrix of second differences have eigenvalues 2 + √2, 2 and 2 − √2', () => {
    const { values } = principalAxes([
      [2, -1, 0],
      [-1, 2, -1],
      [0, -1, 2],
    ]);
    [2 + Math.SQRT2, 2, 2 - Math.SQRT2].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 12));
  });

  it('of a diagonal are its numbers, the largest first', () => {
    expect(
      principalAxes([
        [1, 0, 0],
        [0, 3, 0],
        [0, 0, 2],
      ]),
    ).toEqual({
      values: [3, 2, 1],
      vectors: [
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ],
    });
  });

  it('turn the matrix into its eigenvalues: A p = λ p, and the axes stand at right angles', () => {
    const matrix = [
      [0.0611, 0.0573, 0.0501],
      [0.0573, 0.0593, 0.0549],
      [0.0501, 0.0549, 0.0684],
    ];
    const { values, vectors } = principalAxes(matrix);
    vectors.forEach((vector, k) => {
      matrix.forEach((row, i) => {
        expect(row.reduce((sum, value, j) => sum + value * vector[j]!, 0)).toBeCloseTo(values[k]! * vector[i]!, 14);
      });
      vectors.forEach((other, l) => {
        const product = vector.reduce((sum, value, i) => sum + value * other[i]!, 0);
        expect(product).toBeCloseTo(k === l ? 1 : 0, 14);
      });
    });
  });
});
