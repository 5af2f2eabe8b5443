import type { Part } from './fitted.ts';

/** A frame around cells of a picture. */
export type CellBox = Part & {
  /** `window`: what is looked at. `link`: what belongs to it. `max` and `average`: in the colour of that pooling. `quiet`: a thin line. */
  readonly tone?: 'window' | 'link' | 'max' | 'average' | 'quiet';
};
