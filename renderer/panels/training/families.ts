import { type PresetId } from '../../../shared/network/presets/index.ts';
import { m } from '../../messages/compiled/messages.js';

/** Networks of one time and kind, as the list of networks shows them. */
export type Family = {
  readonly name: () => string;
  readonly presets: readonly PresetId[];
  /** The command that trains its first network where the window cannot; null for those that can be chosen. */
  readonly command: string | null;
};

/** In the order of the history; last those for which one must have a folder of images. */
export const families: readonly Family[] = [
  { name: m.family_1989, presets: ['lecun1989', 'lenet1'], command: null },
  { name: m.family_1998, presets: ['lenet5-1998', 'lenet5-textbook'], command: null },
  { name: m.family_2012, presets: ['alexnet-cifar'], command: null },
  {
    name: m.family_2015,
    presets: [
      ...(['plain-20', 'plain-32', 'plain-56', 'plain-110'] as const),
      ...(['residual-20', 'residual-32', 'residual-56', 'residual-110'] as const),
    ],
    command: null,
  },
  {
    name: m.family_folder,
    presets: ['alexnet', 'alexnet-released', 'alexnet-one-tower', 'alexnet-torchvision'],
    command: 'npm run lab -- train alexnet --dataset FOLDER',
  },
];
