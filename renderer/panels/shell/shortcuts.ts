import { tinykeys } from 'tinykeys';
import { type Screen, screens } from '../../../shared/contract.ts';

export type ShortcutActions = {
  /** Of the network's screen. */
  readonly toggleTraining: () => void;
  readonly step: () => void;
  readonly shortcuts: () => void;
} & { readonly [Name in Screen as `screen-${Name}`]: () => void };

/**
 * Single keys that work wherever nothing is typed or operated, and a key for each screen that works everywhere. They go by physical key,
 * so they work on a Hebrew layout too.
 * @returns a function that stops listening.
 */
export function listenForShortcuts(window: Window, shown: () => Screen, actions: ShortcutActions): () => void {
  function unlessOperating(action: () => void) {
    return (event: KeyboardEvent): void => {
      if (event.repeat || event.defaultPrevented || operates(event.target)) return;
      event.preventDefault();
      action();
    };
  }
  /** Other screens have their own meaning for the key. */
  function onNetwork(action: () => void) {
    const act = unlessOperating(action);
    return (event: KeyboardEvent): void => {
      if (shown() === 'network') act(event);
    };
  }
  function always(action: () => void) {
    return (event: KeyboardEvent): void => {
      event.preventDefault();
      action();
    };
  }
  return tinykeys(window, {
    Space: onNetwork(actions.toggleTraining),
    KeyS: onNetwork(actions.step),
    F1: always(actions.shortcuts),
    'Shift+Slash': unlessOperating(actions.shortcuts),
    ...Object.fromEntries(
      screens.map((screen, index) => [`$mod+Digit${index + 1}`, always(actions[`screen-${screen}`])]),
    ),
  });
}

/** Whether the element makes something of a key itself: a button of Space, a field of a letter, a drawing pad of both. */
function operates(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input, select, textarea, button, a, summary, dialog, [contenteditable], [data-own-keys]') !== null
  );
}
