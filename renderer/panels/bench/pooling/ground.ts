import type { Operation } from '../../../../shared/bench/experiment.ts';
import type { Part, Size } from '../../../colours/fitted.ts';

/** What the winners are drawn on: the map that is pooled, or the image that it came from. */
export type Ground = 'map' | 'image';

/** Where along one axis something that lies from `at` to `at + length` in the map lies on the ground: at · scale + offset. */
export type Along = { readonly scale: number; readonly offset: number };
export type Onto = { readonly rows: Along; readonly columns: Along };

export const ontoMap: Onto = { rows: { scale: 1, offset: 0 }, columns: { scale: 1, offset: 0 } };

/**
 * A cell of the map stands for the middle of the pixels that the kernel read there.
 * @param kernel in cells. @param padBefore pixels of padding above and to the left.
 */
export function ontoImage(
  kernel: Size,
  { stride, dilation }: Pick<Operation, 'stride' | 'dilation'>,
  padBefore: { readonly rows: number; readonly columns: number },
): Onto {
  const along = (cells: number, pad: number): Along => ({
    scale: stride,
    offset: ((cells - 1) * dilation + 1 - stride) / 2 - pad,
  });
  return { rows: along(kernel.height, padBefore.rows), columns: along(kernel.width, padBefore.columns) };
}

/** The pixels under a part of the map: whole ones, all on the ground. */
export function partOnto(part: Part, { rows, columns }: Onto, ground: Size): Part {
  const along = (at: number, length: number, { scale, offset }: Along, cells: number): [number, number] => {
    const start = Math.min(cells - 1, Math.max(0, Math.floor(at * scale + offset)));
    return [start, Math.max(1, Math.min(cells, Math.ceil((at + length) * scale + offset)) - start)];
  };
  const [row, height] = along(part.row, part.height, rows, ground.height);
  const [column, width] = along(part.column, part.width, columns, ground.width);
  return { row, column, height, width };
}
