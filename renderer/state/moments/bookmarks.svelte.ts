import type { Moment } from '../../../shared/contract.ts';

/** A moment that one wants to find again; it makes room for no other. */
export type Bookmark = { readonly id: number; readonly step: number; readonly name: string };

const longestName = 60;

/** The bookmarks of a run, by step. A name that was not given is ''. */
export class Bookmarks {
  all = $state.raw<readonly Bookmark[]>([]);

  has(id: number): boolean {
    return this.all.some((bookmark) => bookmark.id === id);
  }

  /** Sets one, or takes it away. */
  toggle({ id, step }: Moment): void {
    this.all = this.has(id)
      ? this.all.filter((bookmark) => bookmark.id !== id)
      : [...this.all, { id, step, name: '' }].sort((a, b) => a.step - b.step || a.id - b.id);
  }

  rename(id: number, name: string): void {
    const short = name.trim().slice(0, longestName);
    this.all = this.all.map((bookmark) => (bookmark.id === id ? { ...bookmark, name: short } : bookmark));
  }

  /** Only those of moments that are still there. */
  keepOnly(isThere: (id: number) => boolean): void {
    if (this.all.some(({ id }) => !isThere(id))) this.all = this.all.filter(({ id }) => isThere(id));
  }
}
