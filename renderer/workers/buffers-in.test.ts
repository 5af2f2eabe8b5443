import { describe, expect, it } from 'vitest';
import { buffersIn } from './buffers-in.ts';

describe('the buffers in a message', () => {
  it('are found at any depth, each once', () => {
    const values = new Float32Array(4);
    const winners = new Int32Array(2);
    const message = {
      maps: [{ plane: { values } }],
      pooledFrom: { plane: { values } },
      left: { winners, kept: 1 },
      right: null,
    };
    expect(buffersIn(message)).toEqual([values.buffer, winners.buffer]);
  });

  it('are none where there are but numbers and words', () => {
    expect(buffersIn({ type: 'failed', message: 'no', numbers: [1, 2, null] })).toEqual([]);
  });
});
