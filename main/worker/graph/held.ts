import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { bool, float32, int32, type Node, type Output } from './graph.ts';
import { merged } from './when.ts';

/** What of a variable stays as it is. */
export type Held = {
  /** Whether anything does; bool scalar. */
  readonly isAny: Output;
  /** What does, flat, true where; null where it is all or nothing. */
  readonly mask: Output | null;
};

/**
 * For each variable what of it stays.
 *
 * @param frozen 1 for each tensor that stays, else 0; int32 [tensors].
 * @param members for each variable the tensors that it holds.
 */
export function heldIn(
  math: Arithmetic,
  frozen: Output,
  shapes: readonly Shape[],
  members: readonly (readonly number[])[],
): readonly Held[] {
  const { graph } = math;
  const attributes = { T: { type: int32 } };
  const flags = graph.op('Greater', [frozen, graph.integer(0)], attributes, { types: [bool] });
  const unpacked = { T: { type: bool }, num: { int: shapes.length }, axis: { int: 0 } };
  const each = graph.ops('Unpack', [flags], unpacked, { types: shapes.map(() => bool) });
  return members.map((tensors) => {
    const [first, ...others] = tensors.map((tensor) => each[tensor]!);
    if (others.length === 0) return { isAny: first!, mask: null };
    const fill = { T: { type: bool }, index_type: { type: int32 } };
    const parts = tensors.map((tensor) => {
      return graph.op('Fill', [graph.integers([sizeOf(shapes[tensor]!)]), each[tensor]!], fill, { types: [bool] });
    });
    const packed = math.pack([first!, ...others], 0);
    const all = { Tidx: { type: int32 }, keep_dims: false };
    const isAny = graph.op('Any', [packed, graph.integers([0])], all, { types: [bool] });
    return { isAny, mask: math.concatenate(parts, 0) };
  });
}

/**
 * Moves a variable and what the optimiser remembers of it, but for what is held. Where nothing is, that is a switch or two and no copy.
 *
 * The optimiser's ops move whole variables. Of one that is held in part the numbers before are kept, and put back into their places.
 *
 * @param variables the weights', then the slots'.
 * @param move gives the node that has moved them, which waits for `after`.
 */
export function moveUnlessHeld(
  math: Arithmetic,
  { isAny, mask }: Held,
  variables: readonly Output[],
  after: readonly Node[],
  move: (after: readonly Node[]) => Node,
): Node {
  const { graph } = math;
  const boolean = { T: { type: bool } };
  const [free, held] = graph.ops('Switch', [isAny, isAny], boolean, { types: [bool, bool] });
  const once = (branch: Output, nodes: readonly Node[]): Output =>
    graph.op('Identity', [branch], boolean, { types: [bool], after: nodes });
  if (!mask) {
    const moved = move([...after, once(free!, [])]);
    return merged(math, [once(free!, [moved]), once(held!, after)]);
  }
  const read = (variable: Output, nodes: readonly Node[]): Output =>
    graph.op('ReadVariableOp', [variable], { dtype: { type: float32 } }, { after: nodes });
  const begun = once(held!, after);
  const before = variables.map((variable) => read(variable, [begun]));
  const moved = move([...after, merged(math, [once(free!, []), once(held!, before)])]);
  const ended = once(held!, [moved]);
  const restored = variables.map((variable, place) => {
    const values = [mask, before[place]!, read(variable, [ended])];
    const mixed = graph.op('SelectV2', values, { T: { type: float32 } });
    return graph.effect('AssignVariableOp', [variable, mixed], { dtype: { type: float32 } });
  });
  return merged(math, [once(free!, [moved]), once(held!, restored)]);
}
