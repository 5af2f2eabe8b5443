import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';

/** What a small settings file holds, or undefined if it is missing, unreadable or does not fit the schema. */
export function readJsonFile<S extends v.GenericSchema>(path: string, schema: S): v.InferOutput<S> | undefined {
  try {
    const parsed = v.safeParse(schema, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Replaces a small settings file as a whole: after a crash or on a full disk it is the old one or the new one, never half of either.
 *
 * Says whether it could be written: a read-only home must not stop the app.
 */
export function writeJsonFile(path: string, value: unknown): boolean {
  const temporary = `${path}.${String(process.pid)}.new`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(temporary, 'w');
    try {
      writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    return true;
  } catch {
    discard(temporary);
    return false;
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It never came to be: the folder is a file, or not ours to write in.
  }
}
