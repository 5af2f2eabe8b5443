import * as v from 'valibot';
import type { RepairProgress } from '../shared/contract.ts';

const bytes = v.pipe(v.number(), v.finite(), v.minValue(0));

const progressSchema = v.variant('type', [
  v.object({ type: v.literal('progress'), received: bytes, total: bytes }),
  v.object({ type: v.literal('done') }),
  v.object({ type: v.literal('failed'), message: v.string() }),
]);

/** What one line of the set-up script's output reports, or undefined for a line that is something else. */
export function progressFromLine(line: string): RepairProgress | undefined {
  try {
    const parsed = v.safeParse(progressSchema, JSON.parse(line));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
