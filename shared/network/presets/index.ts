import { alexnet, alexnetCifar, alexnetOneTower, alexnetReleased, alexnetTorchvision } from './alexnet/index.ts';
import { lecun1989 } from './lecun1989.ts';
import { lenet1 } from './lenet1.ts';
import { lenet5Textbook } from './lenet5-textbook.ts';
import { lenet5 } from './lenet5.ts';
import {
  plain110,
  plain20,
  plain32,
  plain56,
  residual110,
  residual20,
  residual32,
  residual56,
} from './residual/index.ts';

/** Every network the lab offers, by the id that scripts use, in the order of the history. */
export const presets = {
  lecun1989,
  lenet1,
  'lenet5-1998': lenet5,
  'lenet5-textbook': lenet5Textbook,
  alexnet,
  'alexnet-released': alexnetReleased,
  'alexnet-one-tower': alexnetOneTower,
  'alexnet-torchvision': alexnetTorchvision,
  'alexnet-cifar': alexnetCifar,
  'plain-20': plain20,
  'plain-32': plain32,
  'plain-56': plain56,
  'plain-110': plain110,
  'residual-20': residual20,
  'residual-32': residual32,
  'residual-56': residual56,
  'residual-110': residual110,
} as const;
export type PresetId = keyof typeof presets;
export const presetIds = Object.keys(presets) as [PresetId, ...PresetId[]];

export { lenet5Textbook };
export type { SwitchOptions, SwitchSettings } from './preset.ts';
