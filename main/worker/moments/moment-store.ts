import { appendFile, mkdir, open, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Moment } from '../../../shared/contract.ts';
import type { FramePart } from '../../../shared/frame/layout.ts';
import { spansOf } from './moment-file.ts';
import { firstIndexLine, type IndexEntry, indexFile, indexLine } from './moment-index.ts';
import { momentsToDrop } from './thinning.ts';

/** More are not shown by a line on a screen. */
export const mostMoments = 1500;

/** What is written, in pieces one after the other. */
type Pieces = readonly Uint8Array[];

/** How files are written; tests have a disk that is full. */
export type Writing = {
  readonly write: (path: string, pieces: Pieces) => Promise<void>;
  readonly append: (path: string, text: string) => Promise<void>;
};
const toDisk: Writing = { write: (path, pieces) => writeFile(path, pieces), append: appendFile };

/** What has become of the store's contents, and why a moment that should be among them is not: one sentence. */
export type Change = {
  readonly added: readonly Moment[];
  readonly dropped: readonly number[];
  readonly trouble: string | null;
};

/** Bytes that the index may grow by when a moment comes and others go. */
const indexMargin = 1024;

/**
 * Moments of one run in a folder of their own, at most `budget` bytes and `mostMoments`.
 *
 *     index.jsonl            a line of JSON each: first { format, version }; { moment, file, begin, bytes } for one that came,
 *                            { dropped: [ids] } for those that went
 *     00000042.safetensors   the frame of moment 42, which begins at byte `begin` of it: see `momentHeader`
 *
 * A file is there before its line is, and a line counts once it ends: after a crash everything that the index tells of can be read.
 * Nothing waits for the disk's own memory (fsync): a power cut may cost the newest moments. Whatever is asked is done in its turn.
 */
export class MomentStore {
  readonly #folder: string;
  readonly #writing: Writing;
  #entries: IndexEntry[] = [];
  #budget: number;
  #protected: ReadonlySet<number> = new Set();
  #indexBytes = 0;
  #indexLines = 0;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(folder: string, budget: number, writing = toDisk) {
    this.#folder = folder;
    this.#budget = budget;
    this.#writing = writing;
  }

  /** On the disk, with the index. */
  get bytes(): number {
    return this.#entries.reduce((sum, { bytes }) => sum + bytes, this.#indexBytes);
  }

  get budget(): number {
    return this.#budget;
  }

  /** Removes all moments; those of another network may come. */
  clear(): Promise<Change> {
    return this.#inTurn(() => this.#clear());
  }

  /** How many bytes there may be; what is too much goes. With 0 nothing is left. */
  allow(bytes: number): Promise<Change> {
    return this.#inTurn(async () => {
      this.#budget = bytes;
      if (bytes === 0) return this.#clear();
      const { ids, isEnough } = this.#toDrop(this.#entries);
      await this.#drop(ids);
      return { added: [], dropped: ids, trouble: isEnough ? null : this.#tooLittle() };
    });
  }

  /** The moments that never go for others. */
  protect(ids: readonly number[]): Promise<void> {
    return this.#inTurn(() => {
      this.#protected = new Set(ids);
      return Promise.resolve();
    });
  }

  /** Keeps a moment: `header` and `frame` make its file, whole or not at all. Others may have to go first. */
  keep(moment: Moment, header: Uint8Array, frame: Uint8Array): Promise<Change> {
    return this.#inTurn(async () => {
      const file = `${String(moment.id).padStart(8, '0')}.safetensors`;
      const entry = { moment, file, begin: header.length, bytes: header.length + frame.length };
      const { ids: dropped, isEnough } = this.#toDrop([...this.#entries, entry]);
      if (!isEnough) return { added: [], dropped: [], trouble: this.#tooLittle() };
      await this.#drop(dropped);
      try {
        await mkdir(this.#folder, { recursive: true });
        await this.#write(file, [header, frame]);
        await this.#note(entry);
      } catch (error) {
        await this.#discard(file);
        return { added: [], dropped, trouble: `A moment could not be kept: ${messageOf(error)}` };
      }
      this.#entries.push(entry);
      return { added: [moment], dropped, trouble: null };
    });
  }

  /** The frame of a moment; null if it is not there any more. */
  read(id: number): Promise<{ moment: Moment; bytes: Uint8Array<ArrayBuffer> } | null> {
    return this.#inTurn(async () => {
      const entry = this.#entries.find(({ moment }) => moment.id === id);
      if (!entry) return null;
      const bytes = new Uint8Array(entry.bytes - entry.begin);
      const isRead = await this.#slice(entry, [{ begin: 0, into: bytes }]);
      return isRead ? { moment: entry.moment, bytes } : null;
    });
  }

  /**
   * A part of each moment, ranges before bytes, padded to four: of as many as `most` bytes hold, evenly spread over all.
   * Moments whose files are not there any more are left out.
   */
  readPart(part: FramePart, most: number): Promise<{ moments: Moment[]; bytes: Uint8Array<ArrayBuffer> }> {
    return this.#inTurn(async () => {
      const { ranges, values } = spansOf(part);
      const stride = Math.ceil((ranges.length + values.length) / 4) * 4;
      const chosen = spread(this.#entries, Math.max(1, Math.floor(most / stride)));
      const bytes = new Uint8Array(chosen.length * stride);
      const moments: Moment[] = [];
      for (const entry of chosen) {
        const at = moments.length * stride;
        const isRead = await this.#slice(entry, [
          { begin: ranges.begin, into: bytes.subarray(at, at + ranges.length) },
          { begin: values.begin, into: bytes.subarray(at + ranges.length, at + ranges.length + values.length) },
        ]);
        if (isRead) moments.push(entry.moment);
      }
      const isWhole = moments.length === chosen.length;
      return { moments, bytes: isWhole ? bytes : bytes.slice(0, moments.length * stride) };
    });
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#tail.then(task);
    this.#tail = done.catch(() => undefined);
    return done;
  }

  #toDrop(entries: readonly IndexEntry[]): ReturnType<typeof momentsToDrop> {
    const room = { bytes: this.#budget - this.#indexBytes - indexMargin, count: mostMoments };
    const taking = entries.map(({ moment: { id, step }, bytes }) => ({ id, step, bytes }));
    return momentsToDrop(taking, room, (id) => this.#protected.has(id));
  }

  async #clear(): Promise<Change> {
    const dropped = this.#entries.map(({ moment }) => moment.id);
    this.#entries = [];
    [this.#indexBytes, this.#indexLines] = [0, 0];
    // What cannot be removed is no longer known of; whether anything can be kept there shows with the next moment.
    await rm(this.#folder, { recursive: true, force: true }).catch(() => undefined);
    return { added: [], dropped, trouble: null };
  }

  async #drop(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    const gone = this.#entries.filter(({ moment }) => ids.includes(moment.id));
    this.#entries = this.#entries.filter((entry) => !gone.includes(entry));
    for (const { file } of gone) await this.#discard(file);
    // Whose file is missing is not there, whatever the index says: a full disk need not stop this.
    await this.#note({ dropped: ids }).catch(() => undefined);
  }

  /** The whole file or nothing of it. */
  async #write(file: string, pieces: Pieces): Promise<void> {
    try {
      await this.#writing.write(join(this.#folder, file), pieces);
    } catch (error) {
      await this.#discard(file);
      throw error;
    }
  }

  /** Says in the index what has changed; writes it anew where most of it tells of moments that are gone. */
  async #note(change: IndexEntry | { readonly dropped: readonly number[] }): Promise<void> {
    if ('dropped' in change && this.#indexLines > 64 + 2 * this.#entries.length) return this.#writeIndexAnew();
    const isNew = this.#indexLines === 0;
    const text = (isNew ? firstIndexLine() : '') + indexLine(change);
    const path = join(this.#folder, indexFile);
    try {
      await this.#writing.append(path, text);
    } catch (error) {
      await truncate(path, this.#indexBytes).catch(() => undefined);
      throw error;
    }
    this.#indexBytes += Buffer.byteLength(text);
    this.#indexLines += isNew ? 2 : 1;
  }

  async #writeIndexAnew(): Promise<void> {
    const bytes = Buffer.from(firstIndexLine() + this.#entries.map(indexLine).join(''));
    const anew = `${indexFile}.new`;
    await this.#write(anew, [bytes]);
    await rename(join(this.#folder, anew), join(this.#folder, indexFile));
    [this.#indexBytes, this.#indexLines] = [bytes.length, this.#entries.length + 1];
  }

  #tooLittle(): string {
    const others = this.#protected.size > 0 ? ' beside those that are to stay' : '';
    return `${this.#budget} bytes are not enough for another moment${others}: allow more`;
  }

  async #discard(file: string): Promise<void> {
    await rm(join(this.#folder, file), { force: true }).catch(() => undefined);
  }

  /** Reads spans of a frame; says whether they are there. */
  async #slice({ file, begin: frame }: IndexEntry, spans: readonly { begin: number; into: Uint8Array }[]) {
    const handle = await open(join(this.#folder, file)).catch(() => null);
    if (!handle) return false;
    try {
      for (const { begin, into } of spans) {
        const { bytesRead } = await handle.read(into, 0, into.length, frame + begin);
        if (bytesRead < into.length) return false;
      }
      return true;
    } catch {
      return false;
    } finally {
      await handle.close();
    }
  }
}

/** At most `most` of them, at equal distances, the first and the last among them. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  if (most === 1) return all.slice(-1);
  return Array.from({ length: most }, (_, place) => all[Math.round((place * (all.length - 1)) / (most - 1))]!);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
