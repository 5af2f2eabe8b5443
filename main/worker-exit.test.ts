import { describe, expect, it } from 'vitest';
import { nameExit } from './worker-exit.ts';

describe('the end of a worker', () => {
  it('by kill -9 is named with its signal and has no exit code', () => {
    expect(nameExit(9, 'killed', '', 'linux')).toEqual({ code: null, reason: 'killed (SIGKILL)' });
  });

  it('by a native crash is named with its signal', () => {
    expect(nameExit(11, 'crashed', '', 'linux')).toEqual({ code: null, reason: 'crashed (SIGSEGV)' });
    expect(nameExit(6, 'crashed', '', 'darwin')).toEqual({ code: null, reason: 'crashed (SIGABRT)' });
  });

  it('by its own exit is told apart from a signal of the same number', () => {
    expect(nameExit(9, undefined, '', 'linux')).toEqual({ code: 9, reason: 'exit code 9' });
  });

  it('by an uncaught error has the code 1', () => {
    expect(nameExit(1, undefined, '', 'linux')).toEqual({ code: 1, reason: 'exit code 1' });
  });

  it('by exhausted memory says so', () => {
    expect(nameExit(5, 'oom', '', 'linux')).toEqual({ code: 5, reason: 'out of memory' });
    const v8 = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';
    expect(nameExit(6, 'crashed', v8, 'linux')).toEqual({ code: null, reason: 'out of memory' });
    const cpp = "terminate called after throwing an instance of 'std::bad_alloc'";
    expect(nameExit(6, 'crashed', cpp, 'linux')).toEqual({ code: null, reason: 'out of memory' });
  });

  it('before it began says that it could not be started', () => {
    expect(nameExit(1003, 'launch-failed', '', 'linux')).toEqual({ code: 1003, reason: 'it could not be started' });
  });

  it('on Windows keeps the code by which crashes are looked up there', () => {
    expect(nameExit(-1073741819, 'crashed', '', 'win32')).toEqual({
      code: -1073741819,
      reason: 'crashed (code 0xC0000005)',
    });
  });
});
