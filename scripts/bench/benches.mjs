/**
 * What a bench is told, and what it answers: figures for scripts, text for people.
 *
 * @typedef {{ only: string | undefined, rounds: number, seconds: number, say: (line: string) => void }} BenchOptions
 * @typedef {{ figures: object, text: string }} BenchResult
 * @typedef {{ run: (options: BenchOptions) => Promise<BenchResult> }} Bench
 */

/** @type {Record<string, { what: string, load: () => Promise<Bench> }>} */
export const benches = {
  train: {
    what: 'training speed beside the stock tfjs Layers API, Keras and PyTorch',
    load: () => import('./train.mjs'),
  },
  stream: { what: 'what watching costs, and how soon a click is handled', load: () => import('./stream.mjs') },
  convolve: { what: 'how soon the bench shows a changed kernel', load: () => import('./convolve.mjs') },
};
