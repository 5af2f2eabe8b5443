import type { NetworkTrace } from '../network/shapes.ts';

/**
 * How a step uses a processor's cores.
 *
 * `towers`: the batch in parts, one a core, whose gradients are added: small ops are too small to share. `pair`: two parts, each normalising by its own
 * moments, as He et al. (2015) trained on two GPUs. `whole`: one part whose large ops share the cores; parts would each need gradients of all weights.
 */
export const threadings = ['towers', 'pair', 'whole'] as const;
export type Threading = (typeof threadings)[number];

/** Above this many weights their gradients cost more than what towers gain. */
const mostWeightsInTowers = 4_000_000;

/** What trains this network fastest. */
export function threadingFor({ layers, storedWeights }: NetworkTrace): Threading {
  if (storedWeights > mostWeightsInTowers) return 'whole';
  return layers.some(({ spec }) => spec.kind === 'batch-norm') ? 'pair' : 'towers';
}
