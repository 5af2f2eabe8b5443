import type { NetworkTrace } from '../../shared/network/shapes.ts';

/** More filters than this in a row would be specks. */
const mostInRow = 48;

/** How a layer's kernels stand side by side. */
export type KernelOrder =
  /** They read the image itself, in red, green and blue: each filter is one small coloured image. */
  | { readonly kind: 'colour' }
  /** A column a filter, a row an input channel. */
  | { readonly kind: 'table'; readonly filters: number }
  /** One after another, as there is room. */
  | { readonly kind: 'plain' };

/** How the kernels of a layer are seen best. */
export function kernelOrder(trace: NetworkTrace, layer: string): KernelOrder {
  const traced = trace.layers.find(({ spec }) => spec.name === layer);
  if (traced?.spec.kind !== 'conv') return { kind: 'plain' };
  const [, , inputs = 0, filters = 0] = traced.weights[0]!.shape;
  if (traced.inputs[0] === -1 && inputs === 3) return { kind: 'colour' };
  return inputs > 1 && filters <= mostInRow ? { kind: 'table', filters } : { kind: 'plain' };
}
