import { describe, expect, it } from 'vitest';
import { wholeView } from '../../shared/frame/view.ts';
import { parseWorkerEvent } from './worker-event.ts';

describe('what comes through the worker’s port', () => {
  it('passes a frame without copying its bytes', () => {
    const frame = { type: 'frame', step: 3, bytes: new Uint8Array(8), view: wholeView };
    expect(parseWorkerEvent(frame)).toBe(frame);
  });

  it('passes a well-formed event', () => {
    const event = { type: 'phase', phase: 'training' };
    expect(parseWorkerEvent(event)).toEqual(event);
  });

  it('passes weights and pixels without copying them', () => {
    const kernels = {
      type: 'kernels',
      request: 1,
      layer: 'C1',
      step: 3,
      shape: [1, 1, 1, 2],
      values: Float32Array.of(0.5, -1),
    };
    expect(parseWorkerEvent(kernels)).toEqual(kernels);
    expect(parseWorkerEvent(kernels)).toHaveProperty('values', kernels.values);
    const image = {
      type: 'test-image',
      request: 2,
      index: 0,
      shape: [1, 2, 1],
      pixels: Uint8Array.of(0, 255),
      label: 7,
      className: null,
      count: 10,
    };
    expect(parseWorkerEvent(image)).toEqual(image);
  });

  it('takes no weights that are fewer than their shape says', () => {
    const kernels = {
      type: 'kernels',
      request: 1,
      layer: 'C1',
      step: 3,
      shape: [2, 2, 1, 2],
      values: new Float32Array(7),
    };
    expect(parseWorkerEvent(kernels)).toMatch(/^Not a worker event: the message: Kernels have/);
  });

  it('lets a loss that overflowed through, so that it can be shown', () => {
    const event = {
      type: 'evaluated',
      step: 1,
      epoch: 1,
      testLoss: Number.NaN,
      testAccuracy: 0.1,
      top5Error: 0.5,
      testImages: 10_000,
    };
    expect(parseWorkerEvent(event)).toEqual(event);
  });

  it.each([null, 'phase', {}, { type: 'phase', phase: 'flying' }, { type: 'frame', step: 1, bytes: [1, 2] }])(
    'answers %j with a sentence',
    (data) => {
      expect(parseWorkerEvent(data)).toMatch(/^Not a worker event: /);
    },
  );
});
