import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Moment } from '../../../shared/contract.ts';

/** A kept moment, and where its frame is. */
export type IndexEntry = {
  readonly moment: Moment;
  /** In the folder. */
  readonly file: string;
  /** Bytes before the frame. */
  readonly begin: number;
  /** Of the whole file. */
  readonly bytes: number;
};

export const indexFile = 'index.jsonl';
const firstLine = { format: 'convolens-moments', version: 1 } as const;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const mean = v.nullable(v.number());
const lineSchema = v.union([
  v.object({ format: v.literal(firstLine.format), version: v.literal(firstLine.version) }),
  v.object({
    moment: v.object({
      id: whole,
      step: whole,
      loss: mean,
      accuracy: mean,
      testAccuracy: mean,
      image: v.variant('source', [
        v.object({ source: v.literal('test'), index: whole }),
        v.object({ source: v.picklist(['drawn', 'several', 'class']) }),
      ]),
    }),
    /** Written by us only, but no other is read. */
    file: v.pipe(v.string(), v.regex(/^\d{8,}\.safetensors$/)),
    begin: whole,
    bytes: whole,
  }),
  v.object({ dropped: v.array(whole) }),
]);

/** What the index of a new folder begins with. */
export function firstIndexLine(): string {
  return lineFrom(firstLine);
}

/** What is added to the index when a moment comes, and when some go. */
export function indexLine(change: IndexEntry | { readonly dropped: readonly number[] }): string {
  return lineFrom(change);
}

/**
 * The moments in a folder, whoever wrote it: those whose files are as long as they should be, oldest first.
 * @throws what the operating system says if there is no index, Error if it is none.
 */
export async function readMomentIndex(folder: string): Promise<IndexEntry[]> {
  const path = join(folder, indexFile);
  const entries = entriesFromIndex(await readFile(path, 'utf8'));
  if (!entries) throw new Error(`${path} is no index of moments that this version reads`);
  const sizes = await Promise.all(
    entries.map(({ file }) =>
      stat(join(folder, file)).then(
        ({ size }) => size,
        () => -1,
      ),
    ),
  );
  return entries.filter(({ bytes }, index) => bytes === sizes[index]);
}

/**
 * The moments that an index tells of, oldest first. A line that was not written to its end, or that says something else, is as if it were
 * not there: what a crash leaves is a torn last one.
 *
 * @returns null if it is no index, or one of a later version.
 */
function entriesFromIndex(text: string): IndexEntry[] | null {
  const [first, ...lines] = text.split('\n').map(lineIn);
  if (!first || !('format' in first)) return null;
  const entries = new Map<number, IndexEntry>();
  for (const line of lines) {
    if (!line || 'format' in line) continue;
    if ('dropped' in line) for (const id of line.dropped) entries.delete(id);
    else entries.set(line.moment.id, line);
  }
  return [...entries.values()].sort((a, b) => a.moment.id - b.moment.id);
}

function lineFrom(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function lineIn(text: string): v.InferOutput<typeof lineSchema> | null {
  try {
    const parsed = v.safeParse(lineSchema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
