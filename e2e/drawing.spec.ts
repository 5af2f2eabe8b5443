import { expect, test, type Locator, type Page } from '@playwright/test';
import { type LaunchedLab, launchLab } from './launch.ts';
import { settledScores, shownNumber, trainOneEpoch } from './run.ts';

let lab: LaunchedLab;
test.beforeAll(async () => {
  lab = await launchLab();
  // Only a network that has learned something recognises what is drawn.
  await trainOneEpoch(lab.page);
});
test.afterAll(async () => {
  await lab.close();
});
test.beforeEach(async () => {
  const { page } = lab;
  await source(page, 'Draw').click();
  const clear = page.getByRole('button', { name: 'Clear' });
  if (await clear.isEnabled()) await clear.click();
});

/** The label of a radio button, which is itself hidden: people click the words. */
function source(page: Page, name: 'Digit' | 'Draw'): Locator {
  return page.getByRole('group', { name: 'Watched image' }).getByText(name, { exact: true });
}

/** How many of the pad's cells have ink on them. */
function inkedCells(page: Page): Promise<number> {
  return page
    .getByTestId('drawing-pad')
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return data.filter((value, i) => i % 4 === 0 && value > 127).length;
    });
}

/** Draws with the mouse through points of the pad, each from 0 to 1 across and down. */
async function draw(page: Page, points: readonly (readonly [number, number])[]): Promise<void> {
  const box = await page.getByTestId('drawing-pad').boundingBox();
  if (!box) throw new Error('The drawing pad is not on the screen');
  const at = ([x, y]: readonly [number, number]): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  const [start = [0, 0] as const, ...rest] = points;
  await page.mouse.move(...at(start));
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...at(point), { steps: 8 });
  await page.mouse.up();
}

const one = [
  [0.5, 0.2],
  [0.5, 0.8],
] as const;

test('a stroke drawn with the mouse from top to bottom is recognised as a 1', async () => {
  const { page } = lab;
  await draw(page, one);
  await expect(page.getByTestId('guess')).toHaveText('1');
  await expect(page.getByTestId('guess-probability')).toHaveText(/^\d+\.\d\u00A0%$/);
  const scores = await settledScores(page);
  expect(await shownNumber(page, 'guess-probability')).toBe(Math.max(...scores));
  expect(scores.indexOf(Math.max(...scores))).toBe(1);
  // Each is rounded to a tenth of a percent, and came as one byte.
  expect(scores.reduce((sum, score) => sum + score, 0)).toBeGreaterThan(98.5);
  expect(scores.reduce((sum, score) => sum + score, 0)).toBeLessThan(101.5);
});

test('another drawing is another digit', async () => {
  const { page } = lab;
  await draw(page, [
    [0.25, 0.25],
    [0.7, 0.25],
    [0.45, 0.8],
  ]);
  await expect(page.getByTestId('guess')).toHaveText('7');
});

test('what is drawn beside the middle is recognised all the same', async () => {
  const { page } = lab;
  await draw(page, [
    [0.15, 0.15],
    [0.15, 0.75],
  ]);
  await expect(page.getByTestId('guess')).toHaveText('1');
});

test('Undo takes back one stroke after the other, and a Clear too', async () => {
  const { page } = lab;
  const undo = page.getByRole('button', { name: 'Undo' });
  const clear = page.getByRole('button', { name: 'Clear' });
  expect(await inkedCells(page)).toBe(0);
  await expect(clear).toBeDisabled();
  await expect(page.getByText('Draw a digit here')).toBeVisible();

  await draw(page, one);
  const afterOne = await inkedCells(page);
  expect(afterOne).toBeGreaterThan(20);
  await expect(page.getByText('Draw a digit here')).toBeHidden();
  await expect(page.getByTestId('guess')).toHaveText('1');
  await draw(page, [
    [0.5, 0.2],
    [0.2, 0.2],
    [0.2, 0.8],
    [0.5, 0.8],
  ]);
  const afterTwo = await inkedCells(page);
  expect(afterTwo).toBeGreaterThan(afterOne);
  await expect(page.getByTestId('guess')).toHaveText('0');

  await undo.click();
  expect(await inkedCells(page)).toBe(afterOne);
  await expect(page.getByTestId('guess')).toHaveText('1');

  await clear.click();
  expect(await inkedCells(page)).toBe(0);
  await expect(clear).toBeDisabled();
  await undo.click();
  expect(await inkedCells(page)).toBe(afterOne);
  await expect(page.getByTestId('guess')).toHaveText('1');
});

test('the keyboard alone draws a 1, takes back a stroke and clears the pad', async () => {
  const { page } = lab;
  const { keyboard } = page;
  await page.getByRole('radio', { name: 'Draw' }).focus();
  await keyboard.press('Tab');
  await expect(page.getByTestId('drawing-pad')).toBeFocused();

  for (let i = 0; i < 8; i++) await keyboard.press('ArrowUp');
  for (let i = 0; i < 16; i++) await keyboard.press('Shift+ArrowDown');
  await expect(page.getByTestId('guess')).toHaveText('1');

  const stroke = await inkedCells(page);
  for (let i = 0; i < 8; i++) await keyboard.press('ArrowRight');
  await keyboard.press('Space');
  const withDot = await inkedCells(page);
  expect(withDot).toBeGreaterThan(stroke);
  await keyboard.press('Control+z');
  expect(await inkedCells(page)).toBe(stroke);
  // Space painted: it did not start the training, as it would elsewhere.
  await expect(page.getByTestId('phase')).toHaveAttribute('data-phase', 'finished');

  await keyboard.press('Delete');
  expect(await inkedCells(page)).toBe(0);
});

test('going back to the test digits shows the digit that was watched before, and keeps the drawing', async () => {
  const { page } = lab;
  await draw(page, one);
  const drawn = await inkedCells(page);
  await source(page, 'Digit').click();
  await expect(page.getByText('It is a 7')).toBeVisible();
  await page.getByRole('button', { name: 'Next digit' }).click();
  await expect(page.getByText('It is a 2')).toBeVisible();
  await source(page, 'Draw').click();
  await expect(page.getByTestId('drawing-pad')).toBeVisible();
  expect(await inkedCells(page)).toBe(drawn);
  await source(page, 'Digit').click();
  await expect(page.getByText('It is a 2')).toBeVisible();
});
