import { ImageError } from '../image-error.ts';
import type { ImageHeader } from '../image-header.ts';

/**
 * GIF89a, §18 and §20: the logical screen's size at byte 6, and the first picture's place and size, which may reach beyond the screen and
 * then makes it larger.
 */
export function gifHeader(view: DataView): ImageHeader {
  const at = firstPicture(view);
  if (at === null) throw new ImageError('Its GIF header is cut short', 'cut-short');
  const [left, top, width, height] = [1, 3, 5, 7].map((offset) => view.getUint16(at + offset, true)) as [
    number,
    number,
    number,
    number,
  ];
  return {
    width: Math.max(view.getUint16(6, true), left + width),
    height: Math.max(view.getUint16(8, true), top + height),
    leastBytes: 0,
  };
}

/** The blocks of the first picture end within the file; what follows is not shown. */
export function checkGifBody(view: DataView): void {
  const at = firstPicture(view);
  // After a table of its own and a byte that says how its codes begin.
  const end = at === null ? null : pastBlocks(view, at + 10 + tableBytes(view.getUint8(at + 9)) + 1);
  if (end === null) throw new ImageError('It is cut short: its first picture has no end', 'cut-short');
}

/** Where the first picture's descriptor of ten bytes stands; null if the file ends before. */
function firstPicture(view: DataView): number | null {
  if (view.byteLength < 13) return null;
  let at: number | null = 13 + tableBytes(view.getUint8(10));
  while (at !== null && at + 10 <= view.byteLength) {
    const introducer = view.getUint8(at);
    if (introducer === 0x2c) return at;
    if (introducer !== 0x21) throw new ImageError('Its GIF header is damaged');
    at = pastBlocks(view, at + 2);
  }
  return null;
}

/** Past a row of blocks, each a length and so many bytes, up to one of none; null if the file ends before. */
function pastBlocks(view: DataView, start: number): number | null {
  let at = start;
  while (at < view.byteLength) {
    const length = view.getUint8(at);
    at += 1 + length;
    if (length === 0) return at;
  }
  return null;
}

/** Bytes of a colour table, by the flags that announce it. */
function tableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}
