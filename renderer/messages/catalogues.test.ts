import { describe, expect, it } from 'vitest';
import english from './en.json';
import hebrew from './he.json';

const catalogues: Record<string, Record<string, string>> = { english, hebrew };

function placeholders(sentence: string): string[] {
  return [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();
}

describe('the message catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(hebrew).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(Object.keys(catalogues))('leave nothing empty in %s', (name) => {
    for (const [key, sentence] of Object.entries(catalogues[name]!)) expect(sentence.trim(), key).not.toBe('');
  });

  it('fill the same places in both languages', () => {
    for (const [key, sentence] of Object.entries(english)) {
      expect(placeholders((hebrew as Record<string, string>)[key]!), key).toEqual(placeholders(sentence));
    }
  });

  it('are really translated: only names and formulas are the same in both', () => {
    const same = Object.entries(english).filter(
      ([key, sentence]) => (hebrew as Record<string, string>)[key] === sentence,
    );
    expect(same.map(([key]) => key).filter((key) => key !== '$schema')).toEqual([
      'activation_tanh',
      'activation_relu',
      'kernel_sobel_x',
      'kernel_sobel_y',
      'kernel_prewitt',
      'response_relu',
    ]);
  });
});
