import { expect, test, type Locator, type Page } from '@playwright/test';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PresetId } from '../shared/network/presets/index.ts';
import { animationFrames, expectPhase, expectSteps, stopIfRunning, transport } from './run.ts';
import { type LaunchedLab, launchLab, ready } from './launch.ts';

const published = join(resolve(import.meta.dirname, '..'), 'resources/datasets');
const words = /airplane|automobile|bird|cat|deer|dog|frog|horse|ship|truck/;

function picker(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Network' });
}

async function choose(page: Page, preset: PresetId): Promise<void> {
  await picker(page).selectOption(preset);
}

/** Chooses a network and waits until it answers. */
async function build(page: Page, preset: PresetId): Promise<void> {
  await choose(page, preset);
  await expectPhase(page, 'ready', 60_000);
  await ready(page);
  await expect(page.getByTestId('guess-probability')).toHaveText(/\d/, { timeout: 30_000 });
}

test.describe('where only the digits are at hand', () => {
  /** Datasets and a program in the place of set-up, of each test's own. */
  let folder: string;
  let lab: LaunchedLab | undefined;
  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'convolens-networks-'));
    symlinkSync(join(published, 'mnist'), join(folder, 'mnist'));
  });
  test.afterEach(async () => {
    await lab?.close();
    lab = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  async function launch(env: Record<string, string> = {}): Promise<LaunchedLab> {
    lab = await launchLab({ datasets: folder, env });
    return lab;
  }

  test('all networks are listed, those that need a folder of images last, with the reason', async () => {
    const { page } = await launch();
    const options = picker(page).locator('option:not([disabled])');
    await expect(options).toHaveCount(13);
    const last = picker(page).locator('optgroup').last();
    await expect(last).toHaveAttribute('label', /needs a folder of images/);
    await expect(last.locator('option:disabled')).toHaveCount(5);
    await expect(last.locator('option').last()).toHaveText('npm run lab -- train alexnet --dataset FOLDER');
  });

  test('the zip-code net climbs its ladder rung by rung', async () => {
    const { page } = await launch();
    await build(page, 'lecun1989');
    const ladder = page.getByRole('group', { name: 'Rung of the modern ladder' });
    await expect(ladder.getByRole('radio', { name: '1989' })).toBeChecked();
    await expect(page.getByRole('textbox', { name: 'Momentum' })).toHaveCount(0);
    await ladder.getByText('AdamW', { exact: true }).click();
    await expect(page.getByRole('textbox', { name: 'β₁' })).toHaveValue('0.9');
    await expect(page.getByText('Learning rate falls in a line, to 33 % in the last epoch')).toBeVisible();
    await expectPhase(page, 'ready', 20_000);
    await transport(page, 'Step').click();
    await expectSteps(page, 1);
  });

  test('a network of photographs says what it needs and how much that is, and one finds back to the digits', async () => {
    const { page } = await launch();
    await choose(page, 'residual-20');
    const card = page.getByTestId('failure');
    await expect(card).toHaveAttribute('data-code', 'dataset-missing', { timeout: 30_000 });
    await expect(card.getByRole('heading', { name: 'CIFAR-10 is not here yet' })).toBeVisible();
    await expect(card).toContainText('a download of 139 MB');
    await expect(card.getByRole('button', { name: 'Get CIFAR-10' })).toBeFocused();

    await build(page, 'lenet5-textbook');
    await expect(card).toBeHidden();
    await transport(page, 'Train').click();
    await expectSteps(page, 1);
  });

  test('while photographs are fetched one sees how far it is, and can go on with the digits', async () => {
    // A fetch that gets on a little and then takes its time, until the app ends it.
    const setUp = join(folder, 'set-up');
    const progress = JSON.stringify({ type: 'progress', received: 34_500_000, total: 138_900_000 });
    writeFileSync(setUp, `#!/bin/sh\necho '${progress}'\nexec sleep 60\n`);
    chmodSync(setUp, 0o755);
    const { page } = await launch({ npm_node_execpath: setUp });
    await choose(page, 'alexnet-cifar');
    await page.getByRole('button', { name: 'Get CIFAR-10' }).click();
    await expect(page.getByRole('heading', { name: 'Fetching CIFAR-10' })).toBeVisible();
    await expect(page.getByText('34.5 MB of 138.9 MB')).toBeVisible();

    await build(page, 'lenet5-textbook');
    await transport(page, 'Train').click();
    await expectSteps(page, 1);
    await stopIfRunning(page);
    // Asked for again, it is the same fetch.
    await choose(page, 'alexnet-cifar');
    await page.getByRole('button', { name: 'Get CIFAR-10' }).click();
    await expect(page.getByRole('heading', { name: 'Fetching CIFAR-10' })).toBeVisible();
  });

  test('a fetch that cannot be done says why and can be tried again', async () => {
    // A file stands where the folder of downloads should be.
    const cache = join(folder, 'cache');
    writeFileSync(cache, '');
    const { page } = await launch({ CONVOLENS_CACHE: cache });
    await choose(page, 'alexnet-cifar');
    const get = page.getByRole('button', { name: 'Get CIFAR-10' });
    await get.click();
    await expect(page.getByTestId('failure')).toContainText(/ENOTDIR|EEXIST/, { timeout: 30_000 });
    rmSync(cache);
    mkdirSync(cache, { mode: 0o755 });
    writeFileSync(join(cache, 'downloads'), '');
    await get.click();
    await expect(page.getByTestId('failure')).toContainText(join(cache, 'downloads'), { timeout: 30_000 });
    await build(page, 'lenet5-textbook');
  });
});

test.describe('with CIFAR-10', () => {
  test.skip(
    !existsSync(join(published, 'cifar10/test_batch.bin')),
    'CIFAR-10 is not set up here: npm run setup -- --cifar10',
  );
  let lab: LaunchedLab;
  test.beforeAll(async () => {
    lab = await launchLab();
  });
  test.afterAll(async () => {
    await lab.close();
  });

  test('a residual net looks at photographs in colour, names what it sees, and trains', async () => {
    const { page } = lab;
    await build(page, 'residual-20');
    await expect(page.getByTestId('guess')).toHaveText(words);
    await expect(page.getByRole('img', { name: /^Test photograph number 0: cat$/ })).toBeVisible();
    expect(await page.getByTestId('watched-image').locator('canvas').evaluate(colourfulPixels)).toBeGreaterThan(300);
    await expect(page.getByRole('radio', { name: 'Draw' })).toHaveCount(0);
    const rates = page.getByRole('list', { name: 'Learning rate by epoch' });
    await expect(rates.getByRole('listitem')).toHaveText(['0.1 1–82', '0.01 83–123', '0.001 124–164']);
    await expect(page.getByRole('textbox', { name: 'Learning rate' })).toHaveCount(0);

    await transport(page, 'Step').click();
    await expectSteps(page, 1);
    await expect(rates.getByRole('listitem').first()).toHaveAttribute('aria-current', 'step');
    await stopIfRunning(page);
  });

  test('a net of 110 layers stands in the view, every line with its names', async () => {
    const { page } = lab;
    await build(page, 'residual-110');
    const view = page.getByTestId('network-view');
    await expect(view.getByText('Input', { exact: true })).toBeVisible();
    await expect(view.getByText('fc10', { exact: true })).toBeVisible();
    const names = view.locator('.layer .name');
    await expect.poll(() => names.count()).toBeGreaterThan(20);
    expect(await overlaps(names)).toEqual([]);
    // It answers while it stands there.
    const began = performance.now();
    await animationFrames(page, 10);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('the little AlexNet has its normalisation as a switch, and the way back to the digits is open', async () => {
    const { page } = lab;
    await build(page, 'alexnet-cifar');
    const lrn = page.getByRole('group', { name: 'Local response normalisation' });
    await expect(page.getByTestId('network-view').getByText('norm1', { exact: true })).toBeVisible();
    await lrn.getByText('Off', { exact: true }).click();
    await expect(page.getByTestId('network-view').getByText('norm1', { exact: true })).toHaveCount(0);

    await build(page, 'lenet5-textbook');
    await expect(page.getByRole('radio', { name: 'Draw' })).toHaveCount(1);
    await expect(page.getByTestId('guess')).toHaveText(/^\d$/);
    expect(lab.complaints).toEqual([]);
  });
});

/** Pixels whose red and blue differ. Runs in the page. */
function colourfulPixels(canvas: HTMLElement | SVGElement): number {
  const { width, height } = canvas as HTMLCanvasElement;
  const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) if (Math.abs(data[at]! - data[at + 2]!) > 20) count += 1;
  return count;
}

/** The texts that lie over the one before them in their line. */
async function overlaps(texts: Locator): Promise<string[]> {
  return await texts.evaluateAll((elements) => {
    const boxes = elements
      .map((element) => ({ text: element.textContent, box: element.getBoundingClientRect() }))
      .sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
    return boxes
      .filter(({ box }, index) => {
        const before = boxes[index - 1]?.box;
        return before && Math.abs(before.top - box.top) < 2 && before.right > box.left + 1;
      })
      .map(({ text }) => text);
  });
}
