import { createContext } from 'svelte';
import type { Bench } from './bench.svelte.ts';

/** The bench, for every component under App. */
export const [useBench, provideBench] = createContext<Bench>();
