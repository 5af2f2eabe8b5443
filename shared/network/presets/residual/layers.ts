import type { Activation, LayerSpec } from '../../spec.ts';

/** 6n + 2: a first convolution, three stages of n blocks of two, and the dense layer. */
export const depths = [20, 32, 56, 110] as const;
export type Depth = (typeof depths)[number];

/** Whether a block's input is added to what its two convolutions give. */
export type Family = 'plain' | 'residual';

/** Filters of the three stages; each but the first begins with a stride of 2. */
const widths = [16, 32, 64] as const;

/** He et al. (2015), §4.2: 3×3 convolutions with batch normalisation, ReLU, and shortcuts without parameters (option A). */
export function residualLayers(family: Family, depth: Depth): LayerSpec[] {
  const blocks = (depth - 2) / 6;
  const layers: LayerSpec[] = convolution('conv1', 'norm1', 16, 1, 'relu');
  for (const [stage, filters] of widths.entries()) {
    for (let block = 0; block < blocks; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const before = layers[layers.length - 1]!.name;
      layers.push(...blockLayers(family, `s${stage + 1}b${block + 1}`, before, filters, stride));
    }
  }
  layers.push({ kind: 'global-average', name: 'average' });
  layers.push({ kind: 'dense', name: 'fc10', units: 10, activation: 'none' });
  return layers;
}

/** Two convolutions, and around them, in a residual net, the shortcut from `before`. */
function blockLayers(family: Family, name: string, before: string, filters: number, stride: number): LayerSpec[] {
  const second = family === 'residual' ? 'none' : 'relu';
  const layers = [
    ...convolution(`${name}-conv1`, `${name}-norm1`, filters, stride, 'relu'),
    ...convolution(`${name}-conv2`, `${name}-norm2`, filters, 1, second),
  ];
  if (family === 'plain') return layers;
  const sum = { kind: 'add', name, from: `${name}-norm2`, activation: 'relu' } as const;
  if (stride === 1) return [...layers, { ...sum, with: before }];
  const shortcut = `${name}-shortcut`;
  return [
    ...layers,
    { kind: 'shortcut', name: shortcut, from: before, stride, channels: filters },
    { ...sum, with: shortcut },
  ];
}

function convolution(
  name: string,
  normName: string,
  filters: number,
  stride: number,
  activation: Activation,
): LayerSpec[] {
  return [
    { kind: 'conv', name, filters, size: 3, stride, padding: [1, 1], bias: 'none', activation: 'none' },
    { kind: 'batch-norm', name: normName, momentum: 0.9, epsilon: 1e-5, activation },
  ];
}
