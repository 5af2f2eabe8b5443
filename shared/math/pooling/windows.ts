/** Square windows that lie in a map, `height` × `width` of them; all numbers are cells. */
export type PoolWindows = {
  readonly size: number;
  readonly stride: number;
  readonly height: number;
  readonly width: number;
};
