import type { ColourScale } from '../../colours/colour-scale.ts';
import { decimal, decimalOrSmall } from '../../messages/format.ts';

/** Characters before the point that the numbers of a scale may take, a minus sign among them. */
export function charactersOf({ min, max }: Pick<ColourScale, 'min' | 'max'>): number {
  const size = Math.max(Math.abs(min), Math.abs(max));
  return String(Math.floor(size)).length + (min < 0 ? 1 : 0);
}

/** Digits after the point that it takes to write the numbers exactly, at most `most`. */
export function decimalsOf(values: readonly number[], most: number): number {
  for (let digits = 0; digits < most; digits++) {
    if (values.every((value) => Math.abs(value - Number(value.toFixed(digits))) < 1e-9)) return digits;
  }
  return most;
}

/** The numbers of a scale with so many digits after the point; of a scale that is small as a whole, what there is of them. */
export function writerFor({ min, max }: Pick<ColourScale, 'min' | 'max'>, digits: number): (value: number) => string {
  const isSmall = Math.max(Math.abs(min), Math.abs(max)) < 20 * 10 ** -digits;
  return (value) => (isSmall ? decimalOrSmall(value, digits) : decimal(value, digits));
}

/** A number of any size, in about as many characters as any other. */
export function chainText(value: number): string {
  const size = Math.abs(value);
  return decimalOrSmall(value, size < 100 ? 3 : size < 1000 ? 2 : size < 10_000 ? 1 : 0, 2);
}

/** Characters of a number for which there is room. */
const mostCharacters = 6.2;

/** How much smaller than usual numbers are written, so that the longest of them fits. */
export function chainShrink(values: readonly number[]): number {
  return Math.min(1, mostCharacters / Math.max(...values.map((value) => chainText(value).length)));
}
