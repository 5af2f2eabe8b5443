import { describe, expect, it } from 'vitest';
import { progressFromLine } from './repair-progress.ts';

describe('a line of the set-up script', () => {
  it('reports how far a download is', () => {
    const line = '{"type":"progress","received":10,"total":20}';
    expect(progressFromLine(line)).toEqual({ type: 'progress', received: 10, total: 20 });
  });

  it('reports the end, good or bad', () => {
    expect(progressFromLine('{"type":"done"}')).toEqual({ type: 'done' });
    expect(progressFromLine('{"type":"failed","message":"No network."}')).toEqual({
      type: 'failed',
      message: 'No network.',
    });
  });

  it('loses what the contract does not know', () => {
    expect(progressFromLine('{"type":"done","path":"/home/someone"}')).toEqual({ type: 'done' });
  });

  it.each([
    '',
    'npm notice',
    '{}',
    '{"type":"progress","received":"10","total":20}',
    '{"type":"progress","received":-1,"total":2}',
  ])('that is %j reports nothing', (line) => expect(progressFromLine(line)).toBeUndefined());
});
