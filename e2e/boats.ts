import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { BenchImage } from '../shared/bench/compute.ts';

/** The photograph that the bench opens with, decoded here in Node: grey, 192×128, small enough to be at work as it is. */
export function boats(): BenchImage {
  const file = join(import.meta.dirname, '../resources/photographs/nagasaki-boats.png');
  const { height, width, data } = PNG.sync.read(readFileSync(file));
  const values = Float32Array.from({ length: height * width }, (_, i) => data[4 * i]! / 255);
  return { height, width, planes: [{ height, width, values }] };
}
