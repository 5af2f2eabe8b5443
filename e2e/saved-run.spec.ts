import { expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import mnist from '../shared/dataset/mnist.json' with { type: 'json' };
import { correlate } from '../shared/math/correlate.ts';
import { plane } from '../shared/math/plane.ts';
import { takenApart } from '../shared/npy/testing/taken-apart.ts';

const root = resolve(import.meta.dirname, '..');
const digits = join(root, 'resources/datasets/mnist', mnist.files.testImages.name);

/** The command line as it was built. */
const lab = (...args: string[]) => promisify(execFile)(process.execPath, [join(root, 'out/main/cli.js'), ...args]);

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'convolens-saved-run-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a run trained on the command line is kept in a folder, and its numbers come out of it', async () => {
  // Six processes, four of which load TensorFlow.
  test.setTimeout(120_000);
  const [run, image] = [join(folder, 'רשת'), join(folder, 'seven.png')];
  const { stdout } = await lab(
    'train',
    'lenet5-textbook',
    '--dataset',
    'mnist',
    '--steps',
    '50',
    '--run',
    run,
    '--json',
  );
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({ type: 'finished', run, steps: 50 });
  expect(readdirSync(run).sort()).toEqual(['history.jsonl', 'model.safetensors', 'moments', 'run.json']);
  const listed = await lab('moments', '--run', run, '--json');
  const steps = listed.stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { step: number }).step);
  expect(steps).toEqual(expect.arrayContaining([0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 50]));

  const pixels = readFileSync(digits).subarray(16, 16 + 784);
  const picture = new PNG({ width: 28, height: 28 });
  picture.data = Buffer.from([...pixels].flatMap((byte) => [byte, byte, byte, 255]));
  writeFileSync(image, PNG.sync.write(picture));
  const numbers = async (command: string, ...args: string[]) => {
    const out = join(folder, 'numbers.npy');
    await lab(command, '--run', run, '--layer', 'C1', '--out', out, ...args);
    return takenApart(readFileSync(out));
  };
  const kernels = await numbers('kernels');
  const sums = await numbers('activations', '--image', image, '--of', 'sums');
  const outputs = await numbers('activations', '--image', image);
  expect([kernels.shape, sums.shape, outputs.shape]).toEqual([
    [5, 5, 1, 6],
    [28, 28, 6],
    [28, 28, 6],
  ]);
  const largest = Math.max(...sums.values.map(Math.abs));
  for (let filter = 0; filter < 6; filter++) {
    const values = Array.from({ length: 25 }, (_, cell) => kernels.values[cell * 6 + filter]!);
    const input = plane(
      28,
      28,
      [...pixels].map((byte) => byte / 255),
    );
    const { values: map } = correlate([input], { height: 5, width: 5, values }, { padding: 'same' });
    // A corner of the digit is background: what is there is the bias.
    const bias = sums.values[filter]!;
    expect(map[0]).toBe(0);
    for (let cell = 0; cell < 784; cell++) {
      const [sum, output] = [sums.values[cell * 6 + filter]!, outputs.values[cell * 6 + filter]!];
      expect(Math.abs(sum - bias - map[cell]!)).toBeLessThanOrEqual(1e-5 * largest);
      expect(Math.abs(output - 1 / (1 + Math.exp(-sum)))).toBeLessThanOrEqual(1e-5);
    }
  }

  await expect(lab('train', 'lenet5-textbook', '--steps', '1', '--run', run)).rejects.toMatchObject({
    code: 1,
    stderr: `${run} holds a run already: name a folder that is empty, or not there yet\n`,
  });
  await expect(lab('kernels', '--run', run)).rejects.toMatchObject({ code: 2 });
});
