import { zipSync } from 'fflate';
import { npyFromArray } from '../../../shared/npy/npy.ts';

/** An array with its name: float32 in C order. */
export type NamedArray = { readonly name: string; readonly shape: readonly number[]; readonly values: Float32Array };

/** Any time will do, as long as it is the same: the same arrays are the same file. The oldest that the format can say. */
const when = new Date(1980, 0, 1);

/**
 * Arrays as `numpy.savez` writes them: a ZIP of .npy files, not compressed.
 * @throws RangeError if two have one name.
 */
export function npzFromArrays(arrays: readonly NamedArray[]): Uint8Array<ArrayBuffer> {
  const entries: Record<string, Uint8Array> = {};
  for (const { name, shape, values } of arrays) {
    const file = `${name.replaceAll('/', '.')}.npy`;
    if (file in entries) throw new RangeError(`Two arrays are called "${name}"`);
    entries[file] = npyFromArray(shape, values);
  }
  return zipSync(entries, { level: 0, mtime: when });
}
