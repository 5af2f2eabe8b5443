/**
 * How many checks passed and failed.
 *
 * @typedef {{ passed: number, failed: number }} Tally
 */

/**
 * Adds tallies up.
 *
 * @param {Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
  };
}

/**
 * The tally of a tool that is one check by itself.
 *
 * @param {number} exitStatus
 * @returns {Tally}
 */
export function tallyOfExit(exitStatus) {
  return exitStatus === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * The tally of a Vitest run. A test file that could not even be loaded counts as one failed test.
 *
 * @param {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: unknown[] }[] } | undefined} report
 * @param {number} exitStatus
 * @returns {Tally}
 */
export function tallyOfVitest(report, exitStatus) {
  if (!report) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = report.numFailedTests + unloaded.length;
  return withExit({ passed: report.numPassedTests, failed }, exitStatus);
}

/**
 * The tally of a Playwright run. An error outside a test counts as one failed test.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number }, errors?: unknown[] } | undefined} report
 * @param {number} exitStatus
 * @returns {Tally}
 */
export function tallyOfPlaywright(report, exitStatus) {
  if (!report) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  return withExit({ passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0) }, exitStatus);
}

/**
 * A run that ended badly without a failed test, as by an unhandled error, has failed all the same.
 *
 * @param {Tally} tally
 * @param {number} exitStatus
 * @returns {Tally}
 */
function withExit({ passed, failed }, exitStatus) {
  return { passed, failed: exitStatus !== 0 && failed === 0 ? 1 : failed };
}
