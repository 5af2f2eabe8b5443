import * as v from 'valibot';
import {
  frameViewSchema,
  refusalCodes,
  runSettingsSchema,
  watchedImageSchema,
  type WorkerEvent,
} from '../../shared/contract.ts';
import { mapViews } from '../../shared/frame/view.ts';
import { sizeOf } from '../../shared/tensor/shape.ts';
import { threadings } from '../../shared/training/threading.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const seconds = v.pipe(v.number(), v.minValue(0));
/** A loss may overflow: then the window says so, so NaN and ∞ pass. */
const loss = v.union([v.number(), v.nan()]);

const shape = v.array(v.pipe(count, v.minValue(1)));
const momentSchema = v.object({
  id: count,
  step: count,
  loss: v.nullable(loss),
  accuracy: v.nullable(share),
  testAccuracy: v.nullable(share),
  image: v.variant('source', [
    v.object({ source: v.literal('test'), index: count }),
    v.object({ source: v.picklist(['drawn', 'several', 'class']) }),
  ]),
});

const eventSchema = v.variant('type', [
  v.object({
    type: v.literal('device'),
    device: v.object({
      device: v.picklist(['cpu', 'gpu']),
      library: v.string(),
      threads: count,
      towers: count,
      threading: v.picklist(threadings),
      oneDnn: v.boolean(),
      gpus: v.array(v.string()),
    }),
  }),
  v.object({
    type: v.literal('configured'),
    settings: runSettingsSchema,
    trainImages: count,
    testImages: count,
    stepsPerEpoch: v.pipe(count, v.minValue(1)),
    skipped: v.array(v.object({ file: v.string(), reason: v.string() })),
  }),
  v.object({
    type: v.literal('phase'),
    phase: v.picklist(['empty', 'preparing', 'ready', 'training', 'paused', 'finished']),
  }),
  v.object({
    type: v.literal('stepped'),
    step: count,
    loss,
    accuracy: share,
    imagesPerSecond: v.number(),
    epoch: count,
    secondsLeftInEpoch: seconds,
    secondsLeft: seconds,
  }),
  v.object({
    type: v.literal('evaluated'),
    step: count,
    epoch: count,
    testLoss: loss,
    testAccuracy: share,
    top5Error: share,
    testImages: count,
  }),
  v.object({
    type: v.literal('finished'),
    step: count,
    trainLoss: loss,
    testLoss: loss,
    testAccuracy: share,
    top5Error: share,
    imagesPerSecond: v.number(),
    weightsSha256: v.string(),
  }),
  v.object({
    type: v.literal('statistics'),
    step: count,
    layers: v.array(
      v.object({
        layer: v.string(),
        mean: loss,
        variance: loss,
        dead: v.nullable(share),
        weights: v.array(v.object({ name: v.string(), norm: loss, gradientNorm: loss, updateRatio: loss })),
      }),
    ),
  }),
  v.object({ type: v.literal('watched'), image: watchedImageSchema, label: v.nullable(count) }),
  v.object({
    type: v.literal('moments'),
    added: v.array(momentSchema),
    dropped: v.array(count),
    bytes: count,
    budget: count,
    trouble: v.nullable(v.string()),
  }),
  v.pipe(
    v.object({
      type: v.literal('activations'),
      request: count,
      layer: v.string(),
      of: v.picklist(mapViews),
      step: count,
      shape,
      values: v.instance(Float32Array),
    }),
    v.check(({ shape, values }) => values.length === sizeOf(shape), 'There are as many numbers as the shape says'),
  ),
  v.object({
    type: v.literal('weights'),
    request: count,
    layer: v.string(),
    unit: v.nullable(count),
    step: count,
    tensors: v.array(
      v.pipe(
        v.object({ name: v.string(), shape, values: v.instance(Float32Array) }),
        v.check(({ shape, values }) => values.length === sizeOf(shape), 'There are as many numbers as the shape says'),
      ),
    ),
  }),
  v.object({
    type: v.literal('scored'),
    request: count,
    step: count,
    testLoss: loss,
    testAccuracy: share,
    top5Error: share,
    testImages: count,
  }),
  v.object({ type: v.literal('moment'), request: count, moment: momentSchema, bytes: v.instance(Uint8Array) }),
  v.object({
    type: v.literal('history'),
    request: count,
    layer: v.string(),
    part: v.picklist(['maps', 'kernels']),
    moments: v.array(momentSchema),
    bytes: v.instance(Uint8Array),
  }),
  v.pipe(
    v.object({
      type: v.literal('kernels'),
      request: count,
      layer: v.string(),
      step: count,
      shape,
      values: v.instance(Float32Array),
    }),
    v.check(({ shape, values }) => values.length === sizeOf(shape), 'Kernels have as many weights as their shape says'),
  ),
  v.object({
    type: v.literal('kernel-written'),
    request: count,
    layer: v.string(),
    filter: count,
    channel: v.nullable(count),
    step: count,
  }),
  v.pipe(
    v.object({
      type: v.literal('test-image'),
      request: count,
      index: count,
      shape,
      pixels: v.instance(Uint8Array),
      label: count,
      className: v.nullable(v.string()),
      count,
    }),
    v.check(({ shape, pixels }) => pixels.length === sizeOf(shape), 'An image has as many bytes as its shape says'),
  ),
  v.object({ type: v.literal('refused'), request: count, code: v.picklist(refusalCodes), message: v.string() }),
  v.object({
    type: v.literal('failed'),
    code: v.picklist([
      'dataset-missing',
      'dataset-corrupt',
      'network-invalid',
      'device-unavailable',
      'command-invalid',
      'native',
    ]),
    message: v.string(),
    subject: v.string(),
  }),
]);

/**
 * Checks what came through the port. Frames are hot and are looked at by hand; all else goes through the schema.
 * @returns the event, or a sentence that says why it is none.
 */
export function parseWorkerEvent(data: unknown): WorkerEvent | string {
  if (isFrame(data)) return data;
  const result = v.safeParse(eventSchema, data);
  if (result.success) return result.output;
  const [issue] = result.issues;
  return `Not a worker event: ${v.getDotPath(issue) ?? 'the message'}: ${issue.message}`;
}

function isFrame(data: unknown): data is Extract<WorkerEvent, { type: 'frame' }> {
  if (typeof data !== 'object' || data === null) return false;
  const { type, step, bytes, view } = data as Record<string, unknown>;
  return type === 'frame' && typeof step === 'number' && bytes instanceof Uint8Array && v.is(frameViewSchema, view);
}
