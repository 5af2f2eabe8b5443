import type { ColourScale } from '../colours/colour-scale.ts';
import { significant } from '../messages/format.ts';
import type { FigureScale } from './figure-content.ts';

/** The numbers that stand along a scale's colours: its ends, and zero where it is in the middle. */
export function figureLegend(scale: ColourScale): FigureScale['marks'] {
  const { min, max, isSigned, isCutBelow, isCutAbove } = scale;
  const isDirection = scale.colours === 'direction';
  const ends = isDirection
    ? ['−π', 'π']
    : [`${isCutBelow ? '≤ ' : ''}${significant(min)}`, `${isCutAbove ? '≥ ' : ''}${significant(max)}`];
  return [
    { at: 0, text: ends[0]! },
    ...(isSigned || isDirection ? [{ at: 0.5, text: '0' }] : []),
    { at: 1, text: ends[1]! },
  ];
}
