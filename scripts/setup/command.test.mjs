import { describe, expect, it } from 'vitest';
import { causeOf } from './command.mjs';

describe('the cause of a failed command', () => {
  it('is the sentence of npm, not its code', () => {
    const errors =
      'npm error code E404\nnpm error\nnpm error 404 Not Found: nothing@1.0.0\nnpm error A complete log of this run can be found in: x\n';
    expect(causeOf({ code: 1, output: '', errors })).toBe('404 Not Found: nothing@1.0.0');
  });

  it('is the first error of a compiler', () => {
    const errors = 'In file included from a.cc:\na.cc:1: fatal error: b.h: No such file\ncompilation terminated.\n';
    expect(causeOf({ code: 1, output: '', errors })).toBe('a.cc:1: fatal error: b.h: No such file');
  });

  it('is what broke the connection, of all that pip warns about', () => {
    const errors =
      "WARNING: Retrying (Retry(total=4, connect=None)) after connection broken by 'NewConnectionError('<HTTPSConnection at 0x7f>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/six/\nERROR: No matching distribution found for six\n";
    expect(causeOf({ code: 1, output: '', errors })).toBe('connection broken: Temporary failure in name resolution');
  });

  it('is the exit code when the command said nothing', () => {
    expect(causeOf({ code: 3, output: '', errors: '\n' })).toBe('exit code 3');
  });
});
