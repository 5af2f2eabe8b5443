import * as v from 'valibot';

const bytes = v.pipe(v.number(), v.finite(), v.minValue(0));

const progressSchema = v.variant('type', [
  v.object({ type: v.literal('progress'), received: bytes, total: bytes }),
  v.object({ type: v.literal('done') }),
  v.object({ type: v.literal('failed'), message: v.string() }),
]);

/** How far the set-up script is with the part it was asked for. */
type SetUpProgress = v.InferOutput<typeof progressSchema>;

/** What one line of the set-up script's output reports, or undefined for a line that is something else. */
export function progressFromLine(line: string): SetUpProgress | undefined {
  try {
    const parsed = v.safeParse(progressSchema, JSON.parse(line));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
