import type { Sensitivity } from '../../../workers/bench-messages.ts';
import type { Computed } from '../../../state/bench/bench.svelte.ts';
import { decimal, percent } from '../../../messages/format.ts';

/** What the sentences of a story read. */
export type Seen = Computed & { readonly sensitivity: Sensitivity | null };

/** As it is written, and the number itself where it is one. */
type Reading = { readonly text: string; readonly value?: number };

/** Something that stands on the screen, and where. */
type LiveValue = {
  /** The test id of the element that shows it; null if it is only told. */
  readonly at: string | null;
  /** Undefined: not known yet. */
  readonly read: (seen: Seen) => Reading | undefined;
};

type Number = (seen: Seen) => number | undefined;
type Grid = { readonly height: number; readonly width: number };

function number(at: string | null, write: (value: number) => string, take: Number): LiveValue {
  return {
    at,
    read(seen) {
      const value = take(seen);
      return value === undefined ? undefined : { text: write(value), value };
    },
  };
}

function size(at: string | null, take: (seen: Seen) => Grid | undefined): LiveValue {
  return {
    at,
    read(seen) {
      const grid = take(seen);
      return grid && { text: `${decimal(grid.width)}×${decimal(grid.height)}` };
    },
  };
}

const whole = (value: number): string => decimal(value);
const exact = (value: number): string => decimal(value, 3);
const share = (value: number): string => percent(value, 0);
const change = (value: number): string => percent(value, 1);

export const liveValues = {
  imageSize: size('bench-input-size', ({ image }) => image),
  kernelSize: size('bench-kernel', ({ experiment }) => experiment.kernels[experiment.chosen]),
  mapSize: size('bench-map-size', ({ result }) => result.pooledFrom.plane),
  mapMin: number('bench-map-min', exact, ({ result }) => result.pooledFrom.summary.min),
  mapMax: number('bench-map-max', exact, ({ result }) => result.pooledFrom.summary.max),
  mapMean: number('bench-map-mean', exact, ({ result }) => result.pooledFrom.summary.mean),
  windowSize: size('bench-pool-size', ({ experiment }) => squareOf(experiment.pooling.size)),
  stride: number('bench-pool-stride', whole, ({ experiment }) => experiment.pooling.stride),
  cells: number(null, whole, ({ experiment }) => experiment.pooling.size ** 2),
  pooledSize: size('bench-pool-left-size', ({ result }) => result.left?.plane),
  leftMax: number('bench-pool-left-max', exact, ({ result }) => result.left?.summary.max),
  leftMin: number(null, exact, ({ result }) => result.left?.summary.min),
  leftMean: number('bench-pool-left-mean', exact, ({ result }) => result.left?.summary.mean),
  leftEnergy: number('bench-pool-left-energy', share, ({ result }) => result.left?.keptEnergy),
  leftContrast: number('bench-pool-left-contrast', share, ({ result }) => result.left?.edgeContrast),
  leftShift: number('bench-pool-shift', change, ({ sensitivity }) => sensitivity?.left[1]),
  rightMax: number('bench-pool-right-max', exact, ({ result }) => result.right?.summary.max),
  rightMean: number('bench-pool-right-mean', exact, ({ result }) => result.right?.summary.mean),
  rightEnergy: number('bench-pool-right-energy', share, ({ result }) => result.right?.keptEnergy),
  rightContrast: number('bench-pool-right-contrast', share, ({ result }) => result.right?.edgeContrast),
  rightShift: number('bench-pool-shift', change, ({ sensitivity }) => sensitivity?.right[1]),
  unpooledShift: number('bench-pool-shift', change, ({ sensitivity }) => sensitivity?.unpooled[1]),
} satisfies Record<string, LiveValue>;

function squareOf(side: number): Grid {
  return { height: side, width: side };
}

export type LiveName = keyof typeof liveValues;

/** What a sentence is given: a mark for each value, by which `sentenceParts` finds its place again. */
export type LiveMarks = Record<LiveName, string>;

// Isolates are what would surround numbers in a sentence of any direction anyway.
const [opens, closes] = ['\u2066', '\u2069'];
export const liveMarks = Object.fromEntries(
  Object.keys(liveValues).map((name) => [name, `${opens}${name}${closes}`]),
) as LiveMarks;

/** A sentence in pieces: words, and names of live values. */
export type SentencePart = { readonly words: string } | { readonly value: LiveName };

/** Takes apart what a message made of `liveMarks`. */
export function sentenceParts(sentence: string): SentencePart[] {
  return sentence
    .split(new RegExp(`${opens}(\\w+)${closes}`))
    .map((piece, i) => (i % 2 === 0 ? { words: piece } : { value: piece as LiveName }))
    .filter((part) => !('words' in part) || part.words !== '');
}
