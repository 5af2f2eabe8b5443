import type { Raster } from './figure.ts';

/** What colours mean: a bar of them, from the left, with numbers at places from 0 to 1 along it. */
export type FigureScale = {
  readonly colours: Raster;
  readonly marks: readonly { readonly at: number; readonly text: string }[];
};

/** A picture, or a kernel as numbers, with what is written around it. */
export type FigurePanel = {
  readonly title: string;
  /** A few digits beside the title: a size. */
  readonly note: string;
  readonly body:
    | { readonly kind: 'picture'; readonly raster: Raster; readonly scale: FigureScale | null }
    | {
        readonly kind: 'kernel';
        readonly height: number;
        readonly width: number;
        /** Row by row. */
        readonly cells: readonly { readonly text: string; readonly fill: string; readonly ink: string }[];
      };
  /** Short lines below. */
  readonly lines: readonly { readonly name: string; readonly number: string }[];
};

/** What a figure says and shows, before it is laid out. */
export type FigureContent = {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly title: string;
  /** Each goes on in the next line when it is full. */
  readonly rows: readonly { readonly columns: number; readonly panels: readonly FigurePanel[] }[];
  /** Paragraphs. */
  readonly caption: readonly string[];
  /** Where the image is from and what drew the figure. */
  readonly source: string;
};
