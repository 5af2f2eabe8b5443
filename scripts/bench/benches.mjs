/**
 * What a bench is told, and what it answers: figures for scripts, text for people.
 *
 * @typedef {{ only: string | undefined, rounds: number, seconds: number, minutes: number, say: (line: string) => void }} BenchOptions
 * @typedef {{ figures: object & { ok?: boolean }, text: string }} BenchResult `ok`: whether a promise is kept, where one is made
 * @typedef {{ run: (options: BenchOptions) => Promise<BenchResult> }} Bench
 */

/** @type {Record<string, { what: string, load: () => Promise<Bench> }>} */
export const benches = {
  train: {
    what: 'training speed beside the stock tfjs Layers API, Keras and PyTorch',
    load: () => import('./train.mjs'),
  },
  stream: { what: 'what watching costs, and how soon a click is handled', load: () => import('./stream.mjs') },
  blocked: { what: 'what a window that takes nothing for a minute costs', load: () => import('./blocked.mjs') },
  soak: { what: 'whether long training and watching grows', load: () => import('./soak.mjs') },
  scene: {
    what: 'how fast the network view follows a network and the camera, beside a mesh and a canvas texture a map',
    load: () => import('./scene.mjs'),
  },
  convolve: { what: 'how soon the bench shows a changed kernel', load: () => import('./convolve.mjs') },
};
