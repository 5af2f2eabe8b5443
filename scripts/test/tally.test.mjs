import { describe, expect, it } from 'vitest';
import { sum, tallyOfExit, tallyOfPlaywright, tallyOfVitest } from './tally.mjs';

describe('the tally of npm test', () => {
  it('adds up what passed and what failed', () => {
    expect(
      sum([
        { passed: 2, failed: 1 },
        { passed: 40, failed: 0 },
      ]),
    ).toEqual({ passed: 42, failed: 1 });
    expect(sum([])).toEqual({ passed: 0, failed: 0 });
  });

  it('counts a linter as one check', () => {
    expect(tallyOfExit(0)).toEqual({ passed: 1, failed: 0 });
    expect(tallyOfExit(2)).toEqual({ passed: 0, failed: 1 });
  });

  it('counts a unit test file that could not be loaded as one failed test', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}, {}] },
    ];
    expect(tallyOfVitest({ numPassedTests: 2, numFailedTests: 0, testResults }, 1)).toEqual({ passed: 2, failed: 1 });
  });

  it('counts flaky end-to-end tests and errors outside of them as failed', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1 }, errors: [{}] };
    expect(tallyOfPlaywright(report, 1)).toEqual({ passed: 5, failed: 3 });
  });

  it('counts a run without a report, or one that ended badly, as a failure', () => {
    expect(tallyOfVitest(undefined, 0)).toEqual({ passed: 0, failed: 1 });
    expect(tallyOfPlaywright({ stats: { expected: 5, unexpected: 0, flaky: 0 } }, 1)).toEqual({ passed: 5, failed: 1 });
  });
});
