import { parseArgs } from 'node:util';
import { benches } from './bench/benches.mjs';
import { buildApp } from './build/build-app.mjs';
import { progressForPeople } from './setup/progress.mjs';
import { setUp } from './setup/set-up.mjs';

const usage = `Usage: npm run bench -- NAME [--json] [--only lenet5|alexnet] [--rounds n] [--seconds s] [--minutes m]

${Object.entries(benches)
  .map(([name, { what }]) => `  ${name.padEnd(10)} ${what}`)
  .join('\n')}

  --json      one JSON object on standard output
  --only      one of the networks
  --rounds    turns each contender takes (7)
  --seconds   length of a turn (1.5)
  --minutes   length of a soak (30)

The exit status is 1 where a promise is broken.
`;

const options = /** @type {const} */ ({
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  only: { type: 'string' },
  rounds: { type: 'string', default: '7' },
  seconds: { type: 'string', default: '1.5' },
  minutes: { type: 'string', default: '30' },
});

/**
 * @param {string} message
 * @returns {never}
 */
function refuse(message) {
  process.stderr.write(`${message}\n\n${usage}`);
  process.exit(2);
}

/** @returns {{ name: string, json: boolean, help: boolean, only: string | undefined, rounds: number, seconds: number, minutes: number }} */
function readArguments() {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const { json, help, only, ...numbers } = values;
    const [rounds, seconds, minutes] = [numbers.rounds, numbers.seconds, numbers.minutes].map(Number);
    return { name: positionals[0] ?? '', json, help, only, rounds, seconds, minutes };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const { name, json, help, only, rounds, seconds, minutes } = readArguments();
if (help) {
  process.stdout.write(usage);
  process.exit(0);
}
if (!Object.hasOwn(benches, name)) refuse(name === '' ? 'Which bench?' : `There is no bench ${name}.`);
if (!Number.isInteger(rounds) || rounds < 1) refuse('--rounds takes a whole number above zero.');
if (only !== undefined && only !== 'lenet5' && only !== 'alexnet') refuse('--only takes lenet5 or alexnet.');
if (!(seconds > 0)) refuse('--seconds takes a number above zero.');
if (!(minutes > 0)) refuse('--minutes takes a number above zero.');

// Standard output belongs to the figures: set-up and build speak on standard error.
const isSetUp = (await setUp({ progressOf: progressForPeople(process.stderr) })) !== 'failed';
if (!isSetUp || !(await buildApp())) process.exit(1);

try {
  const { run } = await benches[name].load();
  const { figures, text } = await run({
    only,
    rounds,
    seconds,
    minutes,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(json ? `${JSON.stringify(figures)}\n` : `${text}\n`);
  process.exit(figures.ok === false ? 1 : 0);
} catch (error) {
  process.stderr.write(`The bench failed: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
