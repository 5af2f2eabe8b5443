/**
 * How weights follow the gradient g, with rate η and momentum μ.
 *
 * `sgd`: w ← w − η g. `momentum`: v ← μ v + g, w ← w − η v. `nesterov`: the same, looking ahead: w ← w − η (g + μ v).
 * `rmsprop`: each g is divided by the root of its running mean square (Hinton, 2012). `adam`: Kingma and Ba (2015).
 *
 * Weight decay λ is an L2 penalty, g + λ w, on kernels but not on biases, coefficients, scales and shifts; with `adam` it is
 * decoupled, w ← w − η λ w (AdamW: Loshchilov and Hutter, 2019).
 */
export const optimisers = ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam'] as const;
export type Optimiser = (typeof optimisers)[number];

/** Numbers an optimiser remembers of each weight, in tensors of the weights' size. */
export function slotsOf(optimiser: Optimiser): number {
  switch (optimiser) {
    case 'sgd':
      return 0;
    case 'momentum':
    case 'nesterov':
      return 1;
    case 'rmsprop':
    case 'adam':
      return 2;
    default:
      return optimiser satisfies never;
  }
}
