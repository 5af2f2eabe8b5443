import { describe, expect, it } from 'vitest';
import { amount, duration } from './amount.mjs';

describe('an amount', () => {
  it('shows bytes as MB of MB', () => {
    expect(amount(12_300_000, 196_264_810, 'bytes')).toBe('12 of 196 MB');
  });

  it('never exceeds its total, which may be an estimate', () => {
    expect(amount(200_000_000, 196_264_810, 'bytes')).toBe('196 of 196 MB');
  });

  it('does without a total', () => {
    expect(amount(12_300_000, undefined, 'bytes')).toBe('12 MB');
  });

  it('counts other things as they are', () => {
    expect(amount(310, 640, 'packages')).toBe('310 of 640 packages');
  });
});

describe('a duration', () => {
  it('has a decimal only below ten seconds', () => {
    expect(duration(420)).toBe('0.4 s');
    expect(duration(9_960)).toBe('10 s');
  });

  it('is told in minutes from one minute on', () => {
    expect(duration(59_400)).toBe('59 s');
    expect(duration(65_000)).toBe('1 min 5 s');
  });
});
