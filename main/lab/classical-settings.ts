import { statSync } from 'node:fs';
import * as v from 'valibot';
import { classicalDefaults, type ClassicalSettings, classicalSettingsSchema } from '../../shared/classical/settings.ts';
import { datasetIds } from '../../shared/contract.ts';
import type { KnownDataset } from '../../shared/dataset/known.ts';
import { numberFrom } from './settings.ts';
import { UsageError } from './usage.ts';

/** What a command line says of the rival. */
type Given = {
  /** A dataset's name, or a folder of images. */
  readonly dataset?: string | undefined;
  readonly trainImages?: string | undefined;
  readonly seed?: string | undefined;
  /** `key=value`. */
  readonly set: readonly string[];
};

/** A dataset of the set-up, or a folder of images. */
export type ChosenDataset =
  { readonly id: Exclude<KnownDataset, 'folder'> } | { readonly id: 'folder'; readonly folder: string };

/**
 * The rival's settings: its own defaults, but for what is said.
 * @throws UsageError saying what can be said instead.
 */
export function classicalSettingsFrom(given: Given): { settings: ClassicalSettings; dataset: ChosenDataset } {
  const dataset = datasetFrom(given.dataset);
  const settings: Record<string, unknown> = { ...classicalDefaults };
  if (given.seed !== undefined) settings['seed'] = numberFrom('--seed', given.seed);
  if (given.trainImages !== undefined) settings['trainImages'] = numberFrom('--train-images', given.trainImages);
  for (const text of given.set) {
    const [key = '', ...rest] = text.split('=');
    const value = rest.join('=');
    if (key === '' || rest.length === 0) throw new UsageError(`--set takes key=value, not “${text}”`);
    if (!settable.includes(key)) throw new UsageError(`--set does not know ${key}: ${settable.join(', ')}`);
    settings[key] = typeof settings[key] === 'number' ? numberFrom(key, value) : value;
  }
  const parsed = v.safeParse(classicalSettingsSchema, settings);
  if (parsed.success) return { settings: parsed.output, dataset };
  const [issue] = parsed.issues;
  throw new UsageError(`${v.getDotPath(issue) ?? 'settings'}: ${issue.message}`);
}

/** These have options of their own. */
const settable = Object.keys(classicalDefaults).filter((key) => key !== 'seed' && key !== 'trainImages');

function datasetFrom(name: string | undefined): ChosenDataset {
  const ours = datasetIds.filter((one) => one !== 'folder');
  const known = `${ours.join(', ')}, or a folder with a folder of images for each class`;
  if (name === undefined) throw new UsageError(`Name a dataset with --dataset: ${known}`);
  const id = ours.find((one) => one === name);
  if (id !== undefined) return { id };
  if (name !== 'folder' && statSync(name, { throwIfNoEntry: false })?.isDirectory())
    return { id: 'folder', folder: name };
  if (name === 'folder') throw new UsageError('Name the folder of images itself: --dataset FOLDER');
  throw new UsageError(`There is no dataset ${name}: ${known}`);
}
