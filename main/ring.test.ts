import { describe, expect, it } from 'vitest';
import { Ring } from './ring.ts';

const text = (ring: Ring): string => ring.drain().toString();

describe('a ring of 8 bytes', () => {
  it('keeps all while it fits', () => {
    const ring = new Ring(8);
    ring.push(Buffer.from('abc'));
    ring.push(Buffer.from('defgh'));
    expect(text(ring)).toBe('abcdefgh');
  });

  it('keeps the last 8 of more', () => {
    const ring = new Ring(8);
    ring.push(Buffer.from('abcdef'));
    ring.push(Buffer.from('ghij'));
    expect(text(ring)).toBe('cdefghij');
  });

  it('keeps the end of one chunk that is larger', () => {
    const ring = new Ring(8);
    ring.push(Buffer.from('0123456789abc'));
    expect(text(ring)).toBe('56789abc');
  });

  it('is empty after being drained', () => {
    const ring = new Ring(8);
    ring.push(Buffer.from('abc'));
    ring.drain();
    expect(text(ring)).toBe('');
  });
});
