import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { type LaunchedLab, launchLab } from './launch.ts';
import {
  animationFrames,
  expectPhase,
  expectSteps,
  pausedStep,
  settledScores,
  shownNumber,
  shownScores,
  transport,
} from './run.ts';

/** The layers of the default network whose numbers come from others. */
const layers = ['C1', 'S2', 'C3', 'S4', 'C5', 'F6', 'output'];

let lab: LaunchedLab;
test.beforeAll(async () => {
  lab = await launchLab();
  // What a trained network says is more to look at than what chance says.
  await transport(lab.page, 'Train').click();
  await expectSteps(lab.page, 100);
  await transport(lab.page, 'Pause').click();
  await pausedStep(lab.page);
});
test.afterAll(async () => {
  expect(lab.complaints).toEqual([]);
  await lab.close();
});

function inspector(page: Page): Locator {
  return page.getByTestId('inspector');
}

function dockTab(page: Page, name: string): Locator {
  return page.getByTestId('dock').getByRole('tab', { name, exact: true });
}

/** A page of the inspector. */
async function turnTo(page: Page, name: 'Layer' | 'Numbers' | 'Hands on'): Promise<void> {
  await inspector(page).getByText(name, { exact: true }).click();
}

async function chooseLayer(page: Page, layer: string): Promise<void> {
  await dockTab(page, 'Inspector').click();
  await page.getByTestId('inspector-layer-choice').selectOption(layer);
}

/** Sets one of the numbers of the place, as a person types it. */
async function setPlace(page: Page, which: 'map' | 'row' | 'column' | 'unit' | 'other', value: number): Promise<void> {
  const field = page.getByTestId(`inspector-${which}`);
  await field.fill(String(value));
  await expect(field).toHaveAttribute('aria-valuenow', String(value));
}

/** A number on the screen in full. */
async function valueOf(locator: Locator): Promise<number> {
  return Number(await locator.getAttribute('data-value'));
}

/** Opens a filter of C1 for hands to be laid on it. */
async function openFilter(page: Page, filter: number): Promise<void> {
  await chooseLayer(page, 'C1');
  await turnTo(page, 'Hands on');
  await setPlace(page, 'map', filter);
  await expect(page.getByTestId('inspector-grid-cell-0-0')).toBeVisible();
}

/** The weights of the filter on the screen, once they have come to rest. */
async function shownWeights(page: Page): Promise<number[]> {
  const cells = page.getByTestId('inspector-grid').getByRole('gridcell');
  let weights: number[] = [];
  await expect(async () => {
    const read = () => cells.evaluateAll((all) => all.map((cell) => Number(cell.dataset['value'])));
    weights = await read();
    await animationFrames(page, 25);
    expect(await read()).toEqual(weights);
  }).toPass({ timeout: 10_000 });
  return weights;
}

test('the tabs of the dock are gone through by the arrow keys', async () => {
  const { page } = lab;
  await dockTab(page, 'Pooling').click();
  await page.keyboard.press('ArrowRight');
  await expect(dockTab(page, 'Inspector')).toBeFocused();
  await expect(dockTab(page, 'Inspector')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('inspector-empty')).toContainText('Click a map or a layer');
  await expect(page.getByTestId('edge-strip')).toBeHidden();
  await page.keyboard.press('Home');
  await expect(page.getByTestId('edge-strip')).toBeVisible();
});

test('the dock is as tall on either tab, and takes more of the stage when asked to', async () => {
  const { page } = lab;
  const height = async (): Promise<number> => (await page.getByTestId('dock').boundingBox())!.height;
  await dockTab(page, 'Pooling').click();
  const pooling = await height();
  await dockTab(page, 'Inspector').click();
  expect(await height()).toBe(pooling);
  await page.getByRole('button', { name: 'More room for this' }).click();
  expect(await height()).toBeGreaterThan(pooling + 100);
  await page.getByRole('button', { name: 'Less room for this' }).click();
  expect(await height()).toBe(pooling);
});

test('clicking a map in the picture opens the inspector on its numbers', async () => {
  const { page } = lab;
  await dockTab(page, 'Pooling').click();
  const name = await page.getByTestId('network-view').locator('.label').getByText('S2', { exact: true }).boundingBox();
  if (!name) throw new Error('S2 is not in the view');
  await page.mouse.click(name.x + name.width / 2 - 15, name.y - 80);
  await expect(dockTab(page, 'Inspector')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('inspector-layer-choice')).toHaveValue('S2');
});

test('every layer’s arithmetic gives the number that the network itself has computed', async () => {
  const { page } = lab;
  await chooseLayer(page, 'C1');
  await turnTo(page, 'Numbers');
  for (const layer of layers) {
    await chooseLayer(page, layer);
    const said = page.getByTestId('inspector-unit-page');
    await expect(said).toBeVisible();
    const agreement = page.getByTestId('inspector-agreement');
    await expect(agreement, layer).toHaveAttribute('data-agreed', 'true');
    const own = page.getByTestId('inspector-own-result');
    const computed = await valueOf(page.getByTestId('window-output'));
    expect(computed, layer).toBeCloseTo(await valueOf(own), 5);
    expect(Number(await agreement.getAttribute('data-step'))).toBe(await shownNumber(page, 'step'));
  }
});

test('a convolution’s sum is its products, channel by channel, and its bias', async () => {
  const { page } = lab;
  await chooseLayer(page, 'C3');
  await turnTo(page, 'Numbers');
  await setPlace(page, 'map', 7);
  await setPlace(page, 'row', 3);
  await setPlace(page, 'column', 4);
  await expect(page.getByTestId('inspector-unit-page')).toHaveAttribute('data-unit', '6-3-4');
  await expect(page.getByTestId('inspector-output')).toHaveAccessibleName('C3 · map 7 of 16');
  let sum = 0;
  for (let channel = 0; channel < 6; channel++) {
    await page.getByTestId('window-channel').selectOption(String(channel));
    const partial = page.getByTestId(`window-partial-${String(channel)}`);
    await expect(partial).toBeVisible();
    sum += await valueOf(partial);
  }
  expect(await valueOf(page.getByTestId('window-sum'))).toBeCloseTo(sum, 9);
  const biased = sum + (await valueOf(page.getByTestId('window-bias')));
  expect(await valueOf(page.getByTestId('inspector-own-sum'))).toBeCloseTo(biased, 4);
});

test('a dense unit’s terms add up, and lead to where they come from', async () => {
  const { page } = lab;
  await chooseLayer(page, 'C5');
  await turnTo(page, 'Numbers');
  await setPlace(page, 'unit', 11);
  await expect(page.getByTestId('inspector-unit-page')).toHaveAttribute('data-unit', '0-0-11');
  await expect(page.getByTestId('inspector-unit-page')).toHaveAttribute('data-kind', 'dense');
  const terms = await page
    .getByTestId('inspector-term')
    .evaluateAll((all) => all.map((term) => Number(term.dataset['value'])));
  const rest = await valueOf(page.getByTestId('inspector-rest'));
  const sum = terms.reduce((total, term) => total + term, 0) + rest;
  expect(await valueOf(page.getByTestId('window-step-0'))).toBeCloseTo(sum, 9);
  const sizes = terms.map(Math.abs);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  await inspector(page)
    .getByRole('button', { name: /^S4 · map/ })
    .first()
    .click();
  await expect(page.getByTestId('inspector-layer-choice')).toHaveValue('S4');
});

test('the numbers follow while the network trains, all of one step', async () => {
  const { page } = lab;
  await chooseLayer(page, 'C3');
  await turnTo(page, 'Numbers');
  const agreement = page.getByTestId('inspector-agreement');
  const step = async (): Promise<number> => Number(await agreement.getAttribute('data-step'));
  const before = await step();
  await transport(page, 'Train').click();
  await expect.poll(step, { timeout: 20_000 }).toBeGreaterThan(before + 20);
  await expect(agreement).toHaveAttribute('data-agreed', 'true');
  await transport(page, 'Pause').click();
  const paused = await pausedStep(page);
  await expect.poll(step).toBe(paused);
});

test('a layer says what it is, how it stands, and shows its filters', async () => {
  const { page } = lab;
  await chooseLayer(page, 'C3');
  await turnTo(page, 'Layer');
  await expect(page.getByTestId('inspector-parameters')).toHaveText('2,416');
  await expect(page.getByTestId('inspector-receptive-field')).toHaveText('14×14');
  await expect(page.getByTestId('inspector-kernels').getByRole('button')).toHaveCount(16);
  await transport(page, 'Train').click();
  await expect(page.getByTestId('inspector-update-kernel')).toHaveText(/\d/, { timeout: 20_000 });
  await transport(page, 'Pause').click();
  await pausedStep(page);
  await page.getByTestId('inspector-kernel-4').click();
  await expect(page.getByTestId('inspector-map')).toHaveValue('5');
});

test('muted filters change the scores at once, and undo brings them back', async () => {
  const { page } = lab;
  const said = page.getByTestId('inspector-said');
  const scores = await settledScores(page);
  for (let filter = 1; filter <= 6; filter++) {
    await openFilter(page, filter);
    await page.getByTestId('inspector-mute').click();
    await expect(said).toHaveText(`Filter ${String(filter)} of C1 is muted`);
  }
  // Now every image is the same to the network.
  await expect.poll(() => shownScores(page)).not.toEqual(scores);
  for (let filter = 6; filter >= 1; filter--) {
    await page.getByTestId('inspector-undo').click();
    await expect(said).toHaveText(`Undone: filter ${String(filter)} of C1`);
  }
  await expect(page.getByTestId('inspector-undo')).toBeDisabled();
  await expect.poll(() => shownScores(page)).toEqual(scores);
});

test('a muted filter has neither weights nor bias, and the keyboard takes that back', async () => {
  const { page } = lab;
  await openFilter(page, 2);
  const weights = await shownWeights(page);
  const bias = page.getByTestId('inspector-bias');
  const before = await valueOf(bias);
  await page.getByTestId('inspector-mute').click();
  await expect(bias).toHaveAttribute('data-value', '0');
  expect(await shownWeights(page)).toEqual(weights.map(() => 0));
  await page.getByTestId('inspector-negate').focus();
  await page.keyboard.press('Control+Z');
  await expect(bias).toHaveAttribute('data-value', String(before));
  expect(await shownWeights(page)).toEqual(weights);
  await page.keyboard.press('Control+Shift+Z');
  await expect(bias).toHaveAttribute('data-value', '0');
  await page.keyboard.press('Control+Z');
  expect(await shownWeights(page)).toEqual(weights);
});

test('filters are negated, turned, swapped, painted, and brought back to what they were', async () => {
  const { page } = lab;
  await openFilter(page, 3);
  const other = await shownWeights(page);
  await openFilter(page, 1);
  const weights = await shownWeights(page);
  await page.getByTestId('inspector-negate').click();
  expect(await shownWeights(page)).toEqual(weights.map((weight) => -weight));
  await page.getByTestId('inspector-rotate').click();
  const turned = weights.map((_, i) => -weights[(4 - (i % 5)) * 5 + Math.floor(i / 5)]!);
  expect(await shownWeights(page)).toEqual(turned);
  await setPlace(page, 'other', 3);
  await page.getByTestId('inspector-swap').click();
  expect(await shownWeights(page)).toEqual(other);
  await page.getByTestId('inspector-grid-cell-2-2').click();
  await page.keyboard.type('0.5');
  await page.keyboard.press('Enter');
  expect((await shownWeights(page))[12]).toBe(0.5);
  await page.getByTestId('inspector-restore').click();
  expect(await shownWeights(page)).toEqual(weights);
  for (let i = 0; i < 5; i++) await page.getByTestId('inspector-undo').click();
  await expect(page.getByTestId('inspector-undo')).toBeDisabled();
  expect(await shownWeights(page)).toEqual(weights);
  await openFilter(page, 3);
  expect(await shownWeights(page)).toEqual(other);
});

test('the test set is put to the network on request, before and after a change', async () => {
  const { page } = lab;
  await openFilter(page, 1);
  await page.getByTestId('inspector-score').click();
  const accuracy = page.getByTestId('inspector-accuracy');
  await expect(accuracy).toHaveText(/\d\d\.\d\d\s%/, { timeout: 60_000 });
  const before = await valueOf(accuracy);
  expect(before).toBeGreaterThan(0.3);
  await page.getByTestId('inspector-mute').click();
  await expect(page.getByTestId('inspector-said')).toHaveText('Filter 1 of C1 is muted');
  await page.getByTestId('inspector-score').click();
  await expect(page.getByTestId('inspector-scored')).toContainText(`was ${(100 * before).toFixed(2)}`, {
    timeout: 60_000,
  });
  expect(await valueOf(accuracy)).not.toBe(before);
  await page.getByTestId('inspector-undo').click();
  await expect(page.getByTestId('inspector-undo')).toBeDisabled();
});

test('a frozen layer stays as it is while the others learn', async () => {
  const { page } = lab;
  await chooseLayer(page, 'C3');
  await turnTo(page, 'Hands on');
  await setPlace(page, 'map', 1);
  const free = await shownWeights(page);
  await openFilter(page, 1);
  const frozen = await shownWeights(page);
  await inspector(page).getByText('Freeze this layer').click();
  await transport(page, 'Step').click();
  await expect(transport(page, 'Step')).toBeEnabled();
  await expectPhase(page, 'paused');
  expect(await shownWeights(page)).toEqual(frozen);
  await chooseLayer(page, 'C3');
  expect(await shownWeights(page)).not.toEqual(free);
  await chooseLayer(page, 'C1');
  await inspector(page).getByText('Freeze this layer').click();
  await transport(page, 'Step').click();
  await expect.poll(() => shownWeights(page)).not.toEqual(frozen);
});

test('a kernel goes along to the bench with the map that it reads, and the bench can go back', async () => {
  const { page } = lab;
  await openFilter(page, 4);
  const weights = await shownWeights(page);
  await page.getByTestId('inspector-bench').click();
  await expect(page.getByTestId('bench-kernel')).toBeVisible();
  const cells = page.getByTestId('bench-kernel').getByRole('gridcell');
  const taken = await cells.evaluateAll((all) => all.map((cell) => Number(cell.dataset['value'])));
  expect(taken).toEqual(weights);
  await page.getByTestId('bench-undo').click();
  await expect(cells).toHaveCount(9);
  await page.getByRole('banner').getByText('Network', { exact: true }).click();
  await expect(page.getByTestId('inspector-grid')).toBeVisible();
});

/** What stands on each page once its numbers are there. */
const shownOn = { layer: 'inspector-kernel-0', unit: 'inspector-agreement', filter: 'inspector-grid' };
const languages = {
  English: { layer: 'Layer', unit: 'Numbers', filter: 'Hands on' },
  עברית: { layer: 'שכבה', unit: 'מספרים', filter: 'ביד' },
};
for (const [locale, pages] of Object.entries(languages)) {
  test(`has nothing that keeps people out, in ${locale}`, async () => {
    const { page } = lab;
    await page.getByText(locale, { exact: true }).click();
    for (const which of ['layer', 'unit', 'filter'] as const) {
      await page.getByTestId('dock-tab-inspector').click();
      await page.getByTestId('inspector-layer-choice').selectOption('C3');
      await inspector(page).getByText(pages[which], { exact: true }).first().click();
      await expect(page.getByTestId(`inspector-page-${which}`)).toBeVisible();
      await expect(page.getByTestId(shownOn[which])).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('[data-testid=dock]').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    }
  });
}
