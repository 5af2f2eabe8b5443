const largest = 1e6;

/** A weight as people type it: with a point or a comma, a real minus sign, or as a fraction. Null for what is none, or too large. */
export function numberFromText(text: string): number | null {
  const plain = text.replaceAll('−', '-').replaceAll(',', '.').replaceAll(/\s/g, '');
  const [above, below, ...more] = plain.split('/').map((part) => (part === '' ? Number.NaN : Number(part)));
  const number = below === undefined ? above! : above! / below;
  if (more.length > 0 || !(Math.abs(number) <= largest)) return null;
  return number === 0 ? 0 : number;
}
