import { NetworkError } from '../network-error.ts';
import type { ShortcutSpec } from '../spec.ts';
import { factsOf, imageShape, requirePositive, type Rule, windowsOf } from './layer.ts';

/** [H, W, inputs] → [⌈H / stride⌉, ⌈W / stride⌉, channels]: what a padded convolution of that stride leaves. */
export const shortcut: Rule<ShortcutSpec> = (spec, source) => {
  const { name, stride, channels } = spec;
  requirePositive(name, { stride, channels });
  const [height, width, inputs] = imageShape(spec, source);
  if (channels < inputs) {
    throw new NetworkError(name, `A shortcut only adds channels: it reads ${inputs} and cannot give ${channels}`);
  }
  const along = { size: 1, stride, padding: 'valid' } as const;
  const { low, high, jump } = source.field;
  return factsOf(source, {
    output: [windowsOf(name, { cells: height, ...along }), windowsOf(name, { cells: width, ...along }), channels],
    field: { low, high, jump: jump * stride },
  });
};
