import { compileMessages } from './build/build-app.mjs';
import { duration } from './setup/amount.mjs';
import { setUp } from './setup/set-up.mjs';
import { steps } from './test/steps.mjs';
import { sum } from './test/tally.mjs';

const groups = ['lint', 'unit', 'e2e'];
const wanted = process.argv.slice(2);
if (!wanted.every((group) => groups.includes(group))) {
  process.stderr.write(`Usage: npm test [-- ${groups.join(' | ')}]\n`);
  process.exit(2);
}

if ((await setUp()) === 'failed') finish([{ passed: 0, failed: 1 }]);
// What depends on the messages says itself what it misses.
await compileMessages();

const tallies = [];
for (const { group, heading, run } of steps) {
  if (wanted.length > 0 && !wanted.includes(group)) continue;
  process.stdout.write(`\n── ${heading}\n`);
  const begun = Date.now();
  const tally = await run();
  tallies.push(tally);
  process.stdout.write(
    `── ${heading}: ${tally.failed === 0 ? 'passed' : 'FAILED'} in ${duration(Date.now() - begun)}\n`,
  );
}
finish(tallies);

/**
 * Ends with the one line that says how it went.
 *
 * @param {import('./test/tally.mjs').Tally[]} results
 * @returns {never}
 */
function finish(results) {
  const { passed, failed } = sum(results);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exit(failed === 0 ? 0 : 1);
}
