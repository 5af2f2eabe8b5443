import type { Figure, FigureFont, FigureItem } from './figure.ts';
import type { FigureContent, FigurePanel, FigureScale } from './figure-content.ts';

/** The width of a text in units. */
export type MeasureText = (text: string, font: FigureFont) => number;

/** 190.5 mm in print at full size: the width of an A4 page between its margins, and of a figure across both columns of a paper. */
export const figureWidth = 720;

const margin = 16;
const columnGap = 20;
const rowGap = 18;
const largestCell = 48;
/** Share of the room that a line fills at most: where the fonts are not there, others are wider. */
const fill = 0.92;

const titleFont: FigureFont = { family: 'words', size: 16, weight: 600 };
const panelFont: FigureFont = { family: 'words', size: 12, weight: 600 };
const noteFont: FigureFont = { family: 'numbers', size: 10, weight: 400 };
const nameFont: FigureFont = { family: 'words', size: 10.5, weight: 400 };
const numberFont: FigureFont = { family: 'numbers', size: 10.5, weight: 500 };
const markFont: FigureFont = { family: 'numbers', size: 9.5, weight: 400 };
const captionFont: FigureFont = { family: 'words', size: 11, weight: 400 };
const sourceFont: FigureFont = { family: 'words', size: 9.5, weight: 400 };

type Column = { readonly left: number; readonly width: number };

/** Always those of paper: a figure is printed, or stands on a white page. */
const paper = '#ffffff';
const ink = '#1b2128';
const soft = '#555c65';
const frame = '#a9a599';

/**
 * Lays a figure out: title, rows of panels, caption, source. Lines are broken by `measure`, so that the same figure comes out wherever it
 * is drawn with the same fonts.
 */
export function layoutFigure(content: FigureContent, measure: MeasureText): Figure {
  const sheet = new Sheet(content.direction, measure);
  let y = margin;
  y = sheet.paragraph(content.title, titleFont, ink, y, 21) + 12;
  for (const { columns, panels } of content.rows) {
    for (let first = 0; first < panels.length; first += columns) {
      y = panelRow(sheet, panels.slice(first, first + columns), columns, y) + rowGap;
    }
  }
  for (const paragraph of content.caption) y = sheet.paragraph(paragraph, captionFont, ink, y, 15.5) + 3;
  y = sheet.paragraph(content.source, sourceFont, soft, y + 2, 13);
  const height = Math.ceil(y + margin - 4);
  return {
    width: figureWidth,
    height,
    title: plain(content.title),
    description: plain([...content.caption, content.source].join('\n')),
    language: content.language,
    items: [{ kind: 'rect', x: 0, y: 0, width: figureWidth, height, fill: paper }, ...sheet.items],
  };
}

/** Draws panels side by side, from the left in any language as on the screen, their pictures on one line, and says where the row ends. */
function panelRow(sheet: Sheet, panels: readonly FigurePanel[], columns: number, top: number): number {
  const width = (figureWidth - 2 * margin - (columns - 1) * columnGap) / columns;
  const isTight = panels.some(
    ({ title, note }) => sheet.widthOf(title, panelFont) + sheet.widthOf(note, noteFont) + 10 > width * fill,
  );
  const titles = panels.map(({ title }) => sheet.lines(title, panelFont, width * fill));
  const titleLines = Math.max(...titles.map(({ length }) => length));
  const titleBottom = top + titleLines * 15 + (isTight ? 13 : 0);
  const bottoms = panels.map((panel, i) => {
    const column = { left: margin + i * (width + columnGap), width };
    titles[i]!.forEach((line, n) => sheet.start(line, panelFont, ink, column, top + 11 + n * 15));
    if (isTight) sheet.start(panel.note, noteFont, soft, column, titleBottom - 3, 'ltr');
    else sheet.end(panel.note, noteFont, soft, column, top + 11);
    return panelLines(sheet, panel, column, body(sheet, panel, column, titleBottom + 4));
  });
  return Math.max(...bottoms);
}

function body(sheet: Sheet, { body: shown, title }: FigurePanel, column: Column, top: number): number {
  if (shown.kind === 'kernel') return kernel(sheet, shown, column, top);
  const { raster, scale } = shown;
  // No taller than wide, so that a column of a tall image does not fill the page.
  const size = Math.min(column.width / raster.width, column.width / raster.height);
  const [wide, high] = [raster.width * size, raster.height * size];
  const place = { x: sheet.placed(column, wide), y: top, width: wide, height: high };
  sheet.items.push({ kind: 'image', raster, ...place, isSmooth: false, label: title });
  outline(sheet, place);
  return scale ? scaleBar(sheet, scale, place, top + high + 6) : top + high;
}

/** A line around something, outside it: what is in it keeps all its cells. */
function outline(sheet: Sheet, { x, y, width, height }: { x: number; y: number; width: number; height: number }): void {
  const [left, top, right, bottom] = [x - 0.5, y - 0.5, x + width + 0.5, y + height + 0.5];
  sheet.items.push(
    { kind: 'line', x1: left, y1: top, x2: right, y2: top, colour: frame },
    { kind: 'line', x1: right, y1: top, x2: right, y2: bottom, colour: frame },
    { kind: 'line', x1: right, y1: bottom, x2: left, y2: bottom, colour: frame },
    { kind: 'line', x1: left, y1: bottom, x2: left, y2: top, colour: frame },
  );
}

/** The colours below a picture, and the numbers they stand for: the smallest on the left in any language, as on every axis. */
function scaleBar(
  sheet: Sheet,
  { colours, marks }: FigureScale,
  { x, width }: { x: number; width: number },
  top: number,
): number {
  const bar = { x, y: top, width, height: 6 };
  sheet.items.push({ kind: 'image', raster: colours, ...bar, isSmooth: true, label: '' });
  outline(sheet, bar);
  for (const { at, text } of marks) {
    const align = at < 0.15 ? 'left' : at > 0.85 ? 'right' : 'middle';
    const place = x + (at < 0.15 ? 0 : at > 0.85 ? width : at * width);
    sheet.items.push({ kind: 'line', x1: x + at * width, y1: top + 6, x2: x + at * width, y2: top + 9, colour: frame });
    sheet.items.push({
      kind: 'text',
      text,
      font: markFont,
      colour: soft,
      x: place,
      y: top + 18,
      align,
      direction: 'ltr',
    });
  }
  return top + 20;
}

/** A kernel as numbers, a coloured cell each, as large as its column allows. */
function kernel(
  sheet: Sheet,
  { height, width, cells }: Extract<FigurePanel['body'], { kind: 'kernel' }>,
  column: Column,
  top: number,
): number {
  const cell = Math.min(largestCell, column.width / width, column.width / height);
  const x = sheet.placed(column, cell * width);
  const widest = Math.max(...cells.map(({ text }) => sheet.widthOf(text, { ...numberFont, size: 100 })));
  const size = Math.min(14, Math.round(((cell - cell / 6) / widest) * 1000) / 10);
  cells.forEach(({ text, fill, ink: colour }, i) => {
    const cellX = x + (i % width) * cell;
    const cellY = top + Math.floor(i / width) * cell;
    sheet.items.push({ kind: 'rect', x: cellX, y: cellY, width: cell, height: cell, fill, stroke: frame });
    sheet.items.push({
      kind: 'text',
      text,
      font: { ...numberFont, size },
      colour,
      x: cellX + cell / 2,
      y: cellY + cell / 2 + size * 0.35,
      align: 'middle',
      direction: 'ltr',
    });
  });
  return top + cell * height;
}

function panelLines(sheet: Sheet, { lines }: FigurePanel, column: Column, top: number): number {
  lines.forEach(({ name, number }, i) => {
    const y = top + 15 + i * 14;
    sheet.start(name, nameFont, soft, column, y);
    sheet.end(number, numberFont, ink, column, y);
  });
  return top + (lines.length === 0 ? 0 : 4 + lines.length * 14);
}

/** Without the marks that keep directions apart, where there is only one: some programs draw them, and they are found by no search. */
function plain(text: string): string {
  return /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(text) ? text : text.replace(/[\u2066-\u2069]/g, '');
}

/** Items as they come, in a language that is read from the left or from the right. */
class Sheet {
  readonly items: FigureItem[] = [];
  readonly #direction: 'ltr' | 'rtl';
  readonly #measure: MeasureText;

  constructor(direction: 'ltr' | 'rtl', measure: MeasureText) {
    this.#direction = direction;
    this.#measure = measure;
  }

  widthOf(text: string, font: FigureFont): number {
    return this.#measure(text, font);
  }

  /** The left side of something `width` wide that stands where a column's lines begin. */
  placed(column: Column, width: number): number {
    return this.#direction === 'ltr' ? column.left : column.left + column.width - width;
  }

  /** A line at the side of a column where reading begins. */
  start(text: string, font: FigureFont, colour: string, column: Column, y: number, direction = this.#direction): void {
    const align = this.#direction === 'ltr' ? 'left' : 'right';
    this.items.push({ kind: 'text', text: plain(text), font, colour, x: this.placed(column, 0), y, align, direction });
  }

  /** Digits at its other side. */
  end(text: string, font: FigureFont, colour: string, { left, width }: Column, y: number): void {
    const isLeft = this.#direction === 'rtl';
    const x = isLeft ? left : left + width;
    this.items.push({ kind: 'text', text, font, colour, x, y, align: isLeft ? 'left' : 'right', direction: 'ltr' });
  }

  /** Lines over the whole width, from `top` on; returns where they end. */
  paragraph(text: string, font: FigureFont, colour: string, top: number, lineHeight: number): number {
    const page = { left: margin, width: figureWidth - 2 * margin };
    const lines = this.lines(text, font, page.width * fill);
    lines.forEach((line, i) => this.start(line, font, colour, page, top + font.size + i * lineHeight));
    return top + lines.length * lineHeight;
  }

  /** Breaks a text into lines at its spaces, and within a word only where that is wider than a line. */
  lines(text: string, font: FigureFont, width: number): string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(/[ \n]+/).flatMap((long) => this.#pieces(long, font, width))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && this.#measure(longer, font) > width) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
    }
    return line === '' ? lines : [...lines, line];
  }

  #pieces(word: string, font: FigureFont, width: number): string[] {
    const pieces: string[] = [];
    let piece = '';
    for (const character of word) {
      if (piece !== '' && this.#measure(piece + character, font) > width) {
        pieces.push(piece);
        piece = '';
      }
      piece += character;
    }
    return [...pieces, piece];
  }
}
