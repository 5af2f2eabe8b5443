import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { PNG } from 'pngjs';
import { takenApart } from '../shared/npy/testing/taken-apart.ts';
import { type LaunchedLab, launchLab } from './launch.ts';
import { expectPhase, expectSteps, pausedStep, settledScores, shownScores, stopIfRunning, transport } from './run.ts';

let folder: string;
let lab: LaunchedLab;
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'convolens-time-machine-'));
  lab = await launchLab({ size: { width: 1280, height: 800 } });
});
test.afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});
test.describe.configure({ mode: 'serial' });

// ---- the hands of whoever uses it ----

const slider = (page: Page) => page.getByTestId('time-slider');

async function shownStep(page: Page): Promise<number> {
  return Number(await slider(page).getAttribute('data-step'));
}

/** The picture of the network as it is drawn. */
async function picture(page: Page): Promise<Buffer> {
  return await page.getByTestId('network-canvas').screenshot();
}

/** From now on the system's dialog says so. */
async function answerDialogs(filePath: string): Promise<void> {
  await lab.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, filePath);
}

/** Presses the button and gives what is in the file of this name that it saves. */
async function saved(button: string, name: string): Promise<Buffer> {
  const path = join(folder, name);
  await answerDialogs(path);
  await lab.page.getByTestId(button).click();
  await expect(lab.page.getByTestId('take-note')).toContainText(name, { timeout: 60_000 });
  return readFileSync(path);
}

async function choose(page: Page, label: string): Promise<void> {
  await page.getByTestId('export-dialog').getByText(label, { exact: true }).click();
}

async function accessible(page: Page, within: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include(within).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

// ---- what is kept ----

test('says what it will hold before anything has happened', async () => {
  const { page } = lab;
  await page.getByTestId('dock-tab-time-machine').click();
  await expect(page.getByTestId('time-empty')).toContainText('Once training begins');
  await expect(page.getByTestId('time-play')).toBeDisabled();
  await accessible(page, '[data-testid="time-machine"]');
});

test('keeps moments while the network trains, densely at first', async () => {
  const { page } = lab;
  await transport(page, 'Train').click();
  await expectSteps(page, 150);
  await transport(page, 'Pause').click();
  await pausedStep(page);
  const kept = page.getByTestId('time-kept');
  await expect(kept).toContainText(/moments · .*\d MB/);
  expect(Number(await kept.getAttribute('data-count'))).toBeGreaterThan(10);
  await expect(page.getByTestId('time-now')).toContainText('Live');
});

test('goes back to step 0 and to the live network again', async () => {
  const { page } = lab;
  const live = await settledScores(page);
  const livePicture = await picture(page);
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(slider(page)).toHaveAttribute('data-step', '0');
  await expect(page.getByTestId('replay-mark')).toContainText('replay');
  await expect.poll(() => shownScores(page)).not.toEqual(live);
  const first = await settledScores(page);
  // Fresh weights know nothing: no class stands out as it does now.
  expect(Math.max(...first)).toBeLessThan(Math.max(...live));
  await expect.poll(async () => (await picture(page)).equals(livePicture)).toBe(false);

  await page.keyboard.press('ArrowRight');
  expect(await shownStep(page)).toBe(1);
  await page.keyboard.press('End');
  expect(await shownStep(page)).toBeGreaterThanOrEqual(150);

  await page.getByTestId('replay-live').click();
  await expect(slider(page)).toHaveAttribute('data-step', 'live');
  await expect(page.getByTestId('replay-mark')).toHaveCount(0);
  expect(await settledScores(page)).toEqual(live);
});

test('is dragged through time', async () => {
  const { page } = lab;
  const box = (await slider(page).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + 30);
  await page.mouse.down();
  const middle = await shownStep(page);
  await page.mouse.move(box.x + box.width - 5, box.y + 30, { steps: 5 });
  await page.mouse.up();
  expect(await shownStep(page)).toBeGreaterThan(middle);
  await page.keyboard.press('Escape');
  await expect(slider(page)).toHaveAttribute('data-step', 'live');
});

test('plays to the last moment', async () => {
  const { page } = lab;
  await page.getByTestId('time-speed').selectOption('8');
  await page.getByTestId('time-play').click();
  await expect(page.getByTestId('time-play')).toHaveAttribute('data-playing', 'true');
  await expect(page.getByTestId('time-play')).toHaveAttribute('data-playing', 'false', { timeout: 20_000 });
  expect(await shownStep(page)).toBeGreaterThanOrEqual(150);
  await page.getByTestId('time-live').click();
});

test('finds a moment again by its bookmark, while training goes on behind it', async () => {
  const { page } = lab;
  await slider(page).focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  const marked = await shownStep(page);
  await page.keyboard.press('b');
  await page.getByRole('textbox', { name: `Name of the bookmark at step` }).fill('still blind');
  await page.keyboard.press('Enter');
  await page.getByTestId('time-live').click();

  await transport(page, 'Train').click();
  await expectPhase(page, 'training');
  await page.getByTestId(`bookmark-${marked}`).click();
  await expect(slider(page)).toHaveAttribute('data-step', String(marked));
  const shown = await settledScores(page);
  await expectSteps(page, 300);
  // The network has learned meanwhile; what is shown is the moment still.
  expect(await shownScores(page)).toEqual(shown);
  await transport(page, 'Pause').click();
  await pausedStep(page);
  await page.getByTestId('time-live').click();
  await expect.poll(() => shownScores(page)).not.toEqual(shown);
  await expect(page.getByRole('textbox', { name: 'Name of the bookmark' })).toHaveValue('still blind');
});

test('compares two moments', async () => {
  const { page } = lab;
  const machine = page.getByTestId('time-machine');
  await machine.getByText('Compare', { exact: true }).click();
  await expect(page.getByTestId('compare-difference')).toBeVisible();
  const numbers = page.getByTestId('compare-number');
  await expect(numbers).toHaveCount(4);
  const far = await numbers.allTextContents();
  expect(Number(far[0])).toBeGreaterThan(0);
  // The newest against itself: nothing has changed.
  await page.getByTestId('compare-set-a').click();
  await page.getByTestId('compare-set-b').click();
  await expect(numbers.first()).toHaveText('0');
  await expect(numbers.nth(3)).toHaveText('1.000');
  await accessible(page, '[data-testid="time-machine"]');
});

test('ranks the filters by how near they are to an edge detector', async () => {
  const { page } = lab;
  await page.getByTestId('time-machine').getByText('Edge detectors', { exact: true }).click();
  const cards = page.getByTestId('edge-card');
  await expect(cards).toHaveCount(6);
  const scores = await cards.evaluateAll((all) => all.map((card) => Number(card.getAttribute('data-score'))));
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
  await page.getByText('≥ 0.7', { exact: true }).click();
  const since = page.getByTestId('edge-since').first();
  const step = Number((await since.textContent())!.replace(/\D/g, ''));
  await since.click();
  await expect(slider(page)).toHaveAttribute('data-step', String(step));
  await page.getByTestId('time-live').click();
  await accessible(page, '[data-testid="time-machine"]');
});

// ---- what is taken along ----

test('saves a layer as a figure', async () => {
  const { page } = lab;
  await page.getByTestId('time-machine').getByTestId('export-open').click();
  await page.getByTestId('export-layer').selectOption('C1');
  const png = PNG.sync.read(await saved('export-png', 'c1.png'));
  expect(png.width).toBe(1440);
  const svg = (await saved('export-svg', 'c1.svg')).toString();
  expect(svg).toContain('Kernels');
  expect(svg).toContain('6 × 28×28');
  await accessible(page, '[data-testid="export-dialog"]');
});

test('saves a film of all kept moments', async () => {
  const { page } = lab;
  await choose(page, 'Film');
  const words = (await page.getByTestId('film-length').textContent())!.replace(/[\u2066-\u2069]/g, '');
  const frames = Number.parseInt(words, 10);
  await choose(page, '480p');
  for (const format of ['WebM', 'MP4'] as const) {
    await choose(page, format);
    const file = await saved('export-film', `c1.${format.toLowerCase()}`);
    const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(new Uint8Array(file)) });
    const track = (await input.getPrimaryVideoTrack())!;
    let packets = 0;
    const sink = new EncodedPacketSink(track);
    for await (const packet of sink.packets()) packets += packet.byteLength > 0 ? 1 : 0;
    expect([format, packets, await track.getDisplayWidth(), await track.getDisplayHeight()]).toEqual([
      format,
      frames,
      854,
      480,
    ]);
    expect(await input.computeDuration()).toBeCloseTo(frames / 8, 1);
  }
});

test('saves the numbers that the network has', async () => {
  const { page } = lab;
  await choose(page, 'Numbers');
  await page.getByTestId('tensor-C1').check();
  const bundle = unzipSync(new Uint8Array(await saved('export-numbers', 'c1.npz')));
  expect(Object.keys(bundle).sort()).toEqual(['bias.npy', 'kernel.npy', 'outputs.npy', 'sums.npy']);
  const array = (name: string) => takenApart(bundle[`${name}.npy`]!.slice());
  expect(array('kernel').header).toContain("'shape': (5, 5, 1, 6)");

  await page.getByTestId('export-layer').selectOption('input');
  const input = takenApart(new Uint8Array(await saved('export-numbers', 'input.npy')));
  expect(input.header).toContain("'shape': (28, 28, 1)");

  // Every sum of C1 computed here from the image, the kernel and the bias: padding 2, stride 1.
  const [kernel, bias, sums, outputs] = ['kernel', 'bias', 'sums', 'outputs'].map((name) => array(name).values);
  let worst = 0;
  for (let y = 0; y < 28; y++) {
    for (let x = 0; x < 28; x++) {
      for (let filter = 0; filter < 6; filter++) {
        let sum = bias![filter]!;
        for (let v = 0; v < 5; v++) {
          for (let u = 0; u < 5; u++) {
            const [row, column] = [y + v - 2, x + u - 2];
            if (row < 0 || column < 0 || row > 27 || column > 27) continue;
            sum += kernel![(v * 5 + u) * 6 + filter]! * input.values[row * 28 + column]!;
          }
        }
        worst = Math.max(worst, Math.abs(sum - sums![(y * 28 + x) * 6 + filter]!));
      }
    }
  }
  expect(worst).toBeLessThan(1e-4);
  const logistic = outputs!.map((output, i) => Math.abs(output - 1 / (1 + Math.exp(-sums![i]!))));
  expect(Math.max(...logistic)).toBeLessThan(1e-5);
});

test('gives up a film that is not wanted any more', async () => {
  const { page } = lab;
  await choose(page, 'Film');
  await choose(page, '1080p');
  await page.getByTestId('export-film').click();
  await page.getByTestId('export-cancel').click();
  await expect(page.getByTestId('export-progress')).toHaveCount(0);
  await expect(page.getByTestId('export-film')).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('export-dialog')).toHaveCount(0);
});

// ---- how it ends ----

test('speaks Hebrew, with time from the left', async () => {
  const { page } = lab;
  await page
    .getByRole('button', { name: 'עברית' })
    .or(page.getByText('עברית', { exact: true }))
    .first()
    .click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.getByTestId('dock-tab-time-machine')).toContainText('מכונת');
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(page.getByTestId('time-now')).toContainText('צעד');
  await accessible(page, '[data-testid="time-machine"]');
  await page.keyboard.press('Escape');
  await page.getByText('English', { exact: true }).click();
});

test('keeps nothing when it is switched off, and forgets a run that was stopped', async () => {
  const { page } = lab;
  await page.getByTestId('time-machine').getByText('Curves', { exact: true }).click();
  await page.getByTestId('time-budget').selectOption('0');
  await expect(page.getByTestId('time-empty')).toContainText('off');
  await page.getByTestId('time-budget').selectOption(String(256 * 2 ** 20));
  await stopIfRunning(page);
  await expect(page.getByTestId('time-empty')).toContainText('Nothing has happened yet');
  expect(lab.complaints).toEqual([]);
});
