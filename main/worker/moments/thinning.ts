/** A kept moment, as far as room is concerned. */
export type Taking = { readonly id: number; readonly step: number; readonly bytes: number };

/** How much may be kept. */
export type Room = { readonly bytes: number; readonly count: number };

/**
 * The moments that make room: those that leave the smallest gaps, halfway between a logarithmic scale and a linear one, so that the early
 * steps stay denser than the late ones. Never the first, the last, or one of `kept`.
 *
 * @param moments in the order of their steps.
 * @returns `ids` in the order in which they go, and whether that is enough.
 */
export function momentsToDrop(
  moments: readonly Taking[],
  room: Room,
  isKept: (id: number) => boolean,
): { readonly ids: readonly number[]; readonly isEnough: boolean } {
  const left = [...moments];
  const last = moments.at(-1)?.step ?? 0;
  const place = ({ step }: Taking): number => (last === 0 ? 0 : Math.log1p(step) / Math.log1p(last) + step / last);
  const places = left.map(place);
  let bytes = left.reduce((sum, moment) => sum + moment.bytes, 0);
  const dropped: number[] = [];
  while (bytes > room.bytes || left.length > room.count) {
    let narrowest = 0;
    let gap = Infinity;
    for (let index = 1; index < left.length - 1; index += 1) {
      const around = places[index + 1]! - places[index - 1]!;
      if (around < gap && !isKept(left[index]!.id)) [narrowest, gap] = [index, around];
    }
    if (narrowest === 0) return { ids: dropped, isEnough: false };
    const [gone] = left.splice(narrowest, 1);
    places.splice(narrowest, 1);
    bytes -= gone!.bytes;
    dropped.push(gone!.id);
  }
  return { ids: dropped, isEnough: true };
}
