/**
 * How many of `count` things may stand side by side, from few to many: the numbers that leave no gap in the last row,
 * and others only where no such number is within a factor of 1.7 (beside a prime count, say).
 */
export function arrangements(count: number): readonly number[] {
  let known = arranged.get(count);
  if (!known) {
    known = Array.from({ length: count }, (_, i) => i + 1).filter(
      (columns) => count % columns === 0 || !nearDivisor(count, columns),
    );
    arranged.set(count, known);
  }
  return known;
}
/** A network asks for the same few counts again at every size of the window. */
const arranged = new Map<number, readonly number[]>();

/** The arrangement whose columns come nearest to `wanted`. */
export function dividing(count: number, wanted: number): number {
  return arrangements(count).reduce((best, columns) => {
    return distance(columns, wanted) < distance(best, wanted) ? columns : best;
  });
}

function nearDivisor(count: number, columns: number): boolean {
  for (let divisor = Math.ceil(columns / 1.7); divisor <= columns * 1.7; divisor += 1) {
    if (count % divisor === 0) return true;
  }
  return false;
}

function distance(columns: number, wanted: number): number {
  return Math.abs(Math.log(columns / wanted));
}
