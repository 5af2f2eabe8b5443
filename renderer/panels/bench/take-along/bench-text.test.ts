import { describe, expect, it } from 'vitest';
import { benchTextFromSaved, isBenchText, savedFromBenchText } from './bench-text.ts';

const saved = JSON.stringify({
  format: 'convolens-bench',
  name: 'קצוות, בתלת־ממד 🙂',
  list: Array.from({ length: 500 }, (_, i) => i),
});

describe('a bench as text', () => {
  it('is one line of letters that mails and addresses leave alone', async () => {
    expect(await benchTextFromSaved(saved)).toMatch(/^convolens-bench:1:[\w-]+$/);
  });

  it('is smaller than what it holds', async () => {
    expect((await benchTextFromSaved(saved)).length).toBeLessThan(saved.length);
  });

  it('gives back what it was made of', async () => {
    expect(await savedFromBenchText(await benchTextFromSaved(saved))).toEqual({ saved });
  });

  it('survives the line breaks and spaces of a mail', async () => {
    const text = await benchTextFromSaved(saved);
    const broken = `\n  ${text.replace(/.{60}/g, '$&\r\n  ')}\n`;
    expect(isBenchText(broken)).toBe(true);
    expect(await savedFromBenchText(broken)).toEqual({ saved });
  });

  it('is damaged when cut off, wherever that is', async () => {
    const text = await benchTextFromSaved(saved);
    for (let end = 16; end < text.length - 1; end += 13) {
      expect(await savedFromBenchText(text.slice(0, end)), String(end)).toEqual({ problem: 'damaged' });
    }
  });

  it('is damaged when any of its letters is another', async () => {
    const text = await benchTextFromSaved(saved);
    for (let at = 18; at < text.length - 1; at += 7) {
      const other = `${text.slice(0, at)}${text[at] === 'k' ? 'j' : 'k'}${text.slice(at + 1)}`;
      expect(await savedFromBenchText(other), String(at)).toEqual({ problem: 'damaged' });
    }
    expect(await savedFromBenchText(`${text.slice(0, 60)}#${text.slice(61)}`)).toEqual({ problem: 'damaged' });
  });

  it('may be of a newer version', async () => {
    expect(await savedFromBenchText('convolens-bench:2:anything at all')).toEqual({ problem: 'newer' });
  });

  it('is not inflated beyond what a bench can be', async () => {
    const bomb = await benchTextFromSaved('0'.repeat(64 * 2 ** 20));
    expect(bomb.length).toBeLessThan(150_000);
    expect(await savedFromBenchText(bomb)).toEqual({ problem: 'too-long' });
  });

  it('is told from other texts', () => {
    expect(isBenchText('{"format":"convolens-bench"}')).toBe(false);
    expect(isBenchText('hello')).toBe(false);
    expect(isBenchText('')).toBe(false);
  });
});
