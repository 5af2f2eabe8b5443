import type { Moment } from '../../../shared/contract.ts';

/** What is kept after a change, by step. What went goes first: what came is there. */
export function keptAfter(
  list: readonly Moment[],
  { added, dropped }: { readonly added: readonly Moment[]; readonly dropped: readonly number[] },
): readonly Moment[] {
  if (added.length === 0 && dropped.length === 0) return list;
  const gone = new Set([...dropped, ...added.map(({ id }) => id)]);
  const stayed = list.filter(({ id }) => !gone.has(id));
  return [...stayed, ...added].sort((a, b) => a.step - b.step || a.id - b.id);
}

/** The place of an id in a list; −1 if it is not there. */
export function indexOf(list: readonly Moment[], id: number): number {
  return list.findIndex((moment) => moment.id === id);
}

/** Each id once, in order; those that are not there are left out. */
export function idsOf(ids: readonly (number | null | undefined)[]): readonly number[] {
  return [...new Set(ids.filter((id) => id !== null && id !== undefined))].sort((a, b) => a - b);
}
