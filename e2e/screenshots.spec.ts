import { expect, test } from '@playwright/test';
import { join } from 'node:path';
import { cutOff } from './cut-off.ts';
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
