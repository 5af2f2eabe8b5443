import { expect, test, type Locator, type Page } from '@playwright/test';
import { type LaunchedLab, launchLab } from './launch.ts';
import { animationFrames, expectSteps, pausedStep, transport } from './run.ts';

/** The layers of the default network that have something to show, the input among them. */
const layers = ['Input', 'C1', 'S2', 'C3', 'S4', 'C5', 'F6', 'Output'];

declare global {
  interface Window {
    /** Draw calls, by the time of the animation frame they were made in. */
    drawCalls: Map<number, number>;
    loseContext: WEBGL_lose_context | null;
  }
}

let lab: LaunchedLab;
test.beforeAll(async () => {
  lab = await launchLab();
  await countDrawCalls(lab.page);
  // What a trained network says is more to look at than grey.
  await transport(lab.page, 'Train').click();
  await expectSteps(lab.page, 100);
  await transport(lab.page, 'Pause').click();
  await pausedStep(lab.page);
});
test.afterAll(async () => {
  await lab.close();
});
test.beforeEach(async () => {
  // Away from the view, so that nothing is pointed at, and the whole network in it.
  await lab.page.getByRole('button', { name: 'Show the whole network' }).click();
  await lab.page.mouse.move(5, 5);
  await asleep(lab.page);
});

/** Counts what is drawn, by putting itself before the functions of the scene's own graphics context. */
async function countDrawCalls(page: Page): Promise<void> {
  await page.getByTestId('network-canvas').evaluate((canvas: HTMLCanvasElement) => {
    // A canvas has one context: this is the one that the scene draws with.
    const gl = canvas.getContext('webgl2');
    if (!gl) throw new Error('The network view has no graphics context');
    window.drawCalls = new Map();
    for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced'] as const) {
      const call = gl[name].bind(gl) as (...values: unknown[]) => void;
      Object.assign(gl, {
        [name]: (...values: unknown[]) => {
          const frame = Number(document.timeline.currentTime);
          window.drawCalls.set(frame, (window.drawCalls.get(frame) ?? 0) + 1);
          call(...values);
        },
      });
    }
  });
}

/** The draw calls of each frame that has been drawn since the count was last begun anew. */
function drawn(page: Page): Promise<number[]> {
  return page.evaluate(() => [...window.drawCalls.values()]);
}

/** The draw calls of each frame that was drawn while so many animation frames passed. */
async function drawnDuring(page: Page, frames: number): Promise<number[]> {
  await page.evaluate(() => window.drawCalls.clear());
  await animationFrames(page, frames);
  return await drawn(page);
}

/** Waits until the view has come to rest, the picture in full resolution with it. */
async function asleep(page: Page): Promise<void> {
  await expect.poll(() => drawnDuring(page, 30), { timeout: 20_000, intervals: [0] }).toEqual([]);
}

/** The middle of a layer's name under it, in pixels of the page. */
async function nameOf(page: Page, layer: string): Promise<{ x: number; y: number }> {
  const box = await page.getByTestId('network-view').locator('.label').getByText(layer, { exact: true }).boundingBox();
  if (!box) throw new Error(`${layer} is not in the view`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function card(page: Page): Locator {
  return page.getByTestId('map-card');
}

async function tabToView(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop' }).focus();
  const view = page.getByTestId('network-view');
  const focused = (): Promise<boolean> => view.evaluate((element) => element === document.activeElement);
  for (let i = 0; i < 10 && !(await focused()); i++) await page.keyboard.press('Tab');
  await expect(view).toBeFocused();
}

test('names every layer of the running network, from the input to the output', async () => {
  const view = lab.page.getByTestId('network-view');
  for (const layer of layers) await expect(view.locator('.label').getByText(layer, { exact: true })).toBeVisible();
  await expect(view.getByText('6@28×28')).toBeVisible();
  await expect(view.getByText('16@10×10')).toBeVisible();
});

test('sleeps while nothing changes, and draws each layer with one call when something does', async () => {
  const { page } = lab;
  expect(await drawnDuring(page, 90)).toEqual([]);

  await page.getByRole('button', { name: 'Next digit' }).click();
  await expect.poll(() => drawn(page)).not.toEqual([]);
  expect(Math.max(...(await drawn(page)))).toBeLessThanOrEqual(layers.length);
  await asleep(page);
});

test('draws again and again while the network trains, and sleeps once it is paused', async () => {
  const { page } = lab;
  await transport(page, 'Train').click();
  await expect.poll(async () => (await drawnDuring(page, 30)).length).toBeGreaterThan(3);
  await transport(page, 'Pause').click();
  await pausedStep(page);
  await asleep(page);
});

test('pointing at a map enlarges it, with its layer, its number and its range', async () => {
  const { page } = lab;
  const { x, y } = await nameOf(page, 'S2');
  await page.mouse.move(x - 15, y - 90);
  await expect(card(page)).toContainText(/S2 · map \d of 6/);
  await expect(card(page)).toContainText(/Row \d+, column \d+/);
  await expect(card(page)).toContainText(/Range\s*−?\d+\.\d\d … −?\d+\.\d\d/);
  await expect(card(page).locator('canvas')).toBeVisible();

  const input = await nameOf(page, 'Input');
  await page.mouse.move(input.x, input.y - 120);
  await expect(card(page)).toContainText('Input');
  await page.mouse.move(5, 5);
  await expect(card(page)).toBeHidden();
});

test('the arrow keys walk over maps and layers, and say what each one is', async () => {
  const { page } = lab;
  const { keyboard } = page;
  await tabToView(page);
  await keyboard.press('ArrowRight');
  await expect(card(page)).toContainText('Input');
  await expect(card(page)).toContainText(/Range\s*0\.00 … 1\.00/);
  await keyboard.press('ArrowRight');
  await expect(card(page)).toContainText('C1 · kernel of filter 1, input 1');
  await keyboard.press('ArrowRight');
  await expect(card(page)).toContainText('C1 · kernel of filter 2, input 1');
  await keyboard.press('ArrowLeft');
  await expect(card(page)).toContainText('C1 · kernel of filter 1, input 1');
  await keyboard.press('ArrowDown');
  await expect(card(page)).toContainText('S2 · map 1 of 6');
  await keyboard.press('ArrowRight');
  await expect(card(page)).toContainText('S2 · map 2 of 6');
  await keyboard.press('ArrowUp');
  await expect(card(page)).toContainText(/^C1/);
  await keyboard.press('Escape');
  await expect(card(page)).toBeHidden();
});

test('Shift and arrows turn the view, plus comes nearer, and Home shows the whole network again', async () => {
  const { page } = lab;
  const { keyboard } = page;
  const home = await nameOf(page, 'C3');
  await tabToView(page);
  for (let i = 0; i < 3; i++) await keyboard.press('Shift+ArrowRight');
  await asleep(page);
  const turned = await nameOf(page, 'C1');
  for (let i = 0; i < 3; i++) await keyboard.press('+');
  await asleep(page);
  expect(await nameOf(page, 'C1')).not.toEqual(turned);
  await keyboard.press('Home');
  await asleep(page);
  const back = await nameOf(page, 'C3');
  expect(Math.hypot(back.x - home.x, back.y - home.y)).toBeLessThan(2);
});

test('dragging turns the view, and the button shows the whole network again', async () => {
  const { page } = lab;
  const home = await nameOf(page, 'Input');
  const { x, y } = await nameOf(page, 'C3');
  await page.mouse.move(x, y - 60);
  await page.mouse.down();
  await page.mouse.move(x - 120, y - 90, { steps: 6 });
  await page.mouse.up();
  await page.mouse.move(5, 5);
  await asleep(page);
  const turned = await nameOf(page, 'Input');
  expect(Math.hypot(turned.x - home.x, turned.y - home.y)).toBeGreaterThan(10);
  await page.getByRole('button', { name: 'Show the whole network' }).click();
  await asleep(page);
  const back = await nameOf(page, 'Input');
  expect(Math.hypot(back.x - home.x, back.y - home.y)).toBeLessThan(2);
});

test('a lost graphics context is said, training goes on, and the picture comes back as it was', async () => {
  const { page } = lab;
  const canvas = page.getByTestId('network-canvas');
  const message = page.getByText('The graphics were lost for a moment and are coming back.');
  const before = await canvas.screenshot();

  await canvas.evaluate((element: HTMLCanvasElement) => {
    window.loseContext = element.getContext('webgl2')?.getExtension('WEBGL_lose_context') ?? null;
    window.loseContext?.loseContext();
  });
  await expect(message).toBeVisible();
  await page.evaluate(() => window.loseContext?.restoreContext());
  await expect(message).toBeHidden();
  await asleep(page);
  expect((await canvas.screenshot()).equals(before)).toBe(true);

  await transport(page, 'Train').click();
  const step = Number((await page.getByTestId('step').textContent())?.replace(',', ''));
  await page.evaluate(() => window.loseContext?.loseContext());
  await expect(message).toBeVisible();
  await expectSteps(page, step + 30);
  await page.evaluate(() => window.loseContext?.restoreContext());
  await expect(message).toBeHidden();
  await expect.poll(async () => (await drawnDuring(page, 30)).length).toBeGreaterThan(3);
  await transport(page, 'Pause').click();
});
