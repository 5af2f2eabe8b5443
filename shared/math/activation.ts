export const mapActivations = ['none', 'relu', 'logistic', 'tanh', 'abs'] as const;
/** What is done to each number of a map: nothing; max(0, a); 1 / (1 + e⁻ᵃ); tanh a; |a|. */
export type MapActivation = (typeof mapActivations)[number];

const functions: Record<MapActivation, (value: number) => number> = {
  none: (value) => value,
  relu: (value) => Math.max(0, value),
  logistic: (value) => 1 / (1 + Math.exp(-value)),
  tanh: Math.tanh,
  abs: Math.abs,
};

/** One number activated. */
export function activated(value: number, activation: MapActivation): number {
  return functions[activation](value);
}

/** Writes what the activation makes of each of `sums` into `values`, from `first` on. */
export function activateInto(values: Float32Array, first: number, sums: Float64Array, activation: MapActivation): void {
  // A loop for each, so that none of them calls a function that it does not know.
  switch (activation) {
    case 'none':
      values.set(sums, first);
      return;
    case 'relu':
      for (let i = 0; i < sums.length; i++) values[first + i] = Math.max(0, sums[i]!);
      return;
    case 'logistic':
      for (let i = 0; i < sums.length; i++) values[first + i] = 1 / (1 + Math.exp(-sums[i]!));
      return;
    case 'tanh':
      for (let i = 0; i < sums.length; i++) values[first + i] = Math.tanh(sums[i]!);
      return;
    case 'abs':
      for (let i = 0; i < sums.length; i++) values[first + i] = Math.abs(sums[i]!);
      return;
    default:
      activation satisfies never;
  }
}
