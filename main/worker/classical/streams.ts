/** What the rival's seed is used for: each use draws from a stream of its own, apart from those of a network's run. */
export const streams = { trainImages: 100, wordImages: 101, firstWords: 102 } as const;
