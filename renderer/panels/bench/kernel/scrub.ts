/** How far the hand moves for one unit, in pixels. */
const pixelsPerUnit = 40;
/** Values stay on this share of a unit while they are dragged, so that they can be hit again. */
const grain = 0.05;
const mostWeight = 1e6;

export type Fineness = 'coarse' | 'plain' | 'fine';
const factors: Record<Fineness, number> = { coarse: 1, plain: 0.1, fine: 0.01 };

/** What the weights of a kernel are measured in: the power of ten at or below the largest of them; 1 for a kernel of nothing but zeros. */
export function unitOf(weights: readonly number[]): number {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  return largest === 0 ? 1 : 10 ** Math.floor(Math.log10(largest) + 1e-9);
}

/** The weight one key press or one turn of the wheel further on, on the grid of its steps. */
export function stepped(weight: number, steps: number, unit: number, fineness: Fineness): number {
  const step = unit * factors[fineness];
  return kept(weight + steps * step);
}

/** The weight after the hand has moved by so many pixels from where it was `from`. */
export function scrubbed(from: number, pixels: number, unit: number, isFine: boolean): number {
  const size = isFine ? unit / 10 : unit;
  const by = Math.round(pixels / pixelsPerUnit / grain) * grain * size;
  return kept(from + by);
}

/** Without the tails that sums of binary fractions have. */
function kept(weight: number): number {
  const rounded = Number(weight.toPrecision(10));
  return Math.min(mostWeight, Math.max(-mostWeight, Math.abs(rounded) < 1e-12 ? 0 : rounded));
}
