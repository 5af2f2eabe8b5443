import { expect, test, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LaunchedLab, launchLab } from './launch.ts';
import { animationFrames, expectPhase, expectSteps, pausedStep, shownNumber, transport } from './run.ts';

let lab: LaunchedLab;
test.beforeAll(async () => {
  lab = await launchLab();
});
test.afterAll(async () => {
  await lab.close();
});

async function expectScreen(page: Page, screen: 'network' | 'bench'): Promise<void> {
  const other = screen === 'network' ? 'bench' : 'network';
  await expect(page.getByTestId(`screen-${screen}`)).toHaveAttribute('aria-current', 'page');
  await expect(page.getByTestId(`screen-${other}`)).not.toHaveAttribute('aria-current');
  await expect(page.getByTestId('network-view')).toBeVisible({ visible: screen === 'network' });
  await expect(page.getByTestId('bench')).toBeVisible({ visible: screen === 'bench' });
}

/** Counts the draws of the network view from now on. */
async function countDraws(page: Page): Promise<() => Promise<number>> {
  await page.getByTestId('network-canvas').evaluate((canvas: HTMLCanvasElement) => {
    const gl = canvas.getContext('webgl2');
    if (!gl) throw new Error('The network view has no graphics context');
    canvas.dataset['draws'] = '0';
    for (const name of ['drawArraysInstanced', 'drawElementsInstanced', 'drawElements', 'drawArrays'] as const) {
      const draw = gl[name].bind(gl) as (...values: unknown[]) => void;
      Object.assign(gl, {
        [name]: (...values: unknown[]) => {
          canvas.dataset['draws'] = String(Number(canvas.dataset['draws']) + 1);
          draw(...values);
        },
      });
    }
  });
  return async () => Number(await page.getByTestId('network-canvas').getAttribute('data-draws'));
}

/** Where the names of the layers stand: the view as it is turned and enlarged. */
function labelPlaces(page: Page): Promise<string[]> {
  return page
    .getByTestId('network-view')
    .locator('.label')
    .evaluateAll((labels) =>
      labels.map((label) => {
        const { x, y } = label.getBoundingClientRect();
        return `${label.textContent}: ${x.toFixed(1)}, ${y.toFixed(1)}`;
      }),
    );
}

test('the keys, the bar and the menu each go to a screen', async () => {
  const { app, page } = lab;
  await expectScreen(page, 'network');
  await page.keyboard.press('Control+Digit2');
  await expectScreen(page, 'bench');
  await page.keyboard.press('Control+Digit1');
  await expectScreen(page, 'network');

  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Bench' }).click();
  await expectScreen(page, 'bench');

  const item = (screen: string): Promise<{ checked: boolean; accelerator: string | undefined } | undefined> =>
    app.evaluate(({ Menu }, id) => {
      const found = Menu.getApplicationMenu()?.getMenuItemById(id);
      return found ? { checked: found.checked, accelerator: found.accelerator?.toString() } : undefined;
    }, `screen-${screen}`);
  await expect.poll(() => item('bench')).toEqual({ checked: true, accelerator: 'CmdOrCtrl+2' });
  expect(await item('network')).toEqual({ checked: false, accelerator: 'CmdOrCtrl+1' });
  await app.evaluate(({ Menu }) => void Menu.getApplicationMenu()?.getMenuItemById('screen-network')?.click());
  await expectScreen(page, 'network');
});

test('behind the bench training goes on and nothing is drawn; coming back, the view is as it was left', async () => {
  const { page } = lab;
  await transport(page, 'Train').click();
  await expectSteps(page, 50);
  await page.getByTestId('network-view').focus();
  await page.keyboard.press('Shift+ArrowRight');
  const draws = await countDraws(page);
  await expect.poll(draws).toBeGreaterThan(0);
  // The view comes to rest where it was turned to.
  let places: string[] = [];
  await expect(async () => {
    places = await labelPlaces(page);
    await animationFrames(page, 15);
    expect(await labelPlaces(page)).toEqual(places);
  }).toPass();

  await page.keyboard.press('Control+Digit2');
  await expectScreen(page, 'bench');
  const left = { draws: await draws(), step: await shownNumber(page, 'step') };
  await expect.poll(() => shownNumber(page, 'step'), { timeout: 20_000 }).toBeGreaterThan(left.step + 100);
  expect(await draws()).toBe(left.draws);

  await page.keyboard.press('Control+Digit1');
  await expectScreen(page, 'network');
  expect(await labelPlaces(page)).toEqual(places);
  await expect.poll(draws).toBeGreaterThan(left.draws);
  await transport(page, 'Pause').click();
  await pausedStep(page);
});

test('on the bench, Space and S leave the training alone', async () => {
  const { page } = lab;
  await page.keyboard.press('Control+Digit2');
  await expectScreen(page, 'bench');
  await page.locator('body').press('Space');
  await page.locator('body').press('s');
  await page.keyboard.press('Control+Digit1');
  await animationFrames(page, 10);
  await expectPhase(page, 'paused');
});

test('the next start opens with the screen of the last one', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'convolens-screens-'));
  try {
    const first = await launchLab({ profile });
    await first.page.keyboard.press('Control+Digit2');
    await expectScreen(first.page, 'bench');
    await first.close();

    const second = await launchLab({ profile });
    await expect(second.page.getByTestId('bench')).toBeVisible();
    // The network's screen is made when it is first gone to.
    await expect(second.page.getByTestId('network-view')).toHaveCount(0);
    await second.page.keyboard.press('Control+Digit1');
    await expectScreen(second.page, 'network');
    await expect(
      second.page.getByTestId('network-view').locator('.label').getByText('C1', { exact: true }),
    ).toBeVisible();
    expect(second.complaints).toEqual([]);
    await second.close();
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});
