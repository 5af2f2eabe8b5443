import { join } from 'node:path';
import { preferencesSchema, type Locale, type Preferences } from '../shared/contract.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

/** The person's choices: read once, kept here, written at each change. */
export class PreferencesStore {
  readonly #file: string;
  #current: Preferences;
  #watcher: (preferences: Preferences) => void = () => undefined;

  constructor(file: string, defaults: Preferences) {
    this.#file = file;
    this.#current = readJsonFile(file, preferencesSchema) ?? defaults;
  }

  get current(): Preferences {
    return this.#current;
  }

  save(preferences: Preferences): void {
    this.#current = preferences;
    writeJsonFile(this.#file, preferences);
    this.#watcher(preferences);
  }

  /** Calls `watcher` with the preferences now and after each change. */
  watch(watcher: (preferences: Preferences) => void): void {
    this.#watcher = watcher;
    watcher(this.#current);
  }
}

/**
 * The preferences of a profile. Until someone chooses, the language is the system's, the theme follows the system,
 * and the network is shown.
 */
export function openPreferences(profileFolder: string, systemLocale: string): PreferencesStore {
  return new PreferencesStore(join(profileFolder, 'preferences.json'), {
    locale: localeFromSystem(systemLocale),
    theme: 'system',
    screen: 'network',
  });
}

/** `he-IL`, `he` and the old code `iw` mean Hebrew; all else gets English. */
export function localeFromSystem(systemLocale: string): Locale {
  return /^(he|iw)\b/i.test(systemLocale) ? 'he' : 'en';
}
