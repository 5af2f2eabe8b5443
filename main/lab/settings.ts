import { statSync } from 'node:fs';
import * as v from 'valibot';
import { datasetIds, type RunSettings, runSettingsSchema } from '../../shared/contract.ts';
import { settingsFor } from '../../shared/defaults.ts';
import { NetworkError } from '../../shared/network/network-error.ts';
import { type PresetId, presetIds, presets } from '../../shared/network/presets/index.ts';
import type { Schedule } from '../../shared/training/schedule.ts';
import { UsageError } from './usage.ts';

/** What a command line says of a run. */
export type SettingsArguments = {
  readonly network: string;
  /** A dataset's name, or a folder of images. */
  readonly dataset?: string | undefined;
  readonly epochs?: string | undefined;
  readonly batch?: string | undefined;
  readonly seed?: string | undefined;
  /** `key=value`: switches of the network, and hyper-parameters. */
  readonly set: readonly string[];
};

/**
 * The settings that a command line asks for: the network's recipe, but for what is said.
 *
 * @returns the folder of images too, where the dataset is one.
 * @throws UsageError saying what can be said instead.
 */
export function settingsFrom(given: SettingsArguments): { settings: RunSettings; images: string | undefined } {
  const preset = presetIds.find((id) => id === given.network);
  if (!preset) throw new UsageError(`There is no network ${given.network}: choose one of ${presetIds.join(', ')}`);
  const pairs = given.set.map(pairFrom);
  const isSwitch = ([key]: readonly [string, string]): boolean => Object.hasOwn(presets[preset].switches, key);
  const recipe = recipeFor(preset, Object.fromEntries(pairs.filter(isSwitch)));
  const hyperParameters: Record<string, unknown> = { ...recipe.hyperParameters };
  const augmentation: Record<string, unknown> = { ...recipe.hyperParameters.augmentation };
  for (const key of ['epochs', 'batch', 'seed'] as const) {
    if (given[key] !== undefined) hyperParameters[key] = numberFrom(key, given[key]);
  }
  for (const [key, value] of pairs.filter((pair) => !isSwitch(pair))) {
    if (key in numbers) hyperParameters[key] = numberFrom(key, value);
    else if (key === 'optimiser') hyperParameters[key] = value;
    else if (key === 'schedule') hyperParameters[key] = scheduleFrom(value);
    else if (key in augmentations) augmentation[key] = augmentations[key as keyof typeof augmentations](value);
    else throw new UsageError(`--set does not know ${key}: ${knownKeys(preset).join(', ')}`);
  }
  const { dataset, images } = datasetFrom(given.dataset ?? recipe.dataset);
  const parsed = v.safeParse(runSettingsSchema, {
    network: recipe.network,
    dataset,
    hyperParameters: { ...hyperParameters, augmentation },
  });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new UsageError(`${v.getDotPath(issue) ?? 'settings'}: ${issue.message}`);
  }
  return { settings: parsed.output, images };
}

/** A whole or decimal number. */
export function numberFrom(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UsageError(`${name} takes a number, not “${text}”`);
  return value;
}

const numbers = { learningRate: true, momentum: true, weightDecay: true } as const;

const augmentations = {
  shift: (text: string) => numberFrom('shift', text),
  crop: (text: string) => ({ pad: numberFrom('crop', text) }),
  flip: (text: string) => text === 'true' || text === 'on' || text === '1',
  colour: (text: string) => numberFrom('colour', text),
} as const;

function knownKeys(preset: PresetId): string[] {
  return [
    ...Object.keys(presets[preset].switches),
    ...Object.keys(numbers),
    'optimiser',
    'schedule',
    ...Object.keys(augmentations),
  ];
}

function pairFrom(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--set takes key=value, not “${text}”`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function recipeFor(preset: PresetId, switches: Record<string, string>): RunSettings {
  try {
    return settingsFor({ preset, switches });
  } catch (error) {
    if (error instanceof NetworkError) throw new UsageError(error.message);
    throw error;
  }
}

/** `constant`, `step:FACTOR:EVERY`, `table:EPOCHS@RATE,…`, `linear:LAST`, `cosine[:LAST]` or `plateau:FACTOR:PATIENCE`. */
function scheduleFrom(text: string): Schedule {
  const [kind = '', ...rest] = text.split(':');
  const part = (index: number): number => numberFrom(`schedule ${kind}`, rest[index] ?? '');
  switch (kind) {
    case 'constant':
      return { kind };
    case 'step':
      return { kind, factor: part(0), every: part(1) };
    case 'linear':
      return { kind, last: part(0) };
    case 'cosine':
      return { kind, last: rest.length > 0 ? part(0) : 0 };
    case 'plateau':
      return { kind, factor: part(0), patience: part(1) };
    case 'table':
      return { kind, rates: (rest[0] ?? '').split(',').map(rateFrom) };
    default:
      throw new UsageError(`schedule cannot be ${kind}: constant, step, table, linear, cosine or plateau`);
  }
}

function rateFrom(text: string): [epochs: number, rate: number] {
  const [epochs = '', rate = ''] = text.split('@');
  return [numberFrom('a table’s epochs', epochs), numberFrom('a table’s rate', rate)];
}

function datasetFrom(name: string): { dataset: string; images: string | undefined } {
  if (datasetIds.some((id) => id === name)) return { dataset: name, images: undefined };
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) return { dataset: 'folder', images: name };
  throw new UsageError(
    `There is no dataset ${name}: ${datasetIds.join(', ')}, or a folder with a folder of images for each class`,
  );
}
