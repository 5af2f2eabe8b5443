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
  const planes = layout.parts.map((part, index) => planesFirst(math, part, sources[index]!));
  const quantised = planes.map((plane) => quantise(math, plane));
  const ranges = math.concatenate(
    quantised.map(({ ranges }) => ranges),
    0,
  );
  const size = layout.parts.reduce((sum, { planes, height, width }) => sum + planes * height * width, 0);
  const values = quantised.map(({ values }) => values);
  const padding = layout.bytes - layout.planes * 8 - size;
  if (padding > 0) values.push(math.graph.constant(uint8, [padding], Array<number>(padding).fill(0)));
  const words = bitcast(math, math.reshape(math.concatenate(values, 0), [-1, 4]), int32);
  return math.concatenate([bitcast(math, ranges, int32), words], 0);
}

/** [planes, height · width], a plane a row. */
function planesFirst(math: Arithmetic, part: FramePart, source: Output): Output {
  const area = part.height * part.width;
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

/** 0 for a plane's smallest number, 255 for its largest, rounded; and the two numbers, plane by plane. */
function quantise(math: Arithmetic, planes: Output): { values: Output; ranges: Output } {
  const { graph } = math;
  const smallest = math.reduce('Min', planes, [1]);
  const largest = math.reduce('Max', planes, [1]);
  const spread = graph.op('Maximum', [math.subtract(largest, smallest), graph.number(smallestSpread)], {
    T: { type: float32 },
  });
  const column = (a: Output): Output => math.reshape(a, [-1, 1]);
  const share = math.divide(math.subtract(planes, column(smallest)), column(spread));
  const rounded = math.add(math.scale(share, 255), graph.number(0.5));
  const pairs = math.concatenate([column(smallest), column(largest)], 1);
  return { values: math.reshape(math.cast(rounded, uint8), [-1]), ranges: math.reshape(pairs, [-1]) };
}
