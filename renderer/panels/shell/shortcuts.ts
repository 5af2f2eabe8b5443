import { tinykeys } from 'tinykeys';

export type ShortcutActions = {
  readonly toggleTraining: () => void;
  readonly step: () => void;
  readonly shortcuts: () => void;
};

/**
 * Single keys that work wherever nothing is typed or operated. They go by physical key, so they work on a Hebrew layout too.
 * @returns a function that stops listening.
 */
export function listenForShortcuts(window: Window, actions: ShortcutActions): () => void {
  function unlessOperating(action: () => void) {
    return (event: KeyboardEvent): void => {
      if (event.repeat || event.defaultPrevented || operates(event.target)) return;
      event.preventDefault();
      action();
    };
  }
  function always(action: () => void) {
    return (event: KeyboardEvent): void => {
      event.preventDefault();
      action();
    };
  }
  return tinykeys(window, {
    Space: unlessOperating(actions.toggleTraining),
    KeyS: unlessOperating(actions.step),
    F1: always(actions.shortcuts),
    'Shift+Slash': unlessOperating(actions.shortcuts),
  });
}

/** Whether the element makes something of a key itself: a button of Space, a field of a letter, a drawing pad of both. */
function operates(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input, select, textarea, button, a, summary, dialog, [contenteditable], [data-own-keys]') !== null
  );
}
