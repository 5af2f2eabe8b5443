import { describe, expect, it } from 'vitest';
import { fileNameFromSuggestion } from './file-name.ts';

describe('a file name from a suggestion', () => {
  it.each([
    ['Sobel x.png', 'Sobel x.png'],
    ['Sobel x', 'Sobel x.png'],
    ['Sobel x.PNG', 'Sobel x.png'],
    ['איגום מרבי מול ממוצע.png', 'איגום מרבי מול ממוצע.png'],
    ['3×3 → 2×2.png', '3×3 → 2×2.png'],
    ['v1.2.png', 'v1.2.png'],
  ])('keeps what any disk can hold: %j', (suggested, name) => {
    expect(fileNameFromSuggestion(suggested, 'png')).toBe(name);
  });

  it.each([
    ['../../etc/passwd', '-..-etc-passwd.png'],
    ['C:\\Windows\\win.ini', 'C--Windows-win.ini.png'],
    ['a/b.png', 'a-b.png'],
    ['a<b>|c?*".png', 'a-b--c---.png'],
  ])('holds no path: %j', (suggested, name) => {
    expect(fileNameFromSuggestion(suggested, 'png')).toBe(name);
  });

  it('holds no control characters, line ends or marks that turn the direction of what follows', () => {
    expect(fileNameFromSuggestion('a\0b\r\n\tc\u007fd\u0085e', 'png')).toBe('abcde.png');
    // Shown, the end of this name would read "exe.png" backwards.
    expect(fileNameFromSuggestion('photo\u202Egnp.exe', 'png')).toBe('photognp.exe.png');
    expect(fileNameFromSuggestion('a\u2066b\u2069\u200Fc\uFEFF', 'png')).toBe('abc.png');
    expect(fileNameFromSuggestion('half\uD800 pair', 'png')).toBe('half pair.png');
  });

  it.each(['CON', 'nul', 'Com1', 'LPT9', 'aux.figure', 'COM¹', 'CONIN$', 'con .x'])(
    'is no device of Windows: %j',
    (name) => {
      expect(fileNameFromSuggestion(name, 'png')).toBe(`_${name}.png`);
    },
  );

  it.each(['console', 'com10', 'null', 'lpt'])('leaves alone what is none: %j', (name) => {
    expect(fileNameFromSuggestion(name, 'png')).toBe(`${name}.png`);
  });

  it('never hides and never ends in a dot or a space', () => {
    expect(fileNameFromSuggestion('.bashrc', 'png')).toBe('bashrc.png');
    expect(fileNameFromSuggestion(' . . a . . ', 'png')).toBe('a.png');
  });

  it.each(['', '.', '..', '   ', '.png', '\u200F'])('is the app’s own when nothing is left of %j', (suggested) => {
    expect(fileNameFromSuggestion(suggested, 'png')).toBe('convolens.png');
  });

  it('is at most 240 bytes long and ends in a whole character', () => {
    const name = fileNameFromSuggestion('א'.repeat(200), 'convolens-bench.json');
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(240);
    expect(name).toMatch(/^א+\.convolens-bench\.json$/);
    expect(fileNameFromSuggestion('🙂'.repeat(200), 'png')).toMatch(/^(🙂)+\.png$/u);
  });
});
