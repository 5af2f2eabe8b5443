import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { type LaunchedLab, launchLab } from './launch.ts';

let lab: LaunchedLab;
test.beforeAll(async () => {
  lab = await launchLab();
});
test.afterAll(async () => {
  await lab.close();
});

test('one epoch from Train to an accuracy on the whole test set', async () => {
  const { page } = lab;
  await page.getByRole('textbox', { name: 'Epochs' }).fill('1');
  await page.getByRole('textbox', { name: 'Epochs' }).press('Tab');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByTestId('test-accuracy')).toHaveText(/\d/, { timeout: 60_000 });
  const text = (await page.getByTestId('test-accuracy').textContent()) ?? '';
  expect(parseFloat(text)).toBeGreaterThan(85);
});

for (const theme of ['light', 'dark'] as const) {
  for (const locale of ['en', 'he'] as const) {
    test(`has no accessibility violation (${locale}, ${theme})`, async () => {
      const { page } = lab;
      await page.getByText(locale === 'he' ? 'עברית' : 'English', { exact: true }).click();
      await expect(page.locator('html')).toHaveAttribute('dir', locale === 'he' ? 'rtl' : 'ltr');
      await page.emulateMedia({ colorScheme: theme });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      await page.screenshot({ path: `test-results/lab-${locale}-${theme}.png` });
    });
  }
}
