import { significant } from '../../../messages/format.ts';

/** Cells narrower than this have no room for a zero before the point. */
const room = 5;

/** A weight in at most so many characters: three figures, fewer, at last only its size. */
export function cellText(weight: number, characters: number): string {
  for (const figures of [3, 2, 1]) {
    const text = significant(weight, figures);
    const short = characters < room ? text.replace(/^(−?)0\./, '$1.') : text;
    if (short.length <= characters) return short;
  }
  const size = weight.toExponential(0).replace('e+', 'e').replaceAll('-', '−');
  if (size.length <= characters) return size;
  return Math.abs(weight) < 1 ? '≈0' : weight > 0 ? '≫' : '≪';
}
