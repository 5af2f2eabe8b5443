/** The words that do not fit into what holds them, and the boxes that do not fit into the window. Runs in the page. */
export function cutOff(): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('#app *')) {
    // What only screen readers see, what is in the scene, and what is hidden on purpose, in this size or until it is asked for.
    if (element.matches('.visually-hidden, .visually-hidden *, .labels *')) continue;
    if (element.getClientRects().length === 0) continue;
    const words = element.textContent.trim();
    const { left, right } = element.getBoundingClientRect();
    if (left < -1 || right > innerWidth + 1) found.push(`outside: ${words}`);
    const hides = getComputedStyle(element).overflowX !== 'visible';
    if (hides && words && element.scrollWidth > element.clientWidth + 1) found.push(`cut off: ${words}`);
  }
  return found;
}
