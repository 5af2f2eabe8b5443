import type { Bridge } from '../../shared/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload: the window's only way to main. */
    readonly convolens: Bridge;
  }
}

/** The functions main offers to this window. */
export function bridgeOf(window: Window): Bridge {
  return window.convolens;
}
