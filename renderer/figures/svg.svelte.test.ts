import { describe, expect, it } from 'vitest';
import type { Figure, FigureItem, Raster } from './figure.ts';
import { enlarged, svgFromFigure } from './svg.ts';

/** Stands for PNG: size and pixels as they are. */
const encode = ({ height, width, pixels }: Raster): Promise<Uint8Array> => {
  const bytes = new Uint8Array(4 + pixels.length);
  bytes.set([height >> 8, height, width >> 8, width]);
  bytes.set(pixels, 4);
  return Promise.resolve(bytes);
};

const font = { family: 'words', size: 12, weight: 600 } as const;
const text = (words: string, more: Partial<Extract<FigureItem, { kind: 'text' }>> = {}): FigureItem => ({
  kind: 'text',
  text: words,
  font,
  colour: '#000000',
  x: 10,
  y: 20,
  align: 'left',
  direction: 'ltr',
  ...more,
});

function figureOf(...items: FigureItem[]): Figure {
  return { width: 100, height: 50, title: 'A title', description: 'A caption', language: 'en', items };
}

/** The file as an XML parser sees it; a broken one fails. */
async function parsed(figure: Figure): Promise<Document> {
  const document = new DOMParser().parseFromString(await svgFromFigure(figure, encode), 'image/svg+xml');
  expect(document.querySelector('parsererror')).toBeNull();
  expect(document.documentElement.tagName).toBe('svg');
  return document;
}

/** Red, green, blue and white. */
const raster: Raster = {
  height: 2,
  width: 2,
  pixels: Uint8ClampedArray.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255),
};

describe('an SVG figure', () => {
  it('has its size, its title and its caption', async () => {
    const svg = (await parsed(figureOf())).documentElement;
    expect(svg.getAttribute('viewBox')).toBe('0 0 100 50');
    expect(svg.querySelector('title')?.textContent).toBe('A title');
    expect(svg.querySelector('desc')?.textContent).toBe('A caption');
  });

  it.each([
    'a < b && c > d',
    '"quoted" and \'quoted\'',
    ']]></text><script>alert(1)</script>',
    '&amp; &#0; &nosuch;',
    'קצוות: ‎3×3‎ − ½ 🙂',
  ])('holds any text as it is: %s', async (words) => {
    const document = await parsed(figureOf(text(words)));
    expect(document.querySelector('text')?.textContent).toBe(words);
    expect(document.querySelector('script')).toBeNull();
  });

  it('leaves out characters that no XML file can hold', async () => {
    const document = await parsed(figureOf(text('a\0b\u0007c\uD800d\uFFFEe\u000Bf')));
    expect(document.querySelector('text')?.textContent).toBe('abcdef');
  });

  it('escapes texts in attributes, too', async () => {
    const document = await parsed({ ...figureOf(text('a', { colour: '"><script>' })), language: '"&<' });
    expect(document.querySelector('text')?.getAttribute('fill')).toBe('"><script>');
  });

  it.each([
    ['left', 'ltr', 'start'],
    ['right', 'ltr', 'end'],
    ['left', 'rtl', 'end'],
    ['right', 'rtl', 'start'],
    ['middle', 'rtl', 'middle'],
  ] as const)('anchors what is %s-aligned and %s at its %s', async (align, direction, anchor) => {
    const drawn = (await parsed(figureOf(text('a', { align, direction })))).querySelector('text');
    expect(drawn?.getAttribute('text-anchor')).toBe(anchor);
    expect(drawn?.getAttribute('direction')).toBe(direction);
  });

  it('carries its pictures along, each cell in its own colour and with sharp edges', async () => {
    const place = { x: 1, y: 2, width: 30, height: 30 };
    const document = await parsed(figureOf({ kind: 'image', raster, ...place, isSmooth: false, label: 'A <map>' }));
    const image = document.querySelector('image');
    expect(image?.getAttribute('image-rendering')).toBe('pixelated');
    expect(image?.querySelector('title')?.textContent).toBe('A <map>');
    const [head, body] = (image?.getAttribute('href') ?? '').split(',');
    expect(head).toBe('data:image/png;base64');
    const bytes = Uint8Array.from(atob(body ?? ''), (character) => character.charCodeAt(0));
    const side = (bytes[0]! << 8) + bytes[1]!;
    const colourAt = (x: number, y: number): number[] => [
      ...bytes.slice(4 + 4 * (y * side + x), 8 + 4 * (y * side + x)),
    ];
    expect(side).toBe(480);
    expect(colourAt(0, 0)).toEqual([255, 0, 0, 255]);
    expect(colourAt(239, 239)).toEqual([255, 0, 0, 255]);
    expect(colourAt(240, 239)).toEqual([0, 255, 0, 255]);
    expect(colourAt(239, 240)).toEqual([0, 0, 255, 255]);
    expect(colourAt(479, 479)).toEqual([255, 255, 255, 255]);
  });

  it('keeps large pictures cell by cell', () => {
    const large = { height: 300, width: 512, pixels: new Uint8ClampedArray(300 * 512 * 4) };
    expect(enlarged(large).pixels).toBe(large.pixels);
  });
});
