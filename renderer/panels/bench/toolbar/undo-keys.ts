import { tinykeys } from 'tinykeys';

/**
 * Undo and redo by their keys, the physical ones, so that they work on a Hebrew layout too. Where text is typed, they are the text's.
 * @returns a function that stops listening.
 */
export function listenForUndo(
  window: Window,
  { undo, redo }: { readonly undo: () => void; readonly redo: () => void },
): () => void {
  function unlessTyping(action: () => void) {
    return (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTyped(event.target)) return;
      event.preventDefault();
      action();
    };
  }
  return tinykeys(window, {
    '$mod+KeyZ': unlessTyping(undo),
    '$mod+Shift+KeyZ': unlessTyping(redo),
    '$mod+KeyY': unlessTyping(redo),
  });
}

/** Whether the element has an undo of its own: what holds text, and a dialog, behind which nothing may change. */
function isTyped(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('textarea, dialog, [contenteditable], input:not([type=radio], [type=checkbox], [type=range])') !==
    null
  );
}
