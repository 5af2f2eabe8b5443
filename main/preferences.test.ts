import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { localeFromSystem, openPreferences } from './preferences.ts';

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'convolens-profile-'));
});
afterEach(() => rmSync(profile, { recursive: true }));

describe('preferences', () => {
  it('start with the language of the system and its theme', () => {
    expect(openPreferences(profile, 'he-IL').current).toEqual({ locale: 'he', theme: 'system', screen: 'network' });
    expect(openPreferences(profile, 'fr-FR').current).toEqual({ locale: 'en', theme: 'system', screen: 'network' });
  });

  it('are the same after a restart', () => {
    openPreferences(profile, 'en-US').save({ locale: 'he', theme: 'dark', screen: 'bench' });
    expect(openPreferences(profile, 'en-US').current).toEqual({ locale: 'he', theme: 'dark', screen: 'bench' });
  });

  it.each(['', '{', '[]', '{"locale":"xx","theme":"dark"}', '{"locale":"he"}'])(
    'fall back to the defaults when the file holds %j',
    (text) => {
      writeFileSync(join(profile, 'preferences.json'), text);
      expect(openPreferences(profile, 'en-US').current).toEqual({ locale: 'en', theme: 'system', screen: 'network' });
    },
  );

  it.each(['', ',"screen":"duel"'])('show the network when the file is of another version (%j)', (rest) => {
    writeFileSync(join(profile, 'preferences.json'), `{"locale":"he","theme":"dark"${rest}}`);
    expect(openPreferences(profile, 'en-US').current).toEqual({ locale: 'he', theme: 'dark', screen: 'network' });
  });

  it('leave one whole file and no other behind', () => {
    const store = openPreferences(profile, 'en-US');
    store.save({ locale: 'he', theme: 'light', screen: 'network' });
    store.save({ locale: 'en', theme: 'dark', screen: 'bench' });
    expect(readdirSync(profile)).toEqual(['preferences.json']);
    expect(JSON.parse(readFileSync(join(profile, 'preferences.json'), 'utf8'))).toEqual({
      locale: 'en',
      theme: 'dark',
      screen: 'bench',
    });
  });

  it('hold for this run when they cannot be written', () => {
    writeFileSync(join(profile, 'file'), '');
    const store = openPreferences(join(profile, 'file'), 'en-US');
    store.save({ locale: 'he', theme: 'dark', screen: 'bench' });
    expect(store.current).toEqual({ locale: 'he', theme: 'dark', screen: 'bench' });
  });

  it('tell their watcher at once and at each change', () => {
    const store = openPreferences(profile, 'en-US');
    const watcher = vi.fn();
    store.watch(watcher);
    store.save({ locale: 'he', theme: 'system', screen: 'network' });
    expect(watcher.mock.calls).toEqual([
      [{ locale: 'en', theme: 'system', screen: 'network' }],
      [{ locale: 'he', theme: 'system', screen: 'network' }],
    ]);
  });
});

describe('the system locale', () => {
  it.each(['he', 'he-IL', 'iw', 'iw-IL'])('%s means Hebrew', (locale) => expect(localeFromSystem(locale)).toBe('he'));
  it.each(['en-US', 'de', 'hex', ''])('%j means English', (locale) => expect(localeFromSystem(locale)).toBe('en'));
});
