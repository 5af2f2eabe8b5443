import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readMomentIndex } from '../worker/moments/moment-index.ts';
import { runFiles } from '../worker/run-folder/run-file.ts';
import { reasonOf } from './file-reasons.ts';
import { required } from './required.ts';

const options = { run: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

/** Prints what the time machine kept of a run, a line a moment, the oldest first. */
export async function moments(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options });
  const folder = join(required('moments', values, ['run']).run, runFiles.moments);
  const entries = await readMomentIndex(folder).catch((error: unknown) => {
    throw new Error(`The moments in ${folder} cannot be read: ${reasonOf(error)}`);
  });
  for (const { moment, file } of entries) {
    const { step, loss, testAccuracy } = moment;
    const measures = [
      ...(loss === null ? [] : [`loss ${loss.toFixed(4)}`]),
      ...(testAccuracy === null ? [] : [`test accuracy ${(testAccuracy * 100).toFixed(2)} %`]),
    ];
    const line = values.json
      ? JSON.stringify({ ...moment, file: join(folder, file) })
      : [`step ${step}`, ...measures, join(folder, file)].join(', ');
    process.stdout.write(`${line}\n`);
  }
}
