import { describe, expect, it } from 'vitest';
import { nameExit } from './worker-exit.ts';

describe('the end of a worker', () => {
  it('by kill -9 is named with its signal', () => {
    expect(nameExit(9, 'killed', '', 'linux')).toEqual({ cause: 'killed', detail: 'SIGKILL' });
  });

  it('by a native crash is named with its signal', () => {
    expect(nameExit(11, 'crashed', '', 'linux')).toEqual({ cause: 'crashed', detail: 'SIGSEGV' });
    expect(nameExit(6, 'crashed', '', 'darwin')).toEqual({ cause: 'crashed', detail: 'SIGABRT' });
  });

  it('by its own exit is told apart from a signal of the same number', () => {
    expect(nameExit(9, undefined, '', 'linux')).toEqual({ cause: 'exited', detail: '9' });
  });

  it('by an uncaught error has the code 1', () => {
    expect(nameExit(1, undefined, '', 'linux')).toEqual({ cause: 'exited', detail: '1' });
  });

  it('by exhausted memory says so', () => {
    expect(nameExit(5, 'oom', '', 'linux')).toEqual({ cause: 'out-of-memory', detail: '5' });
    const v8 = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';
    expect(nameExit(6, 'crashed', v8, 'linux')).toEqual({ cause: 'out-of-memory', detail: 'SIGABRT' });
    const cpp = "terminate called after throwing an instance of 'std::bad_alloc'";
    expect(nameExit(6, 'crashed', cpp, 'linux')).toEqual({ cause: 'out-of-memory', detail: 'SIGABRT' });
  });

  it('before it began says that it could not be started', () => {
    expect(nameExit(1003, 'launch-failed', '', 'linux')).toEqual({ cause: 'not-started', detail: '1003' });
  });

  it('on Windows keeps the code by which crashes are looked up there', () => {
    expect(nameExit(-1073741819, 'crashed', '', 'win32')).toEqual({ cause: 'crashed', detail: '0xC0000005' });
  });
});
