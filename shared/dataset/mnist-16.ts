/**
 * MNIST in the place of the zip codes of 1989, as Karpathy (2022) makes it in lecun1989-repro: 7,291 digits of the training set and
 * 2,007 of the test set, drawn at random, made 16×16 by bilinear sampling without smoothing (`F.interpolate`'s own).
 *
 * His draw is NumPy's generator with seed 1337; ours is the shuffle of shared/random with the same seed, so other digits are drawn. Bytes are kept, so
 * values are rounded to 1/255.
 */
export const mnist16 = { side: 16, seed: 1337, train: 7291, test: 2007 } as const;
