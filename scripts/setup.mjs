import { parseArgs } from 'node:util';
import { progressForPeople, progressForPrograms } from './setup/progress.mjs';
import { parts } from './setup/parts.mjs';
import { setUp } from './setup/set-up.mjs';

const names = parts.map(({ name }) => name).join(', ');
const usage = `Usage: npm run setup -- [--gpu | --cpu] [--cifar10] [--only PART[,PART]] [--datasets DIR] [--json]

Sets up all that a fresh clone lacks, and nothing that is there.

  --gpu, --cpu    libtensorflow for NVIDIA cards, or for the processor alone (the default); remembered
  --cifar10       the photographs of CIFAR-10 too: 139 MB to download, 184 MB on the disk
  --only PART     only these, and thoroughly: ${names}
  --datasets DIR  keep the datasets there
  --json          one JSON object a line
`;

process.exitCode = await main();

/** @returns {Promise<number>} the exit status: 1 for a failure, 2 for wrong usage */
async function main() {
  let wishes;
  try {
    wishes = wishesFrom(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  if (wishes === undefined) {
    process.stdout.write(usage);
    return 0;
  }
  const { json, ...others } = wishes;
  const progressOf = json ? progressForPrograms(process.stdout) : progressForPeople(process.stdout);
  const outcome = await setUp({ ...others, progressOf });
  if (!json && outcome === 'done') process.stdout.write('Everything is set up.\n');
  if (!json && outcome === 'nothing to do') process.stdout.write('Everything was set up already.\n');
  return outcome === 'failed' ? 1 : 0;
}

/**
 * @param {string[]} args
 * @returns {(import('./setup/set-up.mjs').Wishes & { json: boolean }) | undefined} undefined when help is asked for
 */
function wishesFrom(args) {
  const { values } = parseArgs({
    args,
    options: {
      gpu: { type: 'boolean', default: false },
      cpu: { type: 'boolean', default: false },
      cifar10: { type: 'boolean', default: false },
      only: { type: 'string' },
      datasets: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  if (values.gpu && values.cpu) throw new Error('--gpu and --cpu exclude each other: choose one.');
  const only = values.only?.split(',').map((name) => name.trim());
  const unknown = only?.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}": the parts are ${names}.`);
  return {
    only,
    flags: values.cifar10 ? ['cifar10'] : [],
    variant: values.gpu ? 'gpu' : values.cpu ? 'cpu' : undefined,
    datasets: values.datasets,
    json: values.json,
  };
}
