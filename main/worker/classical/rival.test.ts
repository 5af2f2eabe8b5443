import { afterEach, describe, expect, it } from 'vitest';
import { rank } from '../../../shared/classical/ranking.ts';
import { classicalDefaults, type ClassicalSettings } from '../../../shared/classical/settings.ts';
import { run } from '../../../shared/classical/testing/run.ts';
import { Dice } from '../../../shared/random/testing/dice.ts';
import type { LabelledImages } from '../dataset/dataset.ts';
import { tf } from '../graph/testing/run-graph.ts';
import { finished, type Progress } from './progress.ts';
import { Rival } from './rival.ts';

const side = 16;
/** Bright bars in noise, at six angles a sixth of a half turn apart: a class each. */
const classes = ['0°', '30°', '60°', '90°', '120°', '150°'];

function bars(count: number, seed: number): LabelledImages {
  const dice = new Dice(seed);
  const labels = Uint8Array.from({ length: count }, () => dice.whole(0, classes.length - 1));
  const pixels = new Uint8Array(count * side * side);
  labels.forEach((label, image) => {
    const angle = ((label * 30 + dice.whole(-7, 7)) * Math.PI) / 180;
    const [x0, y0] = [dice.whole(6, 9), dice.whole(6, 9)];
    for (let i = 0; i < side * side; i++) {
      const away = (i % side) - x0;
      const down = Math.floor(i / side) - y0;
      const distance = Math.abs(down * Math.cos(angle) - away * Math.sin(angle));
      pixels[image * side * side + i] = Math.max(0, 200 - 90 * distance) + dice.whole(0, 40);
    }
  });
  return { count, shape: [side, side, 1], pixels, labels };
}

const [train, test] = [bars(240, 1), bars(120, 2)];
const tensorsBefore = tf.memory().numTensors;
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore));

function scoresWith(change: Partial<ClassicalSettings>): Float32Array {
  const rival = run(Rival.train(tf, { train, classes }, { ...classicalDefaults, words: 24, ...change }));
  const scores = run(rival.score(test));
  rival.dispose();
  return scores;
}

describe('the classical rival', () => {
  it.each<[string, Partial<ClassicalSettings>, number]>([
    ['HOG', {}, 0.97],
    ['HOG with hard votes', { votes: 'hard' }, 0.95],
    ['local binary patterns', { features: 'lbp' }, 0.6],
    ['both', { features: 'hog+lbp' }, 0.97],
    ['words, shared among the near', { encoding: 'words' }, 0.93],
    ['words, the nearest only, beside patterns', { encoding: 'words', features: 'hog+lbp', assignment: 'hard' }, 0.85],
    ['one against one with an RBF kernel', { svm: 'rbf', c: 10 }, 0.97],
  ])('tells bars at six angles apart by %s', (_name, change, least) => {
    const { first, five } = rank(scoresWith(change), test.labels, classes.length);
    expect(first / test.count).toBeGreaterThan(least);
    expect(five).toBeGreaterThanOrEqual(first);
  });

  it.each<[string, Partial<ClassicalSettings>]>([
    ['linear', { trainImages: 60 }],
    ['with words', { trainImages: 60, encoding: 'words' }],
    ['with an RBF kernel', { trainImages: 60, svm: 'rbf' }],
  ])('gives the same answers for the same seed, and others for another: %s', (_name, change) => {
    const scores = scoresWith(change);
    expect(scoresWith(change)).toEqual(scores);
    expect(scoresWith({ ...change, seed: 8 })).not.toEqual(scores);
  });

  it('learns from fewer images, even if a class has none', () => {
    for (const svm of ['linear', 'rbf'] as const) {
      const scores = scoresWith({ trainImages: 4, svm });
      expect(scores.every(Number.isFinite)).toBe(true);
      expect(rank(scores, test.labels, classes.length).first / test.count).toBeGreaterThan(1 / 6);
    }
  });

  it('says how far it is, a stage after the other', async () => {
    const said: Progress[] = [];
    const work = Rival.train(tf, { train, classes }, { ...classicalDefaults, encoding: 'words', words: 24 });
    const rival = await finished(work, (progress) => said.push(progress));
    await finished(rival.score(test), (progress) => said.push(progress));
    rival.dispose();
    expect([...new Set(said.map(({ stage }) => stage))]).toEqual(['words', 'features', 'training', 'testing']);
    expect(said.every(({ share }) => share >= 0 && share <= 1)).toBe(true);
    expect(rival.seconds.features).toBeGreaterThan(0);
    expect(rival.seconds.training).toBeGreaterThan(0);
  });

  it.each(['words', 'features', 'training'] as const)(
    'can be ended while it is at %s, and leaves nothing',
    async (at) => {
      for (const svm of ['linear', 'rbf'] as const) {
        const ended = new AbortController();
        const work = Rival.train(tf, { train, classes }, { ...classicalDefaults, encoding: 'words', words: 24, svm });
        const training = finished(work, ({ stage }) => stage === at && ended.abort(), ended.signal);
        await expect(training).rejects.toThrow('aborted');
      }
    },
  );
});

describe('the classical rival refuses', () => {
  const refusal = (change: Partial<ClassicalSettings>, usable?: number) => () =>
    run(Rival.train(tf, { train, classes }, { ...classicalDefaults, ...change }, usable));

  it('blocks that do not fit', () => {
    expect(refusal({ cell: 12 })).toThrow('A block of 2×2 cells of 12 pixels does not fit into 16×16 pixels');
  });
  it('words of patterns', () => {
    expect(refusal({ encoding: 'words', features: 'lbp' })).toThrow('choose the features hog or hog+lbp');
  });
  it('features that do not fit into memory', () => {
    expect(refusal({}, 100_000)).toThrow(
      /The features of 240 images, 324 numbers each, would take .* GB of memory, and there are .*: take larger cells/,
    );
  });
  it('a kernel that does not fit into memory', () => {
    expect(refusal({ features: 'lbp', lbpCell: 16, svm: 'rbf' }, 120_000)).toThrow(
      /The kernel of two classes with \d+ images would take/,
    );
  });
});
