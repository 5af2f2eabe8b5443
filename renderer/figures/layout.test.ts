import { describe, expect, it } from 'vitest';
import type { FigureItem, Raster } from './figure.ts';
import type { FigureContent, FigurePanel } from './figure-content.ts';
import { figureWidth, layoutFigure, type MeasureText } from './layout.ts';

/** Every letter is half as wide as it is high; marks of direction have no width. */
const measure: MeasureText = (text, { size }) => text.replace(/[\u2066-\u2069]/g, '').length * size * 0.5;

const rasterOf = (height: number, width: number): Raster => ({
  height,
  width,
  pixels: new Uint8ClampedArray(height * width * 4),
});

function picture(title: string, height: number, width: number): FigurePanel {
  return {
    title,
    note: `${width}×${height}`,
    body: {
      kind: 'picture',
      raster: rasterOf(height, width),
      scale: {
        colours: rasterOf(1, 9),
        marks: [
          { at: 0, text: '−4' },
          { at: 0.5, text: '0' },
          { at: 1, text: '4' },
        ],
      },
    },
    lines: [{ name: 'Kept energy', number: '81.2 %' }],
  };
}

function kernel(size: number): FigurePanel {
  const cells = Array.from({ length: size * size }, (_, i) => ({
    text: `−0.${String(i % 10)}5`,
    fill: '#fff',
    ink: '#000',
  }));
  return {
    title: 'Kernel',
    note: `${size}×${size}`,
    body: { kind: 'kernel', height: size, width: size, cells },
    lines: [],
  };
}

const content: FigureContent = {
  language: 'en',
  direction: 'ltr',
  title: 'Sobel x: max pooling and average pooling',
  rows: [
    { columns: 3, panels: [picture('(a) Input', 128, 192), kernel(3), picture('(c) Map', 126, 190)] },
    { columns: 3, panels: [picture('(d) Max', 42, 63), picture('(e) Average', 42, 63), picture('(f) d − e', 42, 63)] },
  ],
  caption: [`Cross-correlation with Sobel x. ${'Some more words about it. '.repeat(12)}`],
  source: 'Made with Convolens',
};

type Box = { left: number; right: number; top: number; bottom: number };

/** How far an item reaches. */
function boxOf(item: FigureItem): Box {
  switch (item.kind) {
    case 'text': {
      const width = measure(item.text, item.font);
      const left = item.x - { left: 0, middle: width / 2, right: width }[item.align];
      return { left, right: left + width, top: item.y - item.font.size * 0.8, bottom: item.y + item.font.size * 0.25 };
    }
    case 'line':
      return { left: item.x1, right: item.x2, top: item.y1, bottom: item.y2 };
    default:
      return { left: item.x, right: item.x + item.width, top: item.y, bottom: item.y + item.height };
  }
}

const ofKind = <Kind extends FigureItem['kind']>(items: readonly FigureItem[], kind: Kind) =>
  items.filter((item): item is Extract<FigureItem, { kind: Kind }> => item.kind === kind);
const pictures = (items: readonly FigureItem[]) => ofKind(items, 'image').filter(({ isSmooth }) => !isSmooth);

describe.each(['ltr', 'rtl'] as const)('a figure that is read %s', (direction) => {
  const figure = layoutFigure({ ...content, direction }, measure);

  it('keeps all within its edges', () => {
    for (const item of figure.items) {
      const { left, right, top, bottom } = boxOf(item);
      expect(left, JSON.stringify(item).slice(0, 200)).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(figureWidth);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(figure.height);
    }
  });

  it('writes nothing over anything else', () => {
    const boxes = figure.items.filter(({ kind }) => kind === 'text' || kind === 'image').map(boxOf);
    boxes.forEach((one, i) => {
      for (const other of boxes.slice(i + 1)) {
        const isApart =
          one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
        expect(isApart, JSON.stringify([one, other])).toBe(true);
      }
    });
  });

  it('shows pictures in their own proportions', () => {
    for (const { raster, width, height } of pictures(figure.items)) {
      expect(width / height).toBeCloseTo(raster.width / raster.height, 9);
    }
  });

  it('puts the pictures of a row side by side, from the left as on the screen', () => {
    const row = pictures(figure.items).slice(2);
    expect(row.map(({ label }) => label)).toEqual(['(d) Max', '(e) Average', '(f) d − e']);
    expect(new Set(row.map(({ y }) => y)).size).toBe(1);
    const lefts = row.map(({ x }) => x);
    expect([...lefts].sort((a, b) => a - b)).toEqual(lefts);
  });

  it('writes numbers from the left, and the smallest of a scale on its left', () => {
    const marks = ofKind(figure.items, 'text').filter(({ text }) => ['−4', '0', '4'].includes(text));
    expect(marks.map(({ direction: read }) => read)).toEqual(Array.from({ length: 15 }, () => 'ltr'));
    const [least, zero, most] = marks;
    expect(least!.x).toBeLessThan(zero!.x);
    expect(zero!.x).toBeLessThan(most!.x);
  });

  it('writes sentences in the direction of the language', () => {
    const title = ofKind(figure.items, 'text').find(({ text }) => text === content.title);
    expect(title).toMatchObject({ direction, align: direction === 'ltr' ? 'left' : 'right' });
  });
});

describe('a figure', () => {
  const textsOf = (changed: Partial<FigureContent>): string[] =>
    ofKind(layoutFigure({ ...content, ...changed }, measure).items, 'text').map(({ text }) => text);

  it('holds every number of its kernel, row by row', () => {
    const weights = textsOf({}).filter((text) => /^−0\.\d5$/.test(text));
    expect(weights).toEqual(['−0.05', '−0.15', '−0.25', '−0.35', '−0.45', '−0.55', '−0.65', '−0.75', '−0.85']);
  });

  it('writes the numbers of a kernel of 11×11 cells small enough to fit', () => {
    const { items } = layoutFigure({ ...content, rows: [{ columns: 3, panels: [kernel(11)] }] }, measure);
    const cells = ofKind(items, 'rect').slice(1);
    const texts = ofKind(items, 'text').filter(({ text }) => text.startsWith('−0.'));
    expect([cells.length, texts.length]).toEqual([121, 121]);
    texts.forEach((text, i) => {
      expect(measure(text.text, text.font)).toBeLessThan(cells[i]!.width);
      expect(text.x).toBeCloseTo(cells[i]!.x + cells[i]!.width / 2, 9);
    });
  });

  it('loses no word of a long caption, and no letter of a word longer than a line', () => {
    const long = 'x'.repeat(500);
    const all = textsOf({ caption: [`one two ${long} three`] }).join(' ');
    expect(all).toContain('one two');
    expect(all).toContain('three');
    expect(all.match(/x/g)?.length).toBe(500 + (content.title.match(/x/g)?.length ?? 0) + 1);
  });

  it('goes on in the next line when a row has more panels than columns', () => {
    const panels = Array.from({ length: 8 }, (_, i) => picture(`map ${String(i)}`, 10, 10));
    const drawn = pictures(layoutFigure({ ...content, rows: [{ columns: 4, panels }] }, measure).items);
    expect(new Set(drawn.map(({ y }) => Math.round(y))).size).toBe(2);
    expect(new Set(drawn.map(({ x }) => Math.round(x))).size).toBe(4);
  });

  it('breaks titles that are wider than their column', () => {
    const title = '(a) A title that does not fit in one line of its column';
    const texts = textsOf({ rows: [{ columns: 4, panels: [picture(title, 10, 10), picture('b', 10, 10)] }] });
    expect(texts).not.toContain(title);
    expect(texts.join(' ')).toContain('does not fit');
  });
});
