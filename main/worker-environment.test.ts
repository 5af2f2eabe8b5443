import { describe, expect, it } from 'vitest';
import { workerEnvironment } from './worker-environment.ts';

describe("the worker's environment", () => {
  it('holds what native libraries need', () => {
    const given = { PATH: '/bin', LD_LIBRARY_PATH: '/lib', TF_ENABLE_ONEDNN_OPTS: '1', CONVOLENS_DATASETS: '/data' };
    expect(workerEnvironment(given)).toEqual(given);
  });

  it('holds nothing else', () => {
    const given = {
      NODE_OPTIONS: '-r x',
      NPM_TOKEN: 's',
      HTTPS_PROXY: 'p',
      ELECTRON_RUN_AS_NODE: '1',
      LD_PRELOAD: 'x',
    };
    expect(workerEnvironment(given)).toEqual({});
  });

  it('finds Windows names in any case', () => {
    expect(workerEnvironment({ Path: 'C:\\', SystemRoot: 'C:\\Windows' })).toEqual({
      Path: 'C:\\',
      SystemRoot: 'C:\\Windows',
    });
  });
});
