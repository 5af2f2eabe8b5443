import { describe, expect, it } from 'vitest';
import { takenCells, windowsIn, winsIn } from './winners.ts';

const map = { height: 6, width: 6 };
const pooling = { left: 'max', right: 'strided', size: 3, stride: 2, seed: 1, coefficient: 1, bias: 0 } as const;
const pooled = { height: 2, width: 2 };

describe('the windows in a part of the map', () => {
  it('are those that share a cell with it', () => {
    const whole = { row: 0, column: 0, ...map };
    expect(windowsIn(whole, pooling, pooled)).toHaveLength(4);
    // Cell (2, 2) is in all four; cell (4, 4) in the last one only; cell (5, 5) in none.
    expect(windowsIn({ row: 2, column: 2, height: 1, width: 1 }, pooling, pooled)).toHaveLength(4);
    expect(windowsIn({ row: 4, column: 4, height: 1, width: 1 }, pooling, pooled)).toEqual([{ row: 1, column: 1 }]);
    expect(windowsIn({ row: 5, column: 5, height: 1, width: 1 }, pooling, pooled)).toEqual([]);
  });
});

describe('the winners', () => {
  it('are told with the number of windows that they won', () => {
    const taken = [14, 14, 14, 28];
    expect(winsIn({ row: 0, column: 0, ...map }, taken, pooling, pooled, map)).toEqual([
      { row: 2, column: 2, wins: 3 },
      { row: 4, column: 4, wins: 1 },
    ]);
    expect(winsIn({ row: 3, column: 0, height: 3, width: 6 }, taken, pooling, pooled, map)).toEqual([
      { row: 4, column: 4, wins: 1 },
    ]);
  });

  it('leave out windows that took no cell', () => {
    expect(winsIn({ row: 0, column: 0, ...map }, [-1, -1, -1, -1], pooling, pooled, map)).toEqual([]);
  });

  it('of a stride are the first cells of its windows', () => {
    const plane = { ...pooled, values: new Float32Array(4) };
    const strided = {
      kind: 'strided',
      plane,
      summary: { min: 0, max: 0, mean: 0 },
      winners: null,
      keptEnergy: 1,
      edgeContrast: 1,
    } as const;
    expect([...(takenCells(strided, pooling, map) as Int32Array)]).toEqual([0, 2, 12, 14]);
    expect(takenCells({ ...strided, kind: 'average' }, pooling, map)).toBeNull();
  });
});
