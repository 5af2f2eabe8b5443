/** Cells of colour: RGBA, 4 bytes each, rows from the top. */
export type Raster = {
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
};

/** `words` for sentences, `numbers` for digits of one width. */
export type FigureFont = {
  readonly family: 'words' | 'numbers';
  readonly size: number;
  readonly weight: 400 | 500 | 600;
};

/**
 * What a figure is drawn of, back to front. Lengths in units of a 96th of an inch, from the upper left corner; colours as CSS has them.
 */
export type FigureItem =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly font: FigureFont;
      readonly colour: string;
      /** Where the side of the text that `align` names stands, in any language. */
      readonly x: number;
      /** Of the base line. */
      readonly y: number;
      readonly align: 'left' | 'middle' | 'right';
      /** In which direction the sentence is read; numbers and formulas are read from the left. */
      readonly direction: 'ltr' | 'rtl';
    }
  | {
      readonly kind: 'image';
      readonly raster: Raster;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      /** Whether colours run into each other between cells, as in a colour bar; else each cell has sharp edges. */
      readonly isSmooth: boolean;
      /** What it shows, for those who do not see it. */
      readonly label: string;
    }
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
      /** Of the line around it; none if left out. */
      readonly stroke?: string;
    }
  | {
      readonly kind: 'line';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly colour: string;
    };

/** A figure that is laid out: SVG, PNG and print draw the same one. */
export type Figure = {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** The caption in one piece, for those who do not see it. */
  readonly description: string;
  readonly language: string;
  readonly items: readonly FigureItem[];
};

/** Those that the window has, then what other computers have: an SVG file brings no fonts along. */
export const fontFamilies: Readonly<Record<FigureFont['family'], string>> = {
  words: "'IBM Plex Sans Hebrew', 'IBM Plex Sans', 'Segoe UI', Arial, sans-serif",
  numbers: "'IBM Plex Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
};

/** A font as a canvas and CSS name it. */
export function cssFont({ family, size, weight }: FigureFont): string {
  return `${weight} ${size}px ${fontFamilies[family]}`;
}
