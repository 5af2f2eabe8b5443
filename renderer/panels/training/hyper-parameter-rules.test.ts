import { describe, expect, it } from 'vitest';
import { problemWith } from './hyper-parameter-rules.ts';

describe('hyper-parameters', () => {
  it('may be what the contract allows', () => {
    expect(problemWith('learningRate', 0.1)).toBeNull();
    expect(problemWith('momentum', 0)).toBeNull();
    expect(problemWith('seed', 0)).toBeNull();
  });

  it.each([
    ['learningRate', 0],
    ['learningRate', -1],
    ['momentum', 1],
    ['batch', 0],
    ['batch', 12.5],
    ['epochs', 1001],
    ['seed', -1],
    ['seed', null],
  ] as const)('refuse %s = %s with a sentence', (name, value) => {
    expect(problemWith(name, value)).toMatch(/\.$/);
  });
});
