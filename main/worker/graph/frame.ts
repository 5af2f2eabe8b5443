import type { FrameLayout, FramePart } from '../../../shared/frame/layout.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Output, uint8 } from './graph.ts';
import { bitcast } from './resident.ts';

/** Below this spread a plane counts as flat: all its bytes are 0. */
const smallestSpread = 1e-12;

/**
 * One buffer with all that a frame shows, packed in the graph: ranges first, then a byte a number, as `layout` says.
 *
 * @param sources for each part of the layout its tensor: [1, H, W, C] maps, HWIO kernels, [1, units] rows.
 * @returns int32 words, little-endian.
 */
export function packFrame(math: Arithmetic, layout: FrameLayout, sources: readonly Output[]): Output {
  const { parts } = layout;
  const ranges: Output[] = [];
  const values: Output[] = [];
  // Planes of one size are quantised together, whatever their part: a net of 110 layers has 186 parts in seven sizes.
  for (const area of new Set(parts.map(areaOf))) {
    const members = parts.flatMap((part, index) => (areaOf(part) === area ? [index] : []));
    const planes = members.map((index) => planesFirst(math, parts[index]!, sources[index]!));
    const quantised = quantise(math, math.concatenate(planes, 0));
    const counts = members.map((index) => parts[index]!.planes);
    const apart = (rows: Output): readonly Output[] => math.splitRows(rows, counts);
    for (const [place, part] of apart(quantised.ranges).entries()) ranges[members[place]!] = part;
    for (const [place, part] of apart(quantised.values).entries()) values[members[place]!] = part;
  }
  const size = parts.reduce((sum, part) => sum + part.planes * areaOf(part), 0);
  const flat = values.map((part) => math.reshape(part, [-1]));
  const padding = layout.bytes - layout.planes * 8 - size;
  if (padding > 0) flat.push(math.graph.constant(uint8, [padding], Array<number>(padding).fill(0)));
  const words = bitcast(math, math.reshape(math.concatenate(flat, 0), [-1, 4]), int32);
  const rangeWords = bitcast(math, math.reshape(math.concatenate(ranges, 0), [-1]), int32);
  return math.concatenate([rangeWords, words], 0);
}

function areaOf({ height, width }: FramePart): number {
  return height * width;
}

/** [planes, height · width], a plane a row. */
function planesFirst(math: Arithmetic, part: FramePart, source: Output): Output {
  const area = areaOf(part);
  switch (part.part) {
    case 'input':
    case 'maps':
      // [1, H, W, C] → [C, H·W]. A row of units is one plane already.
      return part.planes === 1
        ? math.reshape(source, [1, area])
        : math.transpose(math.reshape(source, [area, part.planes]), [1, 0]);
    case 'kernels':
      // HWIO → [I·O, H·W]
      return math.transpose(math.reshape(source, [area, part.planes]), [1, 0]);
    case 'scores':
      return math.reshape(source, [1, area]);
    default:
      return part.part satisfies never;
  }
}

/** Bytes, 0 for a plane's smallest number, 255 for its largest, rounded, [planes, area]; and the two numbers, [planes, 2]. */
function quantise(math: Arithmetic, planes: Output): { values: Output; ranges: Output } {
  const { graph } = math;
  const smallest = math.reshape(math.reduce('Min', planes, [1]), [-1, 1]);
  const largest = math.reshape(math.reduce('Max', planes, [1]), [-1, 1]);
  const spread = graph.op('Maximum', [math.subtract(largest, smallest), graph.number(smallestSpread)], {
    T: { type: float32 },
  });
  const share = math.divide(math.subtract(planes, smallest), spread);
  const rounded = math.add(math.scale(share, 255), graph.number(0.5));
  return { values: math.cast(rounded, uint8), ranges: math.concatenate([smallest, largest], 1) };
}
