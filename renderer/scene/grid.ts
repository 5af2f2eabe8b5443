/** Some things of one size side by side and below each other, as large as a room allows. */
export type Grid = {
  readonly columns: number;
  /** How much larger a thing comes out than it is. */
  readonly scale: number;
  /** Between two of them. */
  readonly gap: number;
  readonly width: number;
  readonly height: number;
};

/**
 * The grid of `count` things of `width × height` that comes out largest within a room, with gaps of `spacing` of a thing's shorter side, and none
 * larger than `largest` times its size.
 */
export function gridIn(
  count: number,
  { width, height }: { readonly width: number; readonly height: number },
  room: { readonly width: number; readonly height: number },
  { spacing, largest }: { readonly spacing: number; readonly largest: number },
): Grid {
  const between = spacing * Math.min(width, height);
  let best: Grid | undefined;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const whole = {
      width: columns * (width + between) - between,
      height: rows * (height + between) - between,
    };
    const scale = Math.min(largest, room.width / whole.width, room.height / whole.height);
    // Of equals the one that leaves the fewest places empty in its last row.
    if (best && scale < best.scale * 1.0001) continue;
    best = { columns, scale, gap: between * scale, width: whole.width * scale, height: whole.height * scale };
  }
  return best!;
}
