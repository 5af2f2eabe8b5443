import type { Bridge, Locale, Preferences, Screen, Theme } from '../../shared/contract.ts';
import { locales } from '../../shared/contract.ts';

/** Language, theme and screen; kept by main, so that the next start opens in them. */
export class PreferencesState {
  locale = $state<Locale>('en');
  theme = $state<Theme>('system');
  screen = $state<Screen>('network');
  readonly direction = $derived<'ltr' | 'rtl'>(this.locale === 'he' ? 'rtl' : 'ltr');
  readonly #bridge: Pick<Bridge, 'savePreferences'>;

  constructor(bridge: Pick<Bridge, 'savePreferences'>, { locale, theme, screen }: Preferences) {
    this.#bridge = bridge;
    this.locale = locale;
    this.theme = theme;
    this.screen = screen;
  }

  setLocale(locale: Locale): void {
    this.locale = locale;
    this.#save();
  }

  nextLocale(): void {
    this.setLocale(locales[(locales.indexOf(this.locale) + 1) % locales.length]!);
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.#save();
  }

  setScreen(screen: Screen): void {
    if (screen === this.screen) return;
    this.screen = screen;
    this.#save();
  }

  #save(): void {
    this.#bridge
      .savePreferences({ locale: this.locale, theme: this.theme, screen: this.screen })
      .catch((error: unknown) => console.warn('The preferences could not be saved:', error));
  }
}
