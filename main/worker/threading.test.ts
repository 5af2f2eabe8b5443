import { describe, expect, it } from 'vitest';
import { presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { threadingFor } from '../../shared/training/threading.ts';
import { threadsFor, towersSharing } from './threading.ts';

describe('threads', () => {
  it('are a tower a core for small networks, two parts where batches are normalised, and shared for large networks', () => {
    expect(threadingFor(trace(presets['lenet5-textbook']()))).toBe('towers');
    expect(threadingFor(trace(presets['residual-20']()))).toBe('pair');
    expect(threadingFor(trace(presets.alexnet()))).toBe('whole');
  });

  it('leave no core without work, and take a power of two of towers, eight at most', () => {
    expect(threadsFor('towers', 2)).toEqual({ towers: 2, interOp: 2, intraOp: 1 });
    expect(threadsFor('towers', 6)).toEqual({ towers: 4, interOp: 4, intraOp: 1 });
    expect(threadsFor('towers', 32)).toEqual({ towers: 8, interOp: 8, intraOp: 4 });
    expect(threadsFor('pair', 8)).toEqual({ towers: 2, interOp: 2, intraOp: 4 });
    expect(threadsFor('whole', 8)).toEqual({ towers: 1, interOp: 8, intraOp: 8 });
    expect(threadsFor('towers', 1)).toEqual({ towers: 1, interOp: 1, intraOp: 1 });
  });

  it('share a batch equally, or by fewer towers', () => {
    expect([128, 6, 7].map((batch) => towersSharing(batch, 8))).toEqual([8, 2, 1]);
  });
});
