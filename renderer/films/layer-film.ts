import type { Moment } from '../../shared/contract.ts';
import type { Plane } from '../../shared/math/plane.ts';
import { type ColourScale, scaleFor } from '../colours/colour-scale.ts';
import { pixelOf, tableFor } from '../colours/colour-table.ts';
import { fittingMosaic, mosaicOf, paintColourMosaic, paintMosaic } from '../colours/mosaic.ts';
import { cssFont } from '../figures/figure.ts';
import { palettes, type SceneTheme } from '../scene/colors.ts';
import type { KernelOrder } from '../figures/kernel-order.ts';
import type { LayerHistory } from '../state/moments/layer-history.ts';
import type { Film } from './encode-film.ts';

/** Lines of a film, by name: their height in pixels. */
export const filmSizes = { 480: 854, 720: 1280, 1080: 1920 } as const;
export type FilmSize = keyof typeof filmSizes;

export type LayerFilm = {
  readonly history: LayerHistory;
  /** The planes shown, by number. */
  readonly planes: readonly number[];
  /** In colour, they read red, then as many green, then blue. */
  readonly order: KernelOrder;
  readonly size: FilmSize;
  /** Moments a second. */
  readonly rate: number;
  readonly theme: SceneTheme;
  readonly direction: 'ltr' | 'rtl';
  /** What it shows, above the picture. */
  readonly title: string;
  /** What stands below it: step, accuracy. */
  readonly words: (moment: Moment) => string;
};

/** One scale for the whole film is looked for in so many of its moments. */
const moments = 16;

/**
 * The life of some planes of a layer, a moment a frame: the picture in the middle, its title above, step and accuracy below, and a line of how
 * far the film has gone. All frames have one scale, so that what grows is seen to grow.
 */
export function layerFilm(choice: LayerFilm): Film {
  const { history, planes, order, size, rate, theme, direction, title, words } = choice;
  const [height, width] = [size, filmSizes[size]];
  const unit = height / 480;
  const margin = 24 * unit;
  const [top, bottom] = [62 * unit, height - 74 * unit];
  const isColour = order.kind === 'colour';
  const place =
    order.kind === 'table'
      ? mosaicOf(planes.length, history.part, order.filters)
      : fittingMosaic(isColour ? planes.length / 3 : planes.length, history.part, {
          height: bottom - top,
          width: width - 2 * margin,
        });
  const largest = Math.min((bottom - top) / place.height, (width - 2 * margin) / place.width);
  // Whole pixels, so that all cells look alike.
  const zoom = largest >= 1 ? Math.floor(largest) : largest;
  const scale = filmScale(history, planes);
  const table = tableFor(scale.colours, scale.isSigned, theme);
  const colours = palettes[theme];
  const ink = theme === 'light' ? '#1b2128' : '#e9ecef';
  const soft = theme === 'light' ? '#555c65' : '#a0aab5';
  const picture = new OffscreenCanvas(place.width, place.height);
  const brush = picture.getContext('2d')!;
  const image = brush.createImageData(place.width, place.height);
  const pixels = new Uint32Array(image.data.buffer);
  const ground = pixelOf(bytesOf(colours.background));

  function draw(context: OffscreenCanvasRenderingContext2D, index: number): void {
    const shown = planes.map((plane) => history.plane(index, plane));
    if (isColour) paintColourMosaic(pixels, place, shown, scale.max, ground);
    else paintMosaic(pixels, place, shown, scale, table, ground);
    brush.putImageData(image, 0, 0);
    context.fillStyle = colours.background;
    context.fillRect(0, 0, width, height);
    context.imageSmoothingEnabled = zoom < 1;
    context.imageSmoothingQuality = 'high';
    const [wide, high] = [place.width * zoom, place.height * zoom];
    context.drawImage(picture, Math.round((width - wide) / 2), Math.round(top + (bottom - top - high) / 2), wide, high);
    context.direction = direction;
    context.textAlign = 'start';
    const start = direction === 'ltr' ? margin : width - margin;
    context.fillStyle = ink;
    context.font = cssFont({ family: 'words', size: 20 * unit, weight: 600 });
    context.fillText(title, start, 38 * unit, width - 2 * margin);
    context.fillStyle = soft;
    context.font = cssFont({ family: 'words', size: 18 * unit, weight: 500 });
    context.fillText(words(history.moments[index]!), start, height - 34 * unit, width - 2 * margin);
    const far = (index + 1) / history.moments.length;
    context.fillStyle = colours.track;
    context.fillRect(margin, height - 20 * unit, width - 2 * margin, 4 * unit);
    context.fillStyle = colours.accent;
    context.fillRect(margin, height - 20 * unit, (width - 2 * margin) * far, 4 * unit);
  }

  return { frames: history.moments.length, width, height, rate, draw };
}

function filmScale(history: LayerHistory, planes: readonly number[]): ColourScale {
  const last = history.moments.length - 1;
  const indices = new Set(Array.from({ length: moments }, (_, i) => Math.round((i * last) / (moments - 1))));
  const all: Plane[] = [...indices].flatMap((index) => planes.map((plane) => history.plane(index, plane)));
  return scaleFor(all, { colours: 'automatic' });
}

function bytesOf(colour: string): [number, number, number] {
  const number = parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}
