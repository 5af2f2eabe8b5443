import type { Activation, Initialiser, LayerSpec, LrnSpec, Padding } from '../../spec.ts';
import type { SwitchOptions, Switches } from '../preset.ts';

/** The upgrades of AlexNet, each of which can be taken back. `overlap` off: windows of 2 with stride 2 instead of 3 with 2. */
export const upgrades = {
  activation: ['relu', 'tanh', 'logistic'],
  pooling: ['max', 'average'],
  overlap: ['on', 'off'],
  dropout: ['on', 'off'],
} as const satisfies SwitchOptions;

/** The same with local response normalisation, which the variant of 2014 never had. */
export const allUpgrades = { ...upgrades, lrn: ['on', 'off'] } as const satisfies SwitchOptions;

type Upgrades = Switches<typeof upgrades>;

/** In what the AlexNets differ. */
export type Variant = {
  readonly switches: Upgrades;
  readonly filters: readonly [conv1: number, conv2: number, conv3: number, conv4: number, conv5: number];
  /** Of conv1. */
  readonly padding: Padding;
  /** Whether conv2, 4 and 5 see only the maps of their own GPU. */
  readonly towers: boolean;
  /** Of the local response normalisation, or without it. */
  readonly alpha: number | null;
  /** The activation of conv1 follows pool1, so that the normalisation sees sums. */
  readonly activationAfterPool1?: boolean;
  /** Biases of conv2, 4, 5, fc6 and fc7 start at 1. */
  readonly liftedBiases: boolean;
  /** First weights of conv3, 4 and 5; the network's own if left out. */
  readonly deep?: Initialiser;
  /** Dropout before fc6 and fc7, or after them. */
  readonly dropout: 'before' | 'after';
};

/** conv1 to fc8. */
export function alexnetLayers(variant: Variant): LayerSpec[] {
  const { filters, padding, switches } = variant;
  const { activation } = switches;
  const [conv1, conv2, conv3, conv4, conv5] = filters;
  const late = variant.activationAfterPool1;
  const deep = { ...(variant.deep && { initialiser: variant.deep }), size: 3, activation };
  const [lifted, groups] = [variant.liftedBiases ? { initialBias: 1 } : {}, variant.towers ? { groups: 2 } : {}];
  return [
    {
      kind: 'conv',
      name: 'conv1',
      filters: conv1,
      size: 11,
      stride: 4,
      padding,
      activation: late ? 'none' : activation,
    },
    ...normalisation('norm1', variant.alpha),
    pool('pool1', switches, late ? activation : 'none'),
    { ...same(5), ...lifted, ...groups, name: 'conv2', filters: conv2, activation },
    ...normalisation('norm2', variant.alpha),
    pool('pool2', switches),
    { ...same(3), ...deep, name: 'conv3', filters: conv3 },
    { ...same(3), ...deep, ...lifted, ...groups, name: 'conv4', filters: conv4 },
    { ...same(3), ...deep, ...lifted, ...groups, name: 'conv5', filters: conv5 },
    pool('pool5', switches),
    { kind: 'flatten', name: 'flatten' },
    ...hidden('fc6', 'drop6', variant),
    ...hidden('fc7', 'drop7', variant),
    { kind: 'dense', name: 'fc8', units: 1000, activation: 'none' },
  ];
}

/** A convolution that keeps the size of its maps. */
function same(size: 3 | 5) {
  const around = (size - 1) / 2;
  return { kind: 'conv', size, stride: 1, padding: [around, around] } as const;
}

function pool(name: string, { pooling, overlap }: Upgrades, activation: Activation = 'none'): LayerSpec {
  return { kind: 'pool', name, method: pooling, size: overlap === 'on' ? 3 : 2, stride: 2, activation };
}

/** Krizhevsky et al. (2012), §3.3: k = 2, n = 5, β = 0.75. */
function normalisation(name: string, alpha: number | null): LrnSpec[] {
  return alpha === null ? [] : [{ kind: 'lrn', name, depth: 5, k: 2, alpha, beta: 0.75 }];
}

function hidden(name: string, dropName: string, { switches, liftedBiases, dropout }: Variant): LayerSpec[] {
  const lifted = liftedBiases ? { initialBias: 1 } : {};
  const dense: LayerSpec = { kind: 'dense', name, units: 4096, activation: switches.activation, ...lifted };
  if (switches.dropout === 'off') return [dense];
  const drop: LayerSpec = { kind: 'dropout', name: dropName, rate: 0.5 };
  return dropout === 'before' ? [drop, dense] : [dense, drop];
}
