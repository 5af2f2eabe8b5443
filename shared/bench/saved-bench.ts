import * as v from 'valibot';
import { type SavedBench, savedBenchSchema } from './experiment.ts';
import { pixelsOf } from './own-image.ts';

/** Characters of a saved bench at most: an image of 1024² pixels in colour, in base64, takes a good eighth of it. */
export const longestSavedBench = 32 * 2 ** 20;

/** Why a text is no saved bench that can be opened. `where`: the place in it that is at fault, as in `experiment.operation.stride`. */
export type SavedBenchProblem =
  { readonly code: 'empty' | 'too-long' | 'foreign' | 'newer' } | { readonly code: 'damaged'; readonly where: string };

const markSchema = v.object({ format: v.literal('convolens-bench') });
const versionSchema = v.object({ version: v.pipe(v.number(), v.integer(), v.gtValue(1)) });

/** Reads what `Bench.saved` wrote, or what someone takes for it. */
export function readSavedBench(text: string): { readonly saved: SavedBench } | { readonly problem: SavedBenchProblem } {
  if (text.length > longestSavedBench) return { problem: { code: 'too-long' } };
  if (text.trim() === '') return { problem: { code: 'empty' } };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // What begins as a bench and does not end as one was cut off, or edited by hand.
    return { problem: isBegun(text) ? { code: 'damaged', where: '' } : { code: 'foreign' } };
  }
  if (!v.is(markSchema, json)) return { problem: { code: 'foreign' } };
  if (v.is(versionSchema, json)) return { problem: { code: 'newer' } };
  const parsed = v.safeParse(savedBenchSchema, json);
  if (!parsed.success) return { problem: { code: 'damaged', where: v.getDotPath(parsed.issues[0]) ?? '' } };
  const { image } = parsed.output.experiment;
  if (image.source === 'own' && !hasItsPixels(image)) {
    return { problem: { code: 'damaged', where: 'experiment.image.pixels' } };
  }
  return { saved: parsed.output };
}

function isBegun(text: string): boolean {
  return /^\s*\{\s*"format"\s*:\s*"convolens-bench"/.test(text.slice(0, 200));
}

function hasItsPixels(image: Parameters<typeof pixelsOf>[0]): boolean {
  try {
    pixelsOf(image);
    return true;
  } catch {
    return false;
  }
}
