import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { join } from 'node:path';
import { cutOff } from './cut-off.ts';
import { type LaunchedLab, launchLab } from './launch.ts';
import { animationFrames } from './run.ts';

/** Where pictures of the app are left for people to look at. */
const folder = join(import.meta.dirname, '../test-results');

const languages = { en: 'English', he: 'עברית' } as const;
type Language = keyof typeof languages;

let lab: LaunchedLab;
test.beforeAll(async () => {
  lab = await launchLab({ screen: 'bench' });
  await expect(lab.page.getByTestId('bench-map-max')).toHaveAttribute('data-value', /\d/);
});
test.afterAll(async () => {
  expect(lab.complaints).toEqual([]);
  await lab.close();
});

async function speak(page: Page, language: Language): Promise<void> {
  await page.getByRole('button', { name: languages[language], exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', language === 'he' ? 'rtl' : 'ltr');
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['en', 'he'] as const) {
    test(`has no accessibility violation, whatever is open (${language}, ${theme})`, async () => {
      const { page } = lab;
      await page.getByTestId('bench-reset').click();
      await speak(page, language);
      await page.emulateMedia({ colorScheme: theme });
      await expectAccessible(page);
      // Several kernels, padding with a number of one's own, and the kernel as text.
      await page.getByTestId('bench-both-sobels').click();
      await page.getByTestId('bench-operation').getByRole('radio').nth(4).press('Space');
      await page
        .getByTestId('bench-operation')
        .getByRole('radio', { name: /^(Value|ערך)$/ })
        .press('Space');
      await page.getByTestId('bench-kernel-as-text').click();
      await expectAccessible(page);
      await page.getByTestId('bench-kernel-as-text').click();
      await page.getByTestId('bench-kernel-preset').click();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByTestId('bench-learned').click();
      await expect(page.getByTestId('bench-learned-kernels')).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
    });
  }
}

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
    await page.getByTestId('bench-reset').click();
    await app.evaluate(
      ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setSize(wanted.width, wanted.height),
      { width, height },
    );
    await expect.poll(() => page.evaluate(() => innerWidth)).toBeGreaterThanOrEqual(width - 1);
    for (const language of ['en', 'he'] as const) {
      await speak(page, language);
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme });
        await animationFrames(page, 3);
        await page.screenshot({ path: join(folder, `bench-${size}-${language}-${theme}.png`) });
      }
      expect(await page.evaluate(cutOff)).toEqual([]);
    }
  });
}
