import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { correlationByDefinition, type Rows, windowsOf } from '../../shared/math/testing/definition.ts';
import { plane, type Plane } from '../../shared/math/plane.ts';
import { takenApart } from '../../shared/npy/testing/taken-apart.ts';
import { Dice } from '../../shared/random/testing/dice.ts';
import { convolve } from './convolve.ts';
import { UsageError } from './usage.ts';

const folder = mkdtempSync(join(tmpdir(), 'convolens-convolve-'));
const file = (name: string) => join(folder, name);
const [height, width] = [11, 14];
const dice = new Dice(5);
const bytes = Array.from({ length: height * width }, () => [0, 1, 2].map(() => dice.whole(0, 255)));
/** The picture's channels in [0, 1]; grey by BT.601. */
const channels = [0, 1, 2].map((channel) =>
  plane(
    height,
    width,
    bytes.map((pixel) => pixel[channel]! / 255),
  ),
);
const grey = plane(
  height,
  width,
  bytes.map(([r, g, b]) => (0.299 * r! + 0.587 * g! + 0.114 * b!) / 255),
);
const sobel: Rows = [
  [-1, 0, 1],
  [-2, 0, 2],
  [-1, 0, 1],
];
const plain = {
  stride: 1,
  padding: 'valid',
  padMode: 'zero',
  padValue: 0,
  dilation: 1,
  bias: 0,
  activation: 'none',
  sense: 'correlation',
} as const;

let printed = '';
beforeAll(() => {
  const picture = new PNG({ width, height });
  picture.data = Buffer.from(bytes.flatMap((pixel) => [...pixel, 255]));
  writeFileSync(file('picture.png'), PNG.sync.write(picture));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<Plane> {
  printed = '';
  await convolve(['--image', file('picture.png'), '--out', file('out.npy'), ...args]);
  const { shape, values } = takenApart(readFileSync(file('out.npy')));
  return plane(shape[0]!, shape[1]!, values);
}

function expectMap(found: Plane, expected: Rows): void {
  expect([found.height, found.width]).toEqual([expected.length, expected[0]!.length]);
  expected.flat().forEach((value, i) => expect(found.values[i]).toBeCloseTo(value, 5));
}

describe('lab convolve', () => {
  it('writes the map of a kernel by name', async () => {
    expectMap(await run('--kernel', 'sobel-x'), correlationByDefinition([grey], [sobel], plain).rows);
    expect(printed).toMatch(/^9×12 numbers from -\d.* in .*out\.npy\n$/);
  });

  it('obeys every option, also negative numbers', async () => {
    const args = [
      '--stride',
      '2',
      '--padding',
      'same',
      '--pad-mode',
      'value',
      '--pad-value',
      '-0.5',
      '--dilation',
      '2',
    ];
    const found = await run(
      '--kernel',
      'sobel-x',
      ...args,
      '--bias',
      '-.25',
      '--activation',
      'tanh',
      '--sense=convolution',
    );
    const { rows } = correlationByDefinition([grey], [sobel], {
      stride: 2,
      padding: 'same',
      padMode: 'value',
      padValue: -0.5,
      dilation: 2,
      bias: -0.25,
      activation: 'tanh',
      sense: 'convolution',
    });
    expectMap(found, rows);
  });

  it('sums over the channels of a colour image', async () => {
    const found = await run('--kernel', 'sobel-x', '--colour', 'rgb', '--padding', '2', '--pad-mode', 'reflect');
    const how = { ...plain, padding: 2, padMode: 'reflect' } as const;
    expectMap(found, correlationByDefinition(channels, [sobel], how).rows);
  });

  it('pools the map', async () => {
    const map = await run('--kernel', 'sobel-x');
    const largest = windowsOf(map, 3, 2).map((row) => row.map((cells) => Math.max(...cells)));
    expectMap(await run('--kernel', 'sobel-x', '--pool', 'max:3:2'), largest);
    const squashed = windowsOf(map, 2, 2).map((row) =>
      row.map((cells) => 1.7159 * Math.tanh((2 / 3) * (-0.5 * cells.reduce((a, b) => a + b) + 1))),
    );
    const found = await run(
      '--kernel',
      'sobel-x',
      '--pool',
      'subsampling:2',
      '--coefficient',
      '-0.5',
      '--pool-bias',
      '1',
    );
    expectMap(found, squashed);
    const drawn = async (seed: string) =>
      (await run('--kernel', 'sobel-x', '--pool', 'stochastic:3:3', '--seed', seed)).values;
    expect(await drawn('1')).toEqual(await drawn('1'));
    expect(await drawn('1')).not.toEqual(await drawn('2'));
  });

  it.each(['[[1, 0.5], [0, -1]]', '{ "weights": [[1, 0.5], [0, -1]], "title": "mine" }'])(
    'reads a kernel of one’s own: %s',
    async (text) => {
      writeFileSync(file('kernel.json'), text);
      const kernel = [
        [1, 0.5],
        [0, -1],
      ];
      expectMap(await run('--kernel', file('kernel.json')), correlationByDefinition([grey], [kernel], plain).rows);
    },
  );

  it('sets the numbers of a kernel by name', async () => {
    expect(await run('--kernel', 'box', '--set', 'size=7')).toMatchObject({ height: 5, width: 8 });
  });

  it('prints one object with --json', async () => {
    const { values } = await run('--kernel', 'sobel-x', '--json');
    expect(JSON.parse(printed)).toEqual({
      type: 'finished',
      out: file('out.npy'),
      shape: [9, 12],
      min: Math.min(...values),
      max: Math.max(...values),
      mean: expect.closeTo(values.reduce((a, b) => a + b) / values.length, 6) as number,
    });
  });
});

describe('lab convolve says what is wrong', () => {
  it.each<[string, string[], string]>([
    ['no kernel', [], '--kernel is missing'],
    ['an unknown kernel', ['--kernel', 'sobel'], 'There is no kernel sobel: name a JSON file, or one of sobel-x'],
    ['half a stride', ['--kernel', 'box', '--stride', '0.5'], '--stride takes a whole number, 1 or more, not “0.5”'],
    ['a padding that is none', ['--kernel', 'box', '--padding', 'full'], 'takes a number, not “full”'],
    [
      'an unknown pad mode',
      ['--kernel', 'box', '--pad-mode', 'wrap'],
      '--pad-mode takes zero, reflect, edge, value, not wrap',
    ],
    ['an unknown pooling', ['--kernel', 'box', '--pool', 'median:2'], '--pool takes max, average'],
    ['a pooling without a size', ['--kernel', 'box', '--pool', 'max'], 'takes a number, not “”'],
    ['a side that is none', ['--kernel', 'box', '--set', 'size=-1'], 'size of the kernel box: '],
    [
      'a number that a kernel has not',
      ['--kernel', 'box', '--set', 'sigma=2'],
      'The kernel box has only size, not sigma=2',
    ],
  ])('in the command: %s', async (_name, args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
    await expect(run(...args)).rejects.toBeInstanceOf(UsageError);
  });

  it.each<[string, string[], string]>([
    [
      'a missing image',
      ['--kernel', 'box', '--image', file('none.png')],
      'none.png cannot be read: there is no such file',
    ],
    ['a folder', ['--kernel', 'box', '--image', folder], 'cannot be read: it is not a file'],
    [
      'a text',
      ['--kernel', 'box', '--image', file('rows.json')],
      'cannot be read: it is neither a PNG nor a JPEG file',
    ],
    ['a missing kernel', ['--kernel', file('none.json')], 'none.json cannot be read: there is no such file'],
    ['uneven rows', ['--kernel', file('uneven.json')], 'uneven.json is no kernel: its rows are of different lengths'],
    ['rows of words', ['--kernel', file('rows.json')], 'is no kernel: it is an array of rows of numbers'],
    ['a kernel that is cut off', ['--kernel', file('cut.json')], 'cut.json is no kernel: it is not JSON'],
    [
      'a kernel larger than the image',
      ['--kernel', 'box', '--dilation', '3'],
      'A window of 5 (dilated to 13) does not fit in 11 cells',
    ],
    ['a window larger than the map', ['--kernel', 'box', '--pool', 'max:8'], 'A window of 8 does not fit in 7 cells'],
    [
      'a reflection of more than there is',
      ['--kernel', 'box', '--padding', '11', '--pad-mode', 'reflect'],
      'mirror image of 11 cells',
    ],
    ['more padding than memory', ['--kernel', 'box', '--padding', '1000000'], 'more than 500 million: pad less'],
    [
      'a folder that is not there',
      ['--kernel', 'box', '--out', file('none/out.npy')],
      'cannot be written: there is no such file or folder',
    ],
  ])('in the files: %s', async (_name, args, message) => {
    writeFileSync(file('rows.json'), '[["a"]]');
    writeFileSync(file('uneven.json'), '[[1, 2], [3]]');
    writeFileSync(file('cut.json'), '[[1, 2');
    const before = readdirSync(folder);
    await expect(run(...args)).rejects.toThrow(message);
    await expect(run(...args)).rejects.not.toBeInstanceOf(UsageError);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('and leaves what was there', async () => {
    writeFileSync(file('kept.npy'), 'kept');
    await expect(run('--kernel', 'box', '--dilation', '9', '--out', file('kept.npy'))).rejects.toThrow();
    expect(readFileSync(file('kept.npy'), 'utf8')).toBe('kept');
  });
});
