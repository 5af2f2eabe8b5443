import * as v from 'valibot';
import { voteKinds } from './votes.ts';

export const featureKinds = ['hog', 'lbp', 'hog+lbp'] as const;
export const encodings = ['grid', 'words'] as const;
export const assignments = ['triangle', 'hard'] as const;
export const svmKinds = ['linear', 'rbf'] as const;

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(1e6));

/** All that decides the classical rival, beside its dataset: the same settings give the same answers. */
export const classicalSettingsSchema = v.object({
  features: v.picklist(featureKinds),
  /** Bins of unsigned orientation. */
  orientations: whole(2, 36),
  /** Side of HOG's cells, in pixels. */
  cell: whole(2, 64),
  /** Side of HOG's blocks, in cells. */
  block: whole(1, 4),
  votes: v.picklist(voteKinds),
  /** Side of the cells in which patterns are counted, in pixels. */
  lbpCell: whole(2, 64),
  /** `grid`: blocks where they are. `words`: HOG's blocks as words, counted in the image's four quarters. */
  encoding: v.picklist(encodings),
  words: whole(2, 4096),
  /** Pixels from one word to the next. */
  step: whole(1, 64),
  /** `hard`: a block counts for the nearest word. `triangle`: for all that are nearer than on average (Coates, Lee and Ng, 2011). */
  assignment: v.picklist(assignments),
  svm: v.picklist(svmKinds),
  /** The price of an image on the wrong side. */
  c: positive,
  /** Of the RBF kernel exp(−γ ‖x − y‖²), of features that are scaled to a length of about one. */
  gamma: positive,
  /** Side that images of one's own are made. */
  side: whole(16, 112),
  seed: whole(0, 2 ** 31 - 1),
  /** How many training images are taken, drawn by the seed; null for all. */
  trainImages: v.nullable(whole(2, 2 ** 31 - 1)),
});
export type ClassicalSettings = v.InferOutput<typeof classicalSettingsSchema>;

export const classicalDefaults: ClassicalSettings = {
  features: 'hog',
  orientations: 9,
  cell: 4,
  block: 2,
  votes: 'soft',
  lbpCell: 8,
  encoding: 'grid',
  words: 256,
  step: 2,
  assignment: 'triangle',
  svm: 'linear',
  c: 1,
  gamma: 1,
  side: 32,
  seed: 7,
  trainImages: null,
};
