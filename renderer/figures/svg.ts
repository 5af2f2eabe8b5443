import { type Figure, type FigureItem, fontFamilies, type Raster } from './figure.ts';

/** A raster as a PNG file. */
export type EncodePng = (raster: Raster) => Promise<Uint8Array>;

/** Pixels that the longer side of a picture has at least: programs that smooth what they enlarge then have little left to smooth. */
const leastPixels = 480;

/**
 * A figure as an SVG file that needs no other: pictures are in it as PNG, texts are texts that can be searched and edited.
 */
export async function svgFromFigure(figure: Figure, encodePng: EncodePng): Promise<string> {
  const items = await Promise.all(figure.items.map((item) => element(item, encodePng)));
  const size = `width="${figure.width}" height="${figure.height}" viewBox="0 0 ${figure.width} ${figure.height}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} xml:lang="${escaped(figure.language)}" role="img">`,
    `<title>${escaped(figure.title)}</title>`,
    `<desc>${escaped(figure.description)}</desc>`,
    ...items,
    '</svg>',
    '',
  ].join('\n');
}

async function element(item: FigureItem, encodePng: EncodePng): Promise<string> {
  switch (item.kind) {
    case 'rect':
      return `<rect${attributes({ ...placeOf(item), fill: item.fill, stroke: item.stroke, 'stroke-width': item.stroke && 0.75 })}/>`;
    case 'line': {
      const { x1, y1, x2, y2, colour } = item;
      return `<line${attributes({ x1, y1, x2, y2, stroke: colour, 'stroke-width': 0.75, 'stroke-linecap': 'square' })}/>`;
    }
    case 'text':
      return `<text${attributes({
        x: item.x,
        y: item.y,
        'font-family': fontFamilies[item.font.family],
        'font-size': item.font.size,
        'font-weight': item.font.weight,
        fill: item.colour,
        direction: item.direction,
        'text-anchor': anchorOf(item),
      })}>${escaped(item.text)}</text>`;
    case 'image': {
      const rendering = item.isSmooth ? 'auto' : 'pixelated';
      const raster = item.isSmooth ? item.raster : enlarged(item.raster);
      const address = `data:image/png;base64,${base64FromBytes(await encodePng(raster))}`;
      const place = { ...placeOf(item), preserveAspectRatio: 'none', 'image-rendering': rendering };
      const label = item.label === '' ? '' : `<title>${escaped(item.label)}</title>`;
      return `<image${attributes({ ...place, href: address })}>${label}</image>`;
    }
    default:
      return item satisfies never;
  }
}

/** Each cell repeated as often as makes the picture large enough; a picture that is has its cells as they are. */
export function enlarged({ height, width, pixels }: Raster): Raster {
  const times = Math.ceil(leastPixels / Math.max(height, width));
  if (times === 1) return { height, width, pixels };
  const from = new Uint32Array(pixels.buffer, pixels.byteOffset, height * width);
  const to = new Uint32Array(height * width * times * times);
  for (let y = 0, next = 0; y < height * times; y++) {
    const row = Math.floor(y / times) * width;
    for (let x = 0; x < width * times; x++) to[next++] = from[row + Math.floor(x / times)]!;
  }
  return { height: height * times, width: width * times, pixels: new Uint8ClampedArray(to.buffer) };
}

/** SVG counts from the side where reading begins. */
function anchorOf({ align, direction }: { align: 'left' | 'middle' | 'right'; direction: 'ltr' | 'rtl' }): string {
  if (align === 'middle') return 'middle';
  return (align === 'left') === (direction === 'ltr') ? 'start' : 'end';
}

function placeOf({ x, y, width, height }: { x: number; y: number; width: number; height: number }) {
  return { x, y, width, height };
}

/** Those that have a value. */
function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`)
    .join('');
}

function rounded(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** A text as XML can hold it: what it keeps for itself is written otherwise, and characters that it cannot hold are left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

function base64FromBytes(bytes: Uint8Array): string {
  const chunk = 0x8000;
  let text = '';
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(text);
}
