import { summarise } from '../../shared/math/plane.ts';
import { npyFromArray } from '../../shared/npy/npy.ts';
import { writeFileWhole } from '../write-file.ts';
import { reasonOf } from './file-reasons.ts';

/** What a command has found. */
type Found = { readonly shape: readonly number[]; readonly values: Float32Array };

/**
 * Writes numbers as a NumPy file and says so, in a sentence or as the last JSON line, with what else is to be said there.
 * @throws Error naming the file, if it cannot be written.
 */
export async function writeNumpyFile(
  out: string,
  { shape, values }: Found,
  { json, ...said }: { readonly json: boolean } & Readonly<Record<string, unknown>>,
): Promise<void> {
  await writeFileWhole(out, npyFromArray(shape, values)).catch((error: unknown) => {
    throw new Error(`${out} cannot be written: ${reasonOf(error)}`);
  });
  const summary = summarise({ height: 1, width: values.length, values });
  process.stdout.write(
    json
      ? `${JSON.stringify({ type: 'finished', ...said, out, shape, ...summary })}\n`
      : `${shape.join('×')} numbers from ${summary.min} to ${summary.max}, ${summary.mean} on average, in ${out}\n`,
  );
}
