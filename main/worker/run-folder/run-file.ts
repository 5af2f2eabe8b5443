import * as v from 'valibot';
import { runSettingsSchema } from '../../../shared/contract.ts';
import { threadings } from '../../../shared/training/threading.ts';

/** Where everything is in a run's folder: docs/run-format.md describes it for readers. */
export const runFiles = {
  run: 'run.json',
  model: 'model.safetensors',
  history: 'history.jsonl',
  moments: 'moments',
} as const;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** null where a run has diverged: JSON has no infinity. */
const measure = v.nullable(v.number());

export const runFileSchema = v.object({
  format: v.literal('convolens-run'),
  version: v.literal(1),
  /** The version of the app that wrote it. */
  app: v.string(),
  /** When it was written last. */
  written: v.pipe(v.string(), v.isoTimestamp()),
  /** Those it ended with: what may change between steps may have changed. */
  settings: runSettingsSchema,
  /** Steps and epochs that the weights have behind them. */
  step: whole,
  epoch: v.pipe(v.number(), v.minValue(0)),
  /** Layers that did not learn at the end. */
  frozen: v.array(v.string()),
  /** Weights were written by hand: the settings alone do not give them. */
  edited: v.boolean(),
  dataset: v.object({
    trainImages: whole,
    testImages: whole,
    /** SHA-256 of the test images as the dataset gave them: for each its bytes (HWC), then its class (uint16, little-endian). */
    testSha256: v.string(),
  }),
  /** What computed: with other threads, or without oneDNN, the same settings give other bits. */
  device: v.object({
    device: v.picklist(['cpu', 'gpu']),
    library: v.string(),
    threads: whole,
    towers: whole,
    threading: v.picklist(threadings),
    oneDnn: v.boolean(),
    gpus: v.array(v.string()),
  }),
  /** How it ended; null while it is being trained, or where that did not come to an end. */
  finished: v.nullable(
    v.object({
      trainLoss: measure,
      testLoss: measure,
      testAccuracy: measure,
      top5Error: measure,
      imagesPerSecond: measure,
      weightsSha256: v.string(),
    }),
  ),
});
export type RunFile = v.InferOutput<typeof runFileSchema>;
