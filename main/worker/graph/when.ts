import type { Arithmetic } from './arithmetic.ts';
import { bool, int32, type Output } from './graph.ts';

/**
 * `changed(values)` where `condition` (bool scalar) holds, else the first of `values`: the ops of the branch not taken do not run.
 *
 * TensorFlow's switch and merge: all that the branch reads must be among `values`, or runs whatever the condition.
 */
export function when(
  { graph }: Arithmetic,
  condition: Output,
  values: readonly [Output, ...Output[]],
  changed: (values: readonly Output[]) => Output,
): Output {
  const branches = values.map((value) =>
    graph.ops('Switch', [value, condition], { T: { type: value.type } }, { types: [value.type, value.type] }),
  );
  const unchanged = branches[0]![0]!;
  const result = changed(branches.map((branch) => branch[1]!));
  const { type } = values[0];
  return graph.ops('Merge', [unchanged, result], { T: { type }, N: { int: 2 } }, { types: [type, int32] })[0]!;
}

/** Whether a float32 scalar is above zero. */
export function isPositive({ graph }: Arithmetic, value: Output): Output {
  return graph.op('Greater', [value, graph.number(0)], { T: { type: value.type } }, { types: [bool] });
}

/** `value` where `condition` (bool scalar) holds; else nothing that reads it runs. `merged` brings such branches together again. */
export function only({ graph }: Arithmetic, value: Output, condition: Output): Output {
  const { type } = value;
  return graph.ops('Switch', [value, condition], { T: { type } }, { types: [type, type] })[1]!;
}

/** The one of `branches` that ran. */
export function merged({ graph }: Arithmetic, branches: readonly Output[]): Output {
  const { type } = branches[0]!;
  const attributes = { T: { type }, N: { int: branches.length } };
  return graph.ops('Merge', branches, attributes, { types: [type, int32] })[0]!;
}

/** What `yes` makes of `value` where `condition` holds, else what `no` does; only one of them runs. */
export function either(
  math: Arithmetic,
  condition: Output,
  value: Output,
  yes: (value: Output) => Output,
  no: (value: Output) => Output,
): Output {
  const { type } = value;
  const [whenNot, when] = math.graph.ops('Switch', [value, condition], { T: { type } }, { types: [type, type] });
  return merged(math, [no(whenNot!), yes(when!)]);
}
