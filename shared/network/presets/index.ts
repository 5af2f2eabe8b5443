import type { NetworkSpec } from '../spec.ts';
import { lenet5Textbook, type Lenet5Switches } from './lenet5-textbook.ts';

/** Every network the lab offers, by the id that scripts use. */
export const presets = { 'lenet5-textbook': lenet5Textbook } as const satisfies Record<
  string,
  (switches: Partial<Lenet5Switches>) => NetworkSpec
>;
export type PresetId = keyof typeof presets;
export const presetIds = Object.keys(presets) as [PresetId, ...PresetId[]];

export { lenet5Textbook, type Lenet5Switches };
