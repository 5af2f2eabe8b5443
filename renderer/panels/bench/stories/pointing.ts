/**
 * Marks elements on the screen by their test ids, for a style to ring. Of a control that is hidden behind its label, the label.
 * @returns a function that takes the marks away.
 */
export function pointAt(testIds: readonly string[]): () => void {
  const elements = testIds
    .flatMap((id) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${CSS.escape(id)}"]`)])
    .map((element) => (element.matches('.visually-hidden') ? (element.closest('label') ?? element) : element));
  for (const element of elements) element.dataset['pointed'] = '';
  return () => {
    for (const element of elements) delete element.dataset['pointed'];
  };
}
