import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';

/**
 * A folder of images of noise, in two classes: what an image shows makes no difference to how fast it is trained on.
 *
 * @param {number} count
 * @param {number} side pixels
 * @returns {{ folder: string, remove: () => void }}
 */
export function noiseImages(count, side) {
  const folder = mkdtempSync(join(tmpdir(), 'convolens-noise-'));
  for (const name of ['first', 'second']) mkdirSync(join(folder, name));
  for (let i = 0; i < count; i += 1) {
    const png = new PNG({ width: side, height: side });
    randomBytes(side * side * 4).copy(png.data);
    for (let alpha = 3; alpha < png.data.length; alpha += 4) png.data[alpha] = 255;
    writeFileSync(join(folder, i % 2 ? 'first' : 'second', `${i}.png`), PNG.sync.write(png, { deflateLevel: 1 }));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
