import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Output, uint8 } from './graph.ts';
import { bitcast } from './resident.ts';

/** Below this spread a plane counts as flat: all its bytes are 0. */
const smallestSpread = 1e-12;

/**
 * One buffer with all that a frame shows, packed in the graph: ranges first, then a byte a number, as `frameLayout` says.
 *
 * @param flat all numbers, plane after plane, those of the smallest planes first.
 * @param areas the cells of a plane, from few to many.
 * @param planes how many planes there are of each; int32 [areas].
 * @returns int32 words, little-endian.
 */
export function packFrame(math: Arithmetic, flat: Output, areas: readonly number[], planes: Output): Output {
  const { graph } = math;
  const sizes = math.multiply(planes, graph.integers(areas));
  // Planes of one size are quantised together, whatever their part: a net of 110 layers has 186 parts in seven sizes.
  const groups = math.splitBy(flat, sizes, areas.length);
  const quantised = groups.map((group, index) => quantise(math, math.reshape(group, [-1, areas[index]!])));
  const bytes = quantised.map(({ values }) => math.reshape(values, [-1]));
  const total = math.reduce('Sum', sizes, [0]);
  // What is missing to the next four: the last word is full.
  const padding = graph.op('FloorMod', [math.subtract(graph.integer(0), total), graph.integer(4)], intAttributes, ints);
  const zero = math.cast(graph.integer(0), uint8);
  const rest = graph.op('Fill', [math.reshape(padding, [1]), zero], fillAttributes, { types: [uint8] });
  const words = bitcast(math, math.reshape(math.concatenate([...bytes, rest], 0), [-1, 4]), int32);
  const ranges = math.concatenate(
    quantised.map((group) => math.reshape(group.ranges, [-1])),
    0,
  );
  return math.concatenate([bitcast(math, ranges, int32), words], 0);
}

const ints = { types: [int32] };
const intAttributes = { T: { type: int32 } };
const fillAttributes = { T: { type: uint8 }, index_type: { type: int32 } };

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
