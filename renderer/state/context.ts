import { createContext } from 'svelte';
import type { Lab } from './lab.svelte.ts';

/** The lab, for every component under App. */
export const [useLab, provideLab] = createContext<Lab>();
