/** What the rival is at, and how much of that is done, from 0 to 1. */
export type Progress = { readonly stage: Stage; readonly share: number };
export type Stage = 'words' | 'features' | 'training' | 'testing';

/** Runs a generator to its end, saying how far it is, and lets other work in between: on `signal` it is left where it stands. */
export async function finished<T>(
  work: Generator<Progress, T>,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<T> {
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = work.next();
      if (done) return value;
      onProgress(value);
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    // Whoever waits in the generator gives its tensors back.
    work.return(undefined as never);
  }
}
