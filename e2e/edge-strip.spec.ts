import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { correlate } from '../shared/math/correlate.ts';
import { edgeKernels, type EdgeKernelId } from '../shared/math/kernels.ts';
import { mapPlane, type Plane, type PlaneSummary, summarise } from '../shared/math/plane.ts';
import { pool } from '../shared/math/pool.ts';
import { type LaunchedLab, launchLab } from './launch.ts';

const photographFile = join(resolve(import.meta.dirname, '..'), 'resources/photographs/nagasaki-boats.png');

let lab: LaunchedLab;
let photograph: Plane;
test.beforeAll(async () => {
  lab = await launchLab();
  photograph = await decode(lab.page, readFileSync(photographFile));
});
test.afterAll(async () => {
  await lab.close();
});

/** A grey picture's values from 0 to 1, decoded by the page: Node has no decoder of its own. */
async function decode(page: Page, file: Buffer): Promise<Plane> {
  const { height, width, greys } = await page.evaluate(
    async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      if (!context) throw new Error('This window has no 2D canvas');
      context.drawImage(bitmap, 0, 0);
      const { data, height: rows, width: columns } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      return { height: rows, width: columns, greys: [...data.filter((_, i) => i % 4 === 0)] };
    },
    [...file],
  );
  return { height, width, values: Float32Array.from(greys, (grey) => grey / 255) };
}

/** What is done to the sums, under its name on the screen. */
const responses = {
  ReLU: (value: number) => Math.max(0, value),
  Absolute: (value: number) => Math.abs(value),
  Signed: (value: number) => value,
};
const kernelNames: Record<EdgeKernelId, string> = {
  'sobel-x': 'Sobel x',
  'sobel-y': 'Sobel y',
  'prewitt-x': 'Prewitt',
  laplacian: 'Laplacian',
};

type Choice = { readonly kernel: EdgeKernelId; readonly response: keyof typeof responses; readonly window: number };
type Maps = { readonly feature: Plane; readonly maxpool: Plane; readonly avgpool: Plane };
const mapNames = ['feature', 'maxpool', 'avgpool'] as const;

/** The three maps by the reference arithmetic, here in Node. */
function computed({ kernel, response, window }: Choice): Maps {
  const feature = mapPlane(correlate(photograph, edgeKernels[kernel]), responses[response]);
  return {
    feature,
    maxpool: pool(feature, { method: 'max', size: window }),
    avgpool: pool(feature, { method: 'average', size: window }),
  };
}

/** What the strip says under each of its maps, in full precision. */
async function shown(page: Page): Promise<Record<keyof Maps, Pick<PlaneSummary, 'max' | 'mean'>>> {
  const value = async (map: keyof Maps, which: 'max' | 'mean'): Promise<number> =>
    Number(await page.getByTestId(`edge-${map}-${which}`).getAttribute('data-value'));
  const both = async (map: keyof Maps): Promise<{ max: number; mean: number }> => ({
    max: await value(map, 'max'),
    mean: await value(map, 'mean'),
  });
  return { feature: await both('feature'), maxpool: await both('maxpool'), avgpool: await both('avgpool') };
}

async function choose(page: Page, { kernel, response, window }: Choice): Promise<void> {
  const strip = page.getByTestId('edge-strip');
  await strip.getByText(kernelNames[kernel], { exact: true }).click();
  await strip.getByText(response, { exact: true }).click();
  await strip.getByText(`${String(window)}×${String(window)}`, { exact: true }).click();
}

/** Compares all that the strip says with the reference arithmetic. */
async function expectComputed(page: Page, choice: Choice): Promise<void> {
  const maps = computed(choice);
  const said = await shown(page);
  for (const name of mapNames) {
    const { max, mean } = summarise(maps[name]);
    expect(said[name], name).toEqual({ max, mean });
    // And what people read is that number.
    await expect(page.getByTestId(`edge-${name}-max`)).toHaveText(max.toFixed(3));
    // What is rounded to zero has no sign.
    const meanText = mean.toFixed(3).replace(/^-(?=0\.000$)/, '');
    await expect(page.getByTestId(`edge-${name}-mean`)).toHaveText(meanText.replace(/^-/, '−'));
    const size = `${String(maps[name].width)}×${String(maps[name].height)}`;
    await expect(page.getByTestId('edge-strip').getByText(size, { exact: true }).first()).toBeVisible();
  }
}

test('opens with Sobel x, ReLU and 3×3 windows, and says what the reference arithmetic computes', async () => {
  const { page } = lab;
  for (const name of ['Sobel x', 'ReLU', '3×3']) {
    await expect(page.getByTestId('edge-strip').getByRole('radio', { name, exact: true })).toBeChecked();
  }
  await expectComputed(page, { kernel: 'sobel-x', response: 'ReLU', window: 3 });
});

const choices: readonly Choice[] = [
  { kernel: 'sobel-y', response: 'ReLU', window: 3 },
  { kernel: 'prewitt-x', response: 'Absolute', window: 2 },
  { kernel: 'laplacian', response: 'Signed', window: 4 },
  { kernel: 'sobel-x', response: 'Signed', window: 2 },
];
for (const choice of choices) {
  const { kernel, response, window } = choice;
  test(`computes afresh for ${kernelNames[kernel]}, ${response} and windows of ${String(window)}`, async () => {
    await choose(lab.page, choice);
    await expectComputed(lab.page, choice);
    const weights = await lab.page.getByTestId('edge-kernel').getByRole('cell').allTextContents();
    expect(weights.map((weight) => Number(weight.replace('−', '-')))).toEqual([...edgeKernels[kernel].values]);
  });
}

test('max pooling keeps the strongest edge whole, average pooling keeps less of it', async () => {
  const { page } = lab;
  for (const window of [2, 3, 4]) {
    await choose(page, { kernel: 'sobel-x', response: 'ReLU', window });
    const { feature, maxpool, avgpool } = await shown(page);
    expect(maxpool.max).toBe(feature.max);
    expect(avgpool.max).toBeLessThan(maxpool.max);
    expect(avgpool.mean).toBeLessThanOrEqual(maxpool.mean);
    const kept = async (map: string): Promise<number> =>
      parseFloat((await page.getByTestId(`edge-${map}-contrast`).textContent()) ?? '');
    expect(await kept('maxpool')).toBeGreaterThan(await kept('avgpool'));
  }
});

test('pointing at a cell says its number, and the arrow keys go on to the next', async () => {
  const { page } = lab;
  const choice: Choice = { kernel: 'sobel-x', response: 'ReLU', window: 3 };
  await choose(page, choice);
  const { maxpool } = computed(choice);
  const picture = page.getByRole('application', { name: 'Max pooling' });
  const box = await picture.boundingBox();
  if (!box) throw new Error('The picture is not on the screen');
  const [column, row] = [20, 10];
  await picture.hover({
    position: { x: ((column + 0.5) / maxpool.width) * box.width, y: ((row + 0.5) / maxpool.height) * box.height },
  });
  const valueAt = (x: number, y: number): string => (maxpool.values[y * maxpool.width + x] ?? NaN).toFixed(3);
  await expect(picture.getByRole('status')).toHaveText(
    new RegExp(`^Row ${String(row)}, column ${String(column)}\\s*${valueAt(column, row)}$`),
  );

  await page.mouse.move(0, 0);
  await expect(picture.getByRole('status')).toBeHidden();
  await picture.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const middle = { x: Math.floor(maxpool.width / 2), y: Math.floor(maxpool.height / 2) };
  await expect(picture.getByRole('status')).toContainText(valueAt(middle.x + 2, middle.y));
});
