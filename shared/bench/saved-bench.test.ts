import { describe, expect, it } from 'vitest';
import type { SavedBench } from './experiment.ts';
import { initialExperiment, initialView } from './initial.ts';
import { ownImage } from './own-image.ts';
import { longestSavedBench, readSavedBench } from './saved-bench.ts';

const bench: SavedBench = {
  format: 'convolens-bench',
  version: 1,
  experiment: initialExperiment,
  view: { ...initialView, cell: { of: 'left', row: 3, column: 4 } },
};
const text = JSON.stringify(bench);

/** The saved bench as text, with one thing in it changed. */
function changed(path: string, value: unknown): string {
  const copy = JSON.parse(text) as Record<string, unknown>;
  const steps = path.split('.');
  let at: Record<string, unknown> = copy;
  for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>;
  at[steps.at(-1)!] = value;
  return JSON.stringify(copy);
}
const problemIn = (hostile: string) => {
  const read = readSavedBench(hostile);
  return 'problem' in read ? read.problem : 'none';
};

describe('a saved bench', () => {
  it('is read as it was written', () => {
    expect(readSavedBench(text)).toEqual({ saved: bench });
  });

  it('is read with an image of its own, pixel by pixel', () => {
    const pixels = Uint8Array.from({ length: 3 * 5 * 3 }, (_, i) => i * 5);
    const image = ownImage({ height: 3, width: 5, channels: 3, pixels }, 'drawing', 'תמונה');
    const withImage = { ...bench, experiment: { ...initialExperiment, image } };
    expect(readSavedBench(JSON.stringify(withImage))).toEqual({ saved: withImage });
  });

  it.each(['', '   ', '\n'])('is not read from nothing: %j', (nothing) => {
    expect(problemIn(nothing)).toEqual({ code: 'empty' });
  });

  it.each(['{', 'null', '[]', '"convolens-bench"', '7', 'hello', '{"format":"something else"}', '[['.repeat(50_000)])(
    'is something else than %.30s',
    (foreign) => expect(problemIn(foreign)).toEqual({ code: 'foreign' }),
  );

  it('is damaged when cut off anywhere after its first words', () => {
    for (let end = 30; end < text.length; end += 17) {
      expect(problemIn(text.slice(0, end)), text.slice(0, end)).toEqual({ code: 'damaged', where: '' });
    }
  });

  it('may be of a newer version', () => {
    expect(problemIn(changed('version', 2))).toEqual({ code: 'newer' });
    // A newer version may hold anything.
    expect(problemIn('{"format":"convolens-bench","version":17}')).toEqual({ code: 'newer' });
  });

  it.each<[string, unknown]>([
    ['version', 0],
    ['version', '1'],
    ['experiment', null],
    ['experiment.side', 1e9],
    ['experiment.side', 100.5],
    ['experiment.operation.stride', 0],
    ['experiment.operation.stride', -1],
    ['experiment.operation.bias', 1e300],
    ['experiment.operation.bias', '0'],
    ['experiment.operation.padMode', 'wrap'],
    ['experiment.kernels', []],
    ['experiment.pooling.size', 17],
    ['experiment.image.id', '../../etc/passwd'],
    ['view.colours', 'jet'],
    ['view.cell.row', -1],
  ])('names what is wrong in it: %s', (where, value) => {
    expect(problemIn(changed(where, value))).toEqual({ code: 'damaged', where });
  });

  it('has no numbers without end: 1e999 is read as one', () => {
    const infinite = text.replace('"bias":0', '"bias":1e999');
    expect(problemIn(infinite)).toEqual({ code: 'damaged', where: 'experiment.operation.bias' });
  });

  it('has a weight for each cell of its kernels', () => {
    const short = changed('experiment.kernels', [{ ...initialExperiment.kernels[0], weights: [1] }]);
    expect(problemIn(short)).toEqual({ code: 'damaged', where: 'experiment.kernels.0' });
  });

  it('has as many pixels as its image is large', () => {
    const image = ownImage({ height: 2, width: 2, channels: 1, pixels: new Uint8Array(4) }, 'file', 'a');
    const short = changed('experiment.image', { ...image, height: 1000 });
    expect(problemIn(short)).toEqual({ code: 'damaged', where: 'experiment.image.pixels' });
  });

  it('changes nothing outside itself, and brings nothing along that it does not know', () => {
    const hostile = text.replace('{', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},');
    expect(readSavedBench(hostile)).toEqual({ saved: bench });
    expect('polluted' in {}).toBe(false);
  });

  it('is not even looked at when it is too long', () => {
    expect(problemIn(`${text}${' '.repeat(longestSavedBench)}`)).toEqual({ code: 'too-long' });
  });
});
