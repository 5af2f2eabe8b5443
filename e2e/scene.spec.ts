import { expect, test, type Locator, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { type LaunchedLab, launchLab, ready } from './launch.ts';
import { animationFrames, expectPhase, expectSteps, pausedStep, transport } from './run.ts';

declare global {
  interface Window {
    /** What the page holds on the graphics card. */
    graphics: { textures: number; buffers: number };
  }
}

/** Counts what is made on the graphics card and given back, from the page's first moment on. Runs in the page. */
function countGraphics(): void {
  window.graphics = { textures: 0, buffers: 0 };
  const { prototype } = WebGL2RenderingContext;
  const count = (method: 'createTexture' | 'deleteTexture' | 'createBuffer' | 'deleteBuffer') => {
    const kind = method.endsWith('Texture') ? 'textures' : 'buffers';
    const own = Reflect.get(prototype, method) as (this: unknown, what?: unknown) => unknown;
    const counted = function (this: unknown, what?: unknown): unknown {
      if (method.startsWith('create')) window.graphics[kind] += 1;
      else if (what) window.graphics[kind] -= 1;
      return own.call(this, what);
    };
    Object.assign(prototype, { [method]: counted });
  };
  for (const method of ['createTexture', 'deleteTexture', 'createBuffer', 'deleteBuffer'] as const) count(method);
}

let lab: LaunchedLab;
test.beforeAll(async () => {
  lab = await launchLab({ size: { width: 1280, height: 800 } });
  await transport(lab.page, 'Train').click();
  await expectSteps(lab.page, 100);
  await transport(lab.page, 'Pause').click();
  await pausedStep(lab.page);
});
test.afterAll(async () => {
  await lab.close();
});
test.beforeEach(async () => {
  const { page } = lab;
  await page.getByRole('button', { name: 'Show the whole network' }).click();
  await page.getByText('3D', { exact: true }).click();
  await page.mouse.move(5, 5);
  await atRest(page);
});

function view(page: Page): Locator {
  return page.getByTestId('network-view');
}

/** The steps of the way to where one is. */
function crumbs(page: Page): Locator {
  return page.getByTestId('breadcrumb').getByRole('button');
}

function layer(page: Page, name: string): Locator {
  return view(page).locator('.label').getByText(name, { exact: true });
}

/** Waits until nothing moves any more and the picture stands in full resolution; answers it. */
async function atRest(page: Page): Promise<Buffer> {
  const canvas = page.getByTestId('network-canvas');
  let before: Buffer = Buffer.alloc(0);
  await expect(async () => {
    const [drawn, shown] = await canvas.evaluate((element: HTMLCanvasElement) => [element.width, element.clientWidth]);
    expect(drawn).toBe(shown);
    const picture = await canvas.screenshot();
    const isSame = picture.equals(before);
    before = picture;
    expect(isSame).toBe(true);
  }).toPass({ timeout: 20_000, intervals: [300] });
  return before;
}

/** The picture at rest below the bar over it, with nothing pointed at and nothing that has the focus. */
async function picture(page: Page): Promise<Buffer> {
  await page.mouse.move(5, 5);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await atRest(page);
  const box = await view(page).boundingBox();
  if (!box) throw new Error('The view is not on the screen');
  const bar = 46;
  return await page.screenshot({ clip: { ...box, y: box.y + bar, height: box.height - bar } });
}

/** Share of the pixels that differ to the eye: names may stand a fraction of a pixel off. */
function difference(a: Buffer, b: Buffer): number {
  const [one, other] = [PNG.sync.read(a), PNG.sync.read(b)];
  expect([one.width, one.height]).toEqual([other.width, other.height]);
  let count = 0;
  for (let i = 0; i < one.data.length; i += 4) {
    const apart = [0, 1, 2].reduce(
      (sum, channel) => sum + Math.abs(one.data[i + channel]! - other.data[i + channel]!),
      0,
    );
    if (apart > 60) count += 1;
  }
  return count / (one.width * one.height);
}

/** Share of the picture that is not the ground. */
function covered(picture: Buffer): number {
  const { data, width, height } = PNG.sync.read(picture);
  // The lower left corner is empty in every arrangement.
  const ground = data.subarray(4 * (width * (height - 2) + 2), 4 * (width * (height - 2) + 2) + 3);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (
      Math.abs(data[i]! - ground[0]!) + Math.abs(data[i + 1]! - ground[1]!) + Math.abs(data[i + 2]! - ground[2]!) >
      24
    )
      count += 1;
  }
  return count / (width * height);
}

/** Presses a point of the view, given as shares of its width and height. */
async function press(page: Page, x: number, y: number): Promise<void> {
  const box = await view(page).boundingBox();
  if (!box) throw new Error('The view is not on the screen');
  await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
}

test('a layer’s name leads to the layer, a map to itself and a cell to its unit, and Escape leads back', async () => {
  const { page } = lab;
  const whole = covered(await atRest(page));
  await layer(page, 'C3').click();
  await expect(crumbs(page)).toHaveText(['Network', 'C3']);
  const near = await atRest(page);
  expect(covered(near)).toBeGreaterThan(1.5 * whole);

  await press(page, 0.38, 0.4);
  await expect(crumbs(page)).toHaveText(['Network', 'C3', /^map \d+$/]);
  await atRest(page);
  await press(page, 0.45, 0.5);
  await expect(crumbs(page)).toHaveText(['Network', 'C3', /^map \d+$/, /^unit \(\d, \d\)$/]);
  await expect(crumbs(page).last()).toHaveAttribute('aria-current', 'location');

  await view(page).focus();
  for (const left of [3, 2, 1]) {
    await page.keyboard.press('Escape');
    await expect(crumbs(page)).toHaveCount(left);
  }
});

test('every step of the way is a button that the keyboard reaches', async () => {
  const { page } = lab;
  await layer(page, 'S4').click();
  await atRest(page);
  await view(page).focus();
  // The first map of the layer, and the unit in its middle.
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(crumbs(page)).toHaveText(['Network', 'S4', 'map 16']);
  await page.keyboard.press('PageDown');
  await expect(crumbs(page)).toHaveText(['Network', 'S4', 'map 1']);
  await page.keyboard.press('Enter');
  await expect(crumbs(page)).toHaveText(['Network', 'S4', 'map 1', 'unit (2, 2)']);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await expect(crumbs(page).last()).toHaveText('unit (1, 3)');

  await crumbs(page).nth(1).focus();
  await page.keyboard.press('Enter');
  await expect(crumbs(page)).toHaveText(['Network', 'S4']);
  await crumbs(page).first().press('Enter');
  await expect(crumbs(page)).toHaveText(['Network']);
});

test('the part of the image that a unit sees is marked on it, exactly', async () => {
  const { page } = lab;
  await layer(page, 'S4').click();
  await atRest(page);
  await view(page).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(crumbs(page).last()).toHaveText('unit (2, 2)');
  // Strides 2 · 2, 16 pixels wide, two of padding before: 4 · 2 − 2.
  const mark = page.getByTestId('receptive-field');
  await expect(mark).toHaveAttribute('data-value', '6 6 16 16');
  const [image, rectangle] = [await page.getByTestId('watched-image').boundingBox(), await mark.boundingBox()];
  const pixel = image!.width / 28;
  expect(Math.abs(rectangle!.x - image!.x - 6 * pixel)).toBeLessThan(1);
  expect(Math.abs(rectangle!.width - 16 * pixel)).toBeLessThan(1);
  // At the edge it ends where the image does.
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowLeft');
  await expect(mark).toHaveAttribute('data-value', '6 0 16 14');
});

test('the contact sheet shows every layer flat, remembers itself, and leads into layers too', async () => {
  const { page } = lab;
  const space = await picture(page);
  await page.getByText('Sheet', { exact: true }).click();
  const sheet = await picture(page);
  expect(difference(sheet, space)).toBeGreaterThan(0.1);
  for (const name of ['Input', 'C1', 'S2', 'C3', 'S4', 'C5', 'F6', 'Output'])
    await expect(layer(page, name)).toBeVisible();
  // One below the other, at the left.
  const boxes = await Promise.all(['Input', 'C1', 'S2', 'C3', 'S4'].map((name) => layer(page, name).boundingBox()));
  const tops = boxes.map((box) => box!.y);
  expect(tops).toEqual([...tops].sort((a, b) => a - b));

  await page.getByTestId('screen-bench').click();
  await page.getByTestId('screen-network').click();
  await expect(page.getByRole('radio', { name: 'Sheet' })).toBeChecked();
  expect(difference(await picture(page), sheet)).toBeLessThan(0.005);

  await layer(page, 'C5').click();
  await expect(crumbs(page)).toHaveText(['Network', 'C5']);
  await atRest(page);
  await crumbs(page).first().click();
  expect(difference(await picture(page), sheet)).toBeLessThan(0.005);
});

test('pointing at a layer’s name tells what it costs and sees', async () => {
  const { page } = lab;
  await layer(page, 'C3').hover();
  const card = page.getByTestId('layer-card');
  await expect(card).toContainText('16@10×10');
  // 16 filters of 6 × 5 × 5 weights and a bias, on 10 × 10 places.
  await expect(card).toContainText('2,416');
  await expect(card).toContainText('241,600');
  await expect(card).toContainText('480,000');
  await expect(card).toContainText('14×14');
  await page.mouse.move(5, 5);
  await expect(card).toBeHidden();
});

test('each map on the whole scale of colours looks otherwise than all on one', async () => {
  const { page } = lab;
  const together = await picture(page);
  await page.getByTestId('scene-shown').click();
  await page.getByText('Each map', { exact: true }).click();
  await page.keyboard.press('Escape');
  const apart = await picture(page);
  expect(difference(apart, together)).toBeGreaterThan(0.02);
  await page.getByTestId('scene-shown').click();
  await page.getByText('The layer', { exact: true }).click();
  await page.keyboard.press('Escape');
  expect(difference(await picture(page), together)).toBe(0);
});

test('several images, and the mean of a class, are watched like one', async () => {
  const { page } = lab;
  const sources = page.getByRole('group', { name: 'Watched image' });
  const input = page.getByTestId('watched-image').locator('canvas');
  const one = await input.screenshot();
  await sources.getByText('Several', { exact: true }).click();
  const numbers = page.getByRole('textbox', { name: 'Their numbers' });
  await expect(numbers).toHaveValue('0–7');
  await expect(async () => expect((await input.screenshot()).equals(one)).toBe(false)).toPass();
  await numbers.fill('3, 99999');
  await expect(page.getByText('The last test image is number 9,999.')).toBeVisible();
  await numbers.fill('5, 2-4');
  await numbers.press('Enter');
  await expect(numbers).toHaveValue('2–5');
  await expect(page.getByText('Mean of 4 test images')).toBeVisible();
  await page.getByRole('button', { name: 'The next as many' }).click();
  await expect(numbers).toHaveValue('6–9');

  await sources.getByText('Class', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Class' }).selectOption('3');
  await animationFrames(page, 5);
  const threes = await input.screenshot();
  await page.getByRole('combobox', { name: 'Class' }).selectOption('8');
  await expect(async () => expect((await input.screenshot()).equals(threes)).toBe(false)).toPass();
  await sources.getByText('Digit', { exact: true }).click();
  await expect(async () => expect((await input.screenshot()).equals(one)).toBe(true)).toPass();
});

test('what the graphics card was given comes back: of layers, of networks, and of a view that is made anew', async () => {
  const { page } = lab;
  await page.addInitScript(countGraphics);
  await page.reload();
  await ready(page);
  await expect(page.getByTestId('guess-probability')).toHaveText(/\d/, { timeout: 30_000 });
  await expectPhase(page, 'ready', 60_000);
  await atRest(page);
  const atFirst = await page.evaluate(() => ({ ...window.graphics }));
  expect(Object.values(atFirst).every((count) => count > 0)).toBe(true);

  for (const name of ['C3', 'F6', 'Input']) {
    await layer(page, name).click();
    await atRest(page);
    await crumbs(page).first().click();
    await atRest(page);
  }
  const picker = page.getByRole('combobox', { name: 'Network' });
  await picker.selectOption('lenet1');
  await expectPhase(page, 'ready', 60_000);
  await atRest(page);
  await picker.selectOption('lenet5-textbook');
  await expectPhase(page, 'ready', 60_000);
  await page.mouse.move(5, 5);
  await atRest(page);
  // The lines of a receptive field were made in between, once for all: a vertex array, and two buffers.
  const now = await page.evaluate(() => ({ ...window.graphics }));
  expect(now.textures).toBe(atFirst.textures);
  expect(now.buffers - atFirst.buffers).toBeLessThanOrEqual(2);

  // Another language makes the whole window anew; three keeps four empty textures of its own for as long as its context lives.
  await page.getByRole('button', { name: 'עברית', exact: true }).click();
  await atRest(page);
  const again = await page.evaluate(() => ({ ...window.graphics }));
  expect(again.textures - now.textures).toBeLessThanOrEqual(4);
  expect(again.buffers).toBeLessThanOrEqual(now.buffers);
  await page.getByRole('button', { name: 'English', exact: true }).click();
});

test('the scene has complained of nothing', () => {
  expect(lab.complaints).toEqual([]);
});
