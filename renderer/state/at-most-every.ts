/**
 * Calls `action` at once, then at most once every `millis`; calls in between are answered by one at the end of the time.
 * The result's `cancel` gives up a call that is waiting.
 */
export function atMostEvery(millis: number, action: () => void): (() => void) & { cancel(): void } {
  let lastAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function run(): void {
    timer = undefined;
    lastAt = performance.now();
    action();
  }
  function ask(): void {
    if (timer !== undefined) return;
    const wait = lastAt + millis - performance.now();
    if (wait <= 0) run();
    else timer = setTimeout(run, wait);
  }
  return Object.assign(ask, {
    cancel() {
      clearTimeout(timer);
      timer = undefined;
    },
  });
}
