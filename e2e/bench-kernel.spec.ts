import { expect, test, type Locator, type Page } from '@playwright/test';
import { compute, outputSize } from '../shared/bench/compute.ts';
import type { BenchKernel, Experiment } from '../shared/bench/experiment.ts';
import { initialExperiment } from '../shared/bench/initial.ts';
import { flipped, negated, normalised, resized, rotated, withWeight } from '../shared/bench/kernel-changes.ts';
import { kernelPreset } from '../shared/bench/kernel-presets.ts';
import type { PlaneSummary } from '../shared/math/plane.ts';
import { boats } from './boats.ts';
import { type LaunchedLab, launchLab } from './launch.ts';

const image = boats();
const [sobelX] = initialExperiment.kernels as [BenchKernel];

let lab: LaunchedLab;
test.beforeAll(async () => {
  lab = await launchLab({ screen: 'bench' });
});
test.afterAll(async () => {
  expect(lab.complaints).toEqual([]);
  await lab.close();
});
test.beforeEach(async () => {
  await lab.page.getByTestId('bench-reset').click();
  await lab.page.getByTestId('bench-kernel-cell-0-0').scrollIntoViewIfNeeded();
});

/** What the reference arithmetic, here in Node, makes of the experiment that the bench opens with and a change. */
function expected(change: Partial<Experiment> = {}): PlaneSummary {
  const result = compute({ ...initialExperiment, ...change }, image);
  return result.pooledFrom.summary;
}

/** The numbers under the map on the screen, in full. */
async function shownMap(page: Page): Promise<PlaneSummary> {
  const value = async (name: keyof PlaneSummary): Promise<number> =>
    Number(await page.getByTestId(`bench-map-${name}`).getAttribute('data-value'));
  return { min: await value('min'), max: await value('max'), mean: await value('mean') };
}

/** Waits until the map on the screen has the numbers of this experiment, to the last bit. */
async function expectMapOf(change: Partial<Experiment>): Promise<void> {
  await expect.poll(() => shownMap(lab.page)).toEqual(expected(change));
}

const expectKernel = (kernel: BenchKernel): Promise<void> => expectMapOf({ kernels: [kernel] });

function cell(row: number, column: number): Locator {
  return lab.page.getByTestId(`bench-kernel-cell-${String(row)}-${String(column)}`);
}

/** The weights on the screen, in reading order. */
function shownWeights(): Promise<number[]> {
  return lab.page
    .getByTestId('bench-kernel')
    .getByRole('gridcell')
    .evaluateAll((cells) => cells.map((element) => Number(element.dataset['value'])));
}

async function choosePreset(id: string): Promise<void> {
  await lab.page.getByTestId('bench-kernel-preset').click();
  await lab.page.getByTestId(`bench-preset-${id}`).click();
}

/** Changes one weight of the kernel that the bench opens with. */
const sobelWith = (row: number, column: number, weight: number): BenchKernel =>
  withWeight(sobelX, row, column, 0, weight);

test('opens with Sobel x, and the map is what the reference arithmetic computes', async () => {
  expect(await shownWeights()).toEqual([...sobelX.weights]);
  await expectMapOf({});
  await expect(lab.page.getByTestId('bench-kernel-name')).toHaveText('Sobel x');
});

test('typing into a cell changes the map, and Escape takes back what is not yet there', async () => {
  const { page } = lab;
  await cell(1, 1).focus();
  await page.keyboard.type('-3.5');
  await page.keyboard.press('Enter');
  await expect(cell(1, 1)).toBeFocused();
  await expectKernel(sobelWith(1, 1, -3.5));
  await expect(page.getByTestId('bench-kernel-name')).toHaveText('Custom kernel');

  await page.keyboard.type('99');
  await page.keyboard.press('Escape');
  await expectKernel(sobelWith(1, 1, -3.5));
  await page.keyboard.type('1/8');
  await page.keyboard.press('Tab');
  await expect(cell(1, 2)).toBeFocused();
  await expectKernel(sobelWith(1, 1, 0.125));
  await page.keyboard.press('Delete');
  await expectKernel(withWeight(sobelWith(1, 1, 0.125), 1, 2, 0, 0));
});

test('what is no number is not taken', async () => {
  await cell(0, 0).focus();
  await lab.page.keyboard.type('--');
  await expect(cell(0, 0).getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
  await lab.page.keyboard.press('Enter');
  expect(await shownWeights()).toEqual([...sobelX.weights]);
});

test('the arrow keys go from cell to cell; with Shift and Alt they change the weight, held down as one step of undo', async () => {
  const { page } = lab;
  await cell(0, 0).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(cell(1, 1)).toBeFocused();
  await page.keyboard.press('Shift+ArrowUp');
  await expectKernel(sobelWith(1, 1, 0.1));
  await page.keyboard.press('Alt+ArrowDown');
  await expectKernel(sobelWith(1, 1, 0.09));
  await page.keyboard.press('PageUp');
  await expectKernel(sobelWith(1, 1, 1.09));
  await page.keyboard.press('Control+KeyZ');
  await expectKernel(sobelWith(1, 1, 0.09));

  // A second press without letting go is what the keyboard repeats.
  await page.keyboard.down('Shift');
  for (let i = 0; i < 5; i++) await page.keyboard.down('ArrowUp');
  await page.keyboard.up('ArrowUp');
  await page.keyboard.up('Shift');
  await expectKernel(sobelWith(1, 1, 0.59));
  await page.keyboard.press('Control+KeyZ');
  await expectKernel(sobelWith(1, 1, 0.09));
  await page.keyboard.press('Control+Shift+KeyZ');
  await expectKernel(sobelWith(1, 1, 0.59));
  await page.keyboard.press('Control+KeyZ');
  await page.keyboard.press('Control+KeyY');
  await expectKernel(sobelWith(1, 1, 0.59));
});

test('the wheel changes the cell that has the keyboard, and only that', async () => {
  const { page } = lab;
  await cell(1, 1).click();
  await page.mouse.wheel(0, -100);
  await expectKernel(sobelWith(1, 1, 0.1));
  await cell(0, 1).hover();
  await page.mouse.wheel(0, -100);
  // Had that turn counted, the next would make two.
  await cell(1, 1).hover();
  await page.mouse.wheel(0, -100);
  await expectKernel(sobelWith(1, 1, 0.2));
});

test('dragging a cell changes its weight as it moves, and is one step of undo', async () => {
  const { page } = lab;
  const box = (await cell(1, 1).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let moved = 10; moved <= 80; moved += 10) {
    await page.mouse.move(x, y - moved);
    // Forty pixels are a unit.
    await expect.poll(async () => (await shownWeights())[4]).toBe(moved / 40);
  }
  await page.mouse.up();
  await expectKernel(sobelWith(1, 1, 2));
  await page.getByTestId('bench-undo').click();
  await expectMapOf({});
  await expect(page.getByTestId('bench-kernel-name')).toHaveText('Sobel x');
  await page.getByTestId('bench-redo').click();
  await expectKernel(sobelWith(1, 1, 2));
});

test('dragging to the right does the same', async () => {
  const { page } = lab;
  const box = (await cell(2, 0).boundingBox())!;
  await page.mouse.move(box.x + 10, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 70, box.y + 10, { steps: 4 });
  await page.mouse.up();
  await expectKernel(sobelWith(2, 0, 0.5));
});

test('each preset is there, with the keyboard alone', async () => {
  const { page } = lab;
  await page.getByTestId('bench-kernel-preset').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('bench-preset-sobel-x')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('bench-preset-sobel-y')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('bench-preset-laplacian-8')).toBeFocused();
  await page.keyboard.press('Enter');
  await expectKernel(kernelPreset('laplacian-8'));
  await expect(page.getByTestId('bench-kernel-preset')).toBeFocused();
});

for (const id of ['scharr-y', 'roberts-x', 'prewitt-x', 'sharpen', 'emboss'] as const) {
  test(`the map of ${id} is what the reference arithmetic computes`, async () => {
    await choosePreset(id);
    await expectKernel(kernelPreset(id));
  });
}

test('a Gaussian follows its σ and its size, a Gabor filter its angle and its wavelength', async () => {
  const { page } = lab;
  await choosePreset('gaussian');
  const sigma = page.getByTestId('bench-kernel-sigma');
  await sigma.fill('2.5');
  await sigma.press('Enter');
  await expectKernel(kernelPreset('gaussian', { size: 5, sigma: 2.5 }));
  await page.getByRole('slider', { name: 'Width σ' }).press('ArrowRight');
  await expectKernel(kernelPreset('gaussian', { size: 5, sigma: 2.55 }));
  await page.getByTestId('bench-kernel-size').fill('11');
  await expectKernel(kernelPreset('gaussian', { size: 11, sigma: 2.55 }));

  await choosePreset('gabor');
  await page.getByTestId('bench-kernel-angle').fill('45');
  await page.getByTestId('bench-kernel-wavelength').fill('4');
  await page.getByTestId('bench-kernel-wavelength').press('Enter');
  await expectKernel(kernelPreset('gabor', { size: 11, angle: 45, wavelength: 4 }));
  await page.getByTestId('bench-undo').click();
  await page.getByTestId('bench-undo').click();
  await expectKernel(kernelPreset('gabor', { size: 11, angle: 0, wavelength: 5 }));
  // The sliders stand where the kernel does.
  await expect(page.getByTestId('bench-kernel-angle')).toHaveValue('0');
});

test('a random kernel is another one for each seed, and always the same for the same', async () => {
  await choosePreset('random');
  await expectKernel(kernelPreset('random', { size: 3, seed: 1 }));
  await lab.page.getByTestId('bench-kernel-seed').fill('7');
  await expectKernel(kernelPreset('random', { size: 3, seed: 7 }));
});

for (const [id, change] of [
  ['rotate', (kernel: BenchKernel) => rotated(kernel, 1)],
  ['flip-horizontal', (kernel: BenchKernel) => flipped(kernel, 'horizontal')],
  ['flip-vertical', (kernel: BenchKernel) => flipped(kernel, 'vertical')],
  ['negate', negated],
  ['normalise', normalised],
] as const) {
  test(`${id} does it to all weights`, async () => {
    const { page } = lab;
    // A kernel without any symmetry, taken as it is: absolute values would hide a sign.
    const uneven = withWeight(kernelPreset('emboss'), 2, 0, 0, 5);
    await choosePreset('emboss');
    await page.getByTestId('bench-activation-none').click();
    await cell(2, 0).focus();
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await page.getByTestId(`bench-kernel-${id}`).click();
    const operation = { ...initialExperiment.operation, activation: 'none' } as const;
    await expectMapOf({ kernels: [change(uneven)], operation });
    expect(await shownWeights()).toEqual(change(uneven).weights);
  });
}

test('rows and columns come and go around the middle, from 1×1 to 11×11', async () => {
  const { page } = lab;
  await page.getByTestId('bench-kernel-rows').fill('5');
  await expectKernel(resized(sobelX, 5, 3));
  await page.getByTestId('bench-kernel-columns').fill('11');
  await expectKernel(resized(resized(sobelX, 5, 3), 5, 11));
  await page.getByTestId('bench-kernel-rows').fill('11');
  expect(await shownWeights()).toHaveLength(121);
  await page.getByTestId('bench-kernel-rows').fill('12');
  await expect(page.getByTestId('bench-kernel-rows')).toHaveAttribute('aria-invalid', 'true');
  for (const side of ['rows', 'columns']) await page.getByTestId(`bench-kernel-${side}`).fill('1');
  expect(await shownWeights()).toEqual([0]);
});

test('a whole kernel is copied and pasted as text', async () => {
  const { page } = lab;
  await cell(0, 0).focus();
  await page.keyboard.press('Control+KeyC');
  await choosePreset('box');
  await expectKernel(kernelPreset('box', { size: 3 }));
  await cell(0, 0).focus();
  await page.keyboard.press('Control+KeyV');
  await expectMapOf({});

  await page.getByTestId('bench-kernel-as-text').click();
  const text = page.getByTestId('bench-kernel-text');
  await expect(text).toHaveValue('-1\t0\t1\n-2\t0\t2\n-1\t0\t1');
  await text.fill('[[1/4, 1/2, 1/4]]');
  await expectKernel({ ...sobelX, height: 1, weights: [0.25, 0.5, 0.25] });
  await text.fill('1 2\n3');
  await expect(text).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('The rows are of different lengths')).toBeVisible();
  await page.getByTestId('bench-kernel-as-text').click();
  expect(await shownWeights()).toEqual([0.25, 0.5, 0.25]);
});

test('both Sobels come with one click, and give the magnitude of the gradient', async () => {
  const { page } = lab;
  const kernels = [kernelPreset('sobel-x'), kernelPreset('sobel-y')];
  await page.getByTestId('bench-both-sobels').click();
  await expectMapOf({ kernels, together: 'gradient' });
  const { gradient } = compute({ ...initialExperiment, kernels, together: 'gradient' }, image);
  expect(await shownMap(page)).toEqual(gradient?.magnitude.summary);
  await page.getByTestId('bench-gradient').press('Space');
  await expect(page.getByTestId('bench-gradient')).not.toBeChecked();
  await expectMapOf({ kernels });
  await page.getByTestId('bench-kernel-card-1').click();
  await expectMapOf({ kernels, chosen: 1 });
  await page.getByTestId('bench-undo').click();
  await page.getByTestId('bench-undo').click();
  await page.getByTestId('bench-undo').click();
  await expectMapOf({});
  await expect(page.getByTestId('bench-gradient')).toHaveCount(0);
});

test('kernels are added, duplicated and removed, eight at most', async () => {
  const { page } = lab;
  const cards = page.getByTestId(/^bench-kernel-card-/);
  await page.getByTestId('bench-kernel-add').click();
  await expect(cards).toHaveCount(2);
  await expectMapOf({ kernels: [sobelX, kernelPreset('sobel-y')], chosen: 1 });
  await page.getByTestId('bench-kernel-duplicate').click();
  await expect(page.getByRole('radio', { name: 'Sobel y' }).last()).toBeChecked();
  for (let count = 4; count <= 8; count++) await page.getByTestId('bench-kernel-add').click();
  await expect(cards).toHaveCount(8);
  await expect(page.getByTestId('bench-kernel-add')).toBeDisabled();
  await expect(page.getByTestId('bench-kernel-duplicate')).toBeDisabled();
  for (let count = 7; count >= 1; count--) await page.getByTestId('bench-kernel-remove').click();
  await expect(cards).toHaveCount(0);
  await expect(page.getByTestId('bench-kernel-remove')).toBeDisabled();
  await expectMapOf({});
});

test('stride, dilation, padding, bias and activation are what the reference arithmetic has them be', async () => {
  const { page } = lab;
  const operation = { ...initialExperiment.operation };
  const expectOperation = async (change: Partial<Experiment['operation']>): Promise<void> => {
    Object.assign(operation, change);
    await expectMapOf({ operation });
    const [kernel] = initialExperiment.kernels;
    for (const axis of ['height', 'width'] as const) {
      const { output } = outputSize(image[axis], kernel![axis], operation);
      await expect(page.getByTestId(`bench-output-${axis}`)).toHaveAttribute('data-value', String(output));
    }
  };
  const choose = (name: string): Promise<void> =>
    page.getByTestId('bench-operation').getByText(name, { exact: true }).click();

  await page.getByTestId('bench-stride').fill('3');
  await expectOperation({ stride: 3 });
  await page.getByTestId('bench-dilation').press('ArrowUp');
  await expectOperation({ dilation: 2 });
  await choose('Same');
  await expectOperation({ padding: 'same' });
  await choose('Mirror');
  await expectOperation({ padMode: 'reflect' });
  await choose('Edge');
  await expectOperation({ padMode: 'edge' });
  await choose('Number');
  await expectOperation({ padding: 1 });
  await page.getByTestId('bench-padding').fill('4');
  await expectOperation({ padding: 4 });
  await choose('Value');
  await page.getByTestId('bench-pad-value').fill('0.5');
  await page.getByTestId('bench-pad-value').press('Enter');
  await expectOperation({ padMode: 'value', padValue: 0.5 });
  await page.getByTestId('bench-bias').fill('-0.75');
  await page.getByTestId('bench-bias').press('Enter');
  await expectOperation({ bias: -0.75 });
  for (const activation of ['none', 'relu', 'logistic', 'tanh'] as const) {
    await page.getByTestId(`bench-activation-${activation}`).click();
    await expectOperation({ activation });
  }
});

test('the formula has its numbers filled in', async () => {
  const { page } = lab;
  const line = page.getByTestId('bench-output-width');
  await expect(line).toHaveAttribute('aria-label', '⌊(192 + 0 + 0 − 1·(3 − 1) − 1)/1⌋ + 1 = 190');
  await page.getByTestId('bench-stride').fill('2');
  await page.getByTestId('bench-operation').getByText('Same', { exact: true }).click();
  await expect(line).toHaveAttribute('aria-label', '⌊(192 + 0 + 1 − 1·(3 − 1) − 1)/2⌋ + 1 = 96');
});

test('convolution turns the kernel by 180°, and the screen says so', async () => {
  const { page } = lab;
  await choosePreset('emboss');
  await page.getByTestId('bench-operation').getByText('Convolution', { exact: true }).click();
  await expect(page.getByTestId('bench-operation-sense')).toContainText('180°');
  const kernels = [rotated(kernelPreset('emboss'), 2)];
  await expectMapOf({ kernels, operation: { ...initialExperiment.operation, sense: 'correlation' } });
});

test('a kernel that does not fit is said, with the way out', async () => {
  const { page } = lab;
  await page.getByTestId('bench-image-side').selectOption('64');
  await choosePreset('gabor');
  await page.getByTestId('bench-dilation').fill('8');
  const problem = page.getByTestId('bench-operation-problem');
  await expect(problem).toContainText('The kernel reaches over 81');
  await expect(page.getByTestId('bench-output-width')).toHaveAttribute('data-value', '0');
  await page.getByTestId('bench-operation-remedy').click();
  await expect(problem).toHaveCount(0);
  await expect(page.getByTestId('bench-output-width')).toHaveAttribute('data-value', '64');
  await page.getByTestId('bench-image-side').selectOption('256');
});

test('a kernel goes into the network in training and comes back as it went', async () => {
  const { page } = lab;
  await page.getByTestId('bench-learned').click();
  const kernels = page.getByTestId('bench-learned-kernels');
  await expect(kernels).toHaveAttribute('data-step', '0');
  await expect(kernels.getByRole('radio')).toHaveCount(6);
  // The layer has 5×5 kernels: a smaller one gets a border.
  await expect(page.getByTestId('bench-learned-fit')).toContainText('5 × 5');
  await kernels.getByTitle('Filter 4', { exact: true }).click();
  await page.getByTestId('bench-learned-send').click();
  await expect(page.getByTestId('bench-learned-said')).toHaveText('Now in C1, filter 4.');
  await page.getByTestId('bench-learned-take').click();
  await expect(page.getByTestId('bench-kernel-name')).toHaveText('C1, filter 4');
  expect(await shownWeights()).toEqual(resized(sobelX, 5, 5).weights);
  await expectKernel(resized(sobelX, 5, 5));
});

test('a fresh kernel of the network is taken with the keyboard, and its map is what the arithmetic computes', async () => {
  const { page } = lab;
  await page.getByTestId('bench-learned').press('Enter');
  await expect(page.getByRole('radio', { name: 'C1', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.getByTestId('bench-learned-channel').fill('5');
  await page.getByTestId('bench-learned-filter-0').focus();
  await page.keyboard.press('ArrowRight');
  await page.getByTestId('bench-learned-take').press('Enter');
  await expect(page.getByTestId('bench-kernel-name')).toHaveText('C3, filter 2');
  const weights = await shownWeights();
  expect(weights).toHaveLength(25);
  expect(new Set(weights).size).toBeGreaterThan(20);
  await expectKernel({ ...sobelX, height: 5, width: 5, weights });
});

test('in text fields, Ctrl+Z is theirs', async () => {
  const { page } = lab;
  await page.getByTestId('bench-stride').fill('2');
  const field = page.getByTestId('bench-kernel-weight');
  await field.fill('7');
  await field.press('Control+KeyZ');
  await field.press('Escape');
  await expect(page.getByTestId('bench-stride')).toHaveValue('2');
  await field.blur();
  await page.locator('body').press('Control+KeyZ');
  await expect(page.getByTestId('bench-stride')).toHaveValue('1');
});

test('in Hebrew the kernel is the same way round, and so are its keys', async () => {
  const { page } = lab;
  await page.getByText('עברית', { exact: true }).click();
  const left = (await cell(0, 0).boundingBox())!;
  const right = (await cell(0, 2).boundingBox())!;
  expect(left.x).toBeLessThan(right.x);
  await cell(0, 0).focus();
  await page.keyboard.press('ArrowRight');
  await expect(cell(0, 1)).toBeFocused();
  await page.keyboard.type('4');
  await page.keyboard.press('Enter');
  await expectKernel(sobelWith(0, 1, 4));
  await page.keyboard.press('Control+KeyZ');
  await expectMapOf({});

  // In the gallery reading goes from right to left.
  await page.getByTestId('bench-kernel-preset').press('Enter');
  await expect(page.getByTestId('bench-preset-sobel-x')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByTestId('bench-preset-sobel-y')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByText('English', { exact: true }).click();
});
