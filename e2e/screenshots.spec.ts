import { expect, test } from '@playwright/test';
import { join } from 'node:path';
import { type LaunchedLab, launchLab } from './launch.ts';
import { animationFrames, pausedStep, transport } from './run.ts';

/** Where pictures of the app are left for people to look at. */
const folder = join(import.meta.dirname, '../test-results');

let lab: LaunchedLab;
test.beforeAll(async () => {
  lab = await launchLab();
  const { page } = lab;
  await transport(page, 'Train').click();
  await expect(page.getByTestId('test-accuracy')).toHaveText(/\d/, { timeout: 60_000 });
  await transport(page, 'Pause').click();
  await pausedStep(page);
});
test.afterAll(async () => {
  await lab.close();
});

for (const [width, height] of [
  [1024, 700],
  [1280, 800],
  [1920, 1080],
] as const) {
  const size = `${String(width)}x${String(height)}`;
  test(`nothing is cut off in a window of ${size}, in both languages and both themes`, async () => {
    const { app, page } = lab;
    const display = await app.evaluate(({ screen }) => screen.getPrimaryDisplay().size);
    test.skip(display.width < width || display.height < height, 'The display is smaller than the window');
    await app.evaluate(
      ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setSize(wanted.width, wanted.height),
      { width, height },
    );
    // Chromium keeps a window that would fill an X display a pixel smaller.
    await expect.poll(() => page.evaluate(() => innerWidth)).toBeGreaterThanOrEqual(width - 1);

    for (const [locale, language] of [
      ['en', 'English'],
      ['he', 'עברית'],
    ] as const) {
      await page.getByRole('button', { name: language, exact: true }).click();
      await expect(page.locator('html')).toHaveAttribute('dir', locale === 'he' ? 'rtl' : 'ltr');
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme });
        // The charts and the view follow a change of theme one animation frame after the page.
        await animationFrames(page, 3);
        await page.screenshot({ path: join(folder, `lab-${size}-${locale}-${theme}.png`) });
      }
      expect(await page.evaluate(cutOff)).toEqual([]);
    }
  });
}

/** The words that do not fit into what holds them, and the boxes that do not fit into the window. Runs in the page. */
function cutOff(): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('#app *')) {
    // What only screen readers see, what is in the scene, and what is hidden on purpose, in this size or until it is asked for.
    if (element.matches('.visually-hidden, .visually-hidden *, .labels *')) continue;
    if (element.getClientRects().length === 0) continue;
    const words = element.textContent.trim();
    const { left, right } = element.getBoundingClientRect();
    if (left < -1 || right > innerWidth + 1) found.push(`outside: ${words}`);
    const hides = getComputedStyle(element).overflowX !== 'visible';
    if (hides && words && element.scrollWidth > element.clientWidth + 1) found.push(`cut off: ${words}`);
  }
  return found;
}
