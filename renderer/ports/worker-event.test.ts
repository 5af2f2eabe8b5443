import { describe, expect, it } from 'vitest';
import { parseWorkerEvent } from './worker-event.ts';

describe('what comes through the worker’s port', () => {
  it('passes a frame without copying its bytes', () => {
    const frame = { type: 'frame', step: 3, bytes: new Uint8Array(8) };
    expect(parseWorkerEvent(frame)).toBe(frame);
  });

  it('passes a well-formed event', () => {
    const event = { type: 'phase', phase: 'training' };
    expect(parseWorkerEvent(event)).toEqual(event);
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
