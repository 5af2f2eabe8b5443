import type { Place } from './focus.svelte.ts';

/** What the dock under the stage can show, in the order of its tabs. */
export const dockTabs = ['pooling', 'inspector', 'time-machine'] as const;
export type DockTab = (typeof dockTabs)[number];

/** The dock under the stage: which of its tabs is shown, and how tall it is; for the session. */
export class Dock {
  tab = $state<DockTab>('pooling');
  /** It takes more of the stage. */
  isTall = $state(false);
  /** Something was chosen for the inspector while the user is busy in the time machine: a dot on its tab. */
  hasNews = $state(false);

  open(tab: DockTab): void {
    this.tab = tab;
    if (tab === 'inspector') this.hasNews = false;
  }

  /** The focus has moved: whoever chose something wants to see it, unless he is in the time machine. */
  focusMoved(place: Place): void {
    if (place.kind === 'network' || this.tab === 'inspector') return;
    if (this.tab === 'time-machine') this.hasNews = true;
    else this.open('inspector');
  }

  /** Another network: nothing is chosen. */
  forget(): void {
    this.hasNews = false;
  }
}
