import { untrack } from 'svelte';

/** Acts now, and again whenever what `causes` reads has changed; what the act itself reads does not count. */
export function onChange(causes: () => unknown, act: () => void): void {
  $effect(() => {
    causes();
    untrack(act);
  });
}
