import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { type LaunchedLab, launchLab } from './launch.ts';
import { animationFrames } from './run.ts';

let lab: LaunchedLab;
let page: Page;
test.beforeAll(async () => {
  lab = await launchLab({ screen: 'bench', size: { width: 1280, height: 800 } });
  page = lab.page;
});
test.afterAll(async () => {
  await lab.close();
});

// ---- what the numbers must be, by the definition ----

const [height, width] = [12, 16];

/** Bytes that no two windows have in common. */
const bytes = (channels: 1 | 3): number[] =>
  Array.from({ length: height * width * channels }, (_, i) => (i * 97 + Math.floor(i / 7) * 31) % 256);

const weights = [-1, 0.5, 2, -2, 0.25, 3, -1.5, 0, 1];

type Setting = {
  readonly name: string;
  readonly channels: 1 | 3;
  readonly stride?: number;
  /** Cells at either side. */
  readonly pad?: number;
  readonly padMode?: 'zero' | 'reflect' | 'edge' | 'value';
  readonly dilation?: number;
  readonly sense?: 'correlation' | 'convolution';
  readonly bias?: number;
  readonly activation?: 'none' | 'relu' | 'logistic' | 'tanh' | 'abs';
  /** The output cells that are clicked. */
  readonly cells: readonly (readonly [number, number])[];
};

const settings: readonly Setting[] = [
  {
    name: 'as it is',
    channels: 1,
    cells: [
      [0, 0],
      [9, 13],
      [4, 6],
    ],
  },
  {
    name: 'with a stride of 2, a bias and ReLU',
    channels: 1,
    stride: 2,
    bias: -0.75,
    activation: 'relu',
    cells: [
      [0, 0],
      [4, 6],
      [3, 1],
    ],
  },
  {
    name: 'with a mirrored ring of padding',
    channels: 1,
    pad: 1,
    padMode: 'reflect',
    cells: [
      [0, 0],
      [11, 15],
      [0, 7],
    ],
  },
  {
    name: 'with a dilation of 2 in padding of a number',
    channels: 1,
    dilation: 2,
    pad: 2,
    padMode: 'value',
    activation: 'tanh',
    cells: [
      [0, 0],
      [11, 15],
      [5, 5],
    ],
  },
  {
    name: 'in colour, edges going on',
    channels: 3,
    pad: 1,
    padMode: 'edge',
    activation: 'abs',
    cells: [
      [0, 0],
      [11, 3],
      [6, 8],
    ],
  },
  {
    name: 'as a true convolution',
    channels: 1,
    sense: 'convolution',
    activation: 'logistic',
    cells: [
      [2, 3],
      [9, 0],
    ],
  },
];

const padValue = 0.625;

/** What stands at a place of the image, or beyond it. */
function pixel({ channels, padMode = 'zero' }: Setting, y: number, x: number, channel: number): number {
  const inside = (at: number, cells: number): number | null => {
    if (at >= 0 && at < cells) return at;
    if (padMode === 'edge') return at < 0 ? 0 : cells - 1;
    if (padMode === 'reflect') return at < 0 ? -at : cells - 1 - (at - (cells - 1));
    return null;
  };
  const [row, column] = [inside(y, height), inside(x, width)];
  if (row === null || column === null) return padMode === 'value' ? padValue : 0;
  return bytes(channels)[(row * width + column) * channels + channel]! / 255;
}

/** All that is said of an output cell. */
function computed(setting: Setting, row: number, column: number) {
  const { channels, stride = 1, pad = 0, dilation = 1, sense = 'correlation', bias = 0, activation = 'none' } = setting;
  const applied = sense === 'convolution' ? [...weights].reverse() : weights;
  const values = Array.from({ length: channels }, (_, channel) =>
    applied.map((__, i) =>
      pixel(
        setting,
        row * stride - pad + Math.floor(i / 3) * dilation,
        column * stride - pad + (i % 3) * dilation,
        channel,
      ),
    ),
  );
  const products = values.map((own) => own.map((value, i) => value * applied[i]!));
  const partial = products.map((own) => own.reduce((sum, product) => sum + product, 0));
  const sum = partial.reduce((total, part) => total + part, 0);
  const biased = sum + bias;
  const output = {
    none: biased,
    relu: Math.max(0, biased),
    logistic: 1 / (1 + Math.exp(-biased)),
    tanh: Math.tanh(biased),
    abs: Math.abs(biased),
  }[activation];
  return { applied, values, products, partial, sum, biased, output };
}

// ---- the hands of whoever uses it ----

/** @param across a second kernel; both maps together are a gradient. */
async function open(setting: Setting, across?: readonly number[]): Promise<void> {
  const {
    channels,
    stride = 1,
    pad,
    padMode = 'zero',
    dilation = 1,
    sense = 'correlation',
    bias = 0,
    activation = 'none',
  } = setting;
  const saved = {
    format: 'convolens-bench',
    version: 1,
    experiment: {
      image: {
        source: 'own',
        origin: 'file',
        name: setting.name,
        height,
        width,
        channels,
        pixels: Buffer.from(bytes(channels)).toString('base64'),
      },
      side: 1024,
      colour: channels === 3 ? 'rgb' : 'grey',
      kernels: [weights, ...(across ? [across] : [])].map((own) => ({
        origin: { kind: 'own' },
        height: 3,
        width: 3,
        channels: 1,
        weights: own,
      })),
      chosen: 0,
      together: across ? 'gradient' : 'apart',
      operation: { stride, padding: pad ?? 'valid', padMode, padValue, dilation, bias, activation, sense },
      pooling: { left: 'max', right: 'average', size: 2, stride: 2, seed: 1, coefficient: 0.25, bias: 0 },
    },
    view: { colours: 'automatic', scale: 'shared', pooledPicture: 'pooled', cell: null },
  };
  await page.getByTestId('take-open-file').setInputFiles({
    name: 'bench.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(saved)),
  });
  const rows = (cells: number): number => Math.floor((cells + 2 * (pad ?? 0) - 2 * dilation - 1) / stride) + 1;
  await expect(page.getByTestId('bench-map-size')).toHaveText(`${String(rows(width))}×${String(rows(height))}`);
}

async function numberIn(locator: Locator): Promise<number> {
  return Number(await locator.getAttribute('data-value'));
}

async function numbersIn(testid: string): Promise<number[]> {
  const cells = page.getByTestId(testid).getByRole('cell');
  return await cells.evaluateAll((all) => all.map((cell) => Number((cell as HTMLElement).dataset['value'])));
}

async function clickCell(
  testid: string,
  [row, column]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): Promise<void> {
  const picture = page.getByTestId(testid);
  const box = await picture.boundingBox();
  if (!box) throw new Error('The picture is not on the screen');
  await picture.click({
    position: { x: ((column + 0.5) / columns) * box.width, y: ((row + 0.5) / rows) * box.height },
  });
}

/** Where the slider says that the window is. */
async function index(): Promise<number> {
  return await numberIn(page.getByTestId('bench-place'));
}

/** How many rows and columns the map has. */
async function mapSize(): Promise<[number, number]> {
  const [columns, rows] = ((await page.getByTestId('bench-map-size').textContent()) ?? '').split('×').map(Number);
  return [rows!, columns!];
}

for (const setting of settings) {
  test(`a click on an output cell shows how it came about, ${setting.name}`, async () => {
    await open(setting);
    for (const cell of setting.cells) {
      const [row, column] = cell;
      await clickCell('bench-map-picture', cell, await mapSize());
      await page.mouse.move(5, 5);
      const must = computed(setting, row, column);
      await expect.poll(() => index()).toBe(row * (await mapSize())[1] + column);

      for (const [channel, values] of must.values.entries()) {
        const near = (numbers: readonly number[]): unknown[] =>
          numbers.map((number) => expect.closeTo(number, 5) as unknown);
        expect(await numbersIn(`bench-window-values-${String(channel)}`)).toEqual(near(values));
        expect(await numbersIn(`bench-window-weights-${String(channel)}`)).toEqual(must.applied);
        expect(await numbersIn(`bench-window-products-${String(channel)}`)).toEqual(near(must.products[channel]!));
        if (setting.channels === 3) {
          expect(await numberIn(page.getByTestId(`bench-window-partial-${String(channel)}`))).toBeCloseTo(
            must.partial[channel]!,
            5,
          );
        }
      }
      expect(await numberIn(page.getByTestId('bench-window-sum'))).toBeCloseTo(must.sum, 5);
      expect(await numberIn(page.getByTestId('bench-window-bias'))).toBe(setting.bias ?? 0);
      expect(await numberIn(page.getByTestId('bench-window-biased'))).toBeCloseTo(must.biased, 5);
      expect(await numberIn(page.getByTestId('bench-window-output'))).toBeCloseTo(must.output, 5);
      // The map holds the same number, and people read it.
      expect(await numberIn(page.getByTestId('bench-map-value'))).toBeCloseTo(must.output, 5);
      await expect(page.getByTestId('bench-window-output')).toHaveText(must.output.toFixed(3).replace('-', '−'));
    }
  });
}

const plain: Setting = settings[0]!;

test('a true convolution says that its kernel is turned', async () => {
  await open({ ...plain, sense: 'convolution' });
  const stage = page.getByTestId('bench-stage');
  await expect(stage.getByText('weights, turned by 180°')).toBeVisible();
  await expect(stage.getByRole('radio', { name: 'Convolution' })).toBeChecked();
  await open(plain);
  await expect(stage.getByText('weights', { exact: true })).toBeVisible();
  await expect(stage.getByRole('radio', { name: 'Correlation' })).toBeChecked();
});

test('a click on the image moves the window there', async () => {
  await open(plain);
  await clickCell('bench-input-picture', [4, 7], [height, width]);
  // The window whose middle is that pixel begins one row and one column before it.
  await expect.poll(() => index()).toBe(3 * 14 + 6);
});

test('the number under the pointer is said, exactly', async () => {
  await open(plain);
  const picture = page.getByTestId('bench-map-picture');
  const box = await picture.boundingBox();
  await picture.hover({ position: { x: (5.5 / 14) * box!.width, y: (2.5 / 10) * box!.height } });
  const said = picture.getByRole('status');
  await expect(said).toContainText('Row 2, column 5');
  expect(await numberIn(said.locator('[data-value]'))).toBeCloseTo(computed(plain, 2, 5).output, 5);
});

test('steps, scrubs and plays over all output cells, and fills the map on its way', async () => {
  await open(plain);
  const stage = page.getByTestId('bench-stage');
  await clickCell('bench-map-picture', [0, 12], [10, 14]);
  await stage.getByRole('button', { name: 'One cell on' }).click();
  await stage.getByRole('button', { name: 'One cell on' }).click();
  expect(await index()).toBe(14);
  expect(await numberIn(page.getByTestId('bench-window-output'))).toBeCloseTo(computed(plain, 1, 0).output, 5);
  await stage.getByRole('button', { name: 'One back' }).click();
  expect(await index()).toBe(13);

  await page.getByTestId('bench-scrub').fill('77');
  expect(await numberIn(page.getByTestId('bench-window-output'))).toBeCloseTo(computed(plain, 5, 7).output, 5);

  // At eight cells a second.
  await page.getByTestId('bench-speed').fill('2');
  await page.getByTestId('bench-play').click();
  await expect.poll(() => index()).toBeGreaterThan(78);
  await expect(page.getByTestId('bench-play')).toHaveAccessibleName('Pause');
  await expect(stage.locator('.unreached').first()).toBeAttached();
  await page.getByTestId('bench-play').click();
  const paused = await index();
  const [row, column] = [Math.floor(paused / 14), paused % 14];
  expect(await numberIn(page.getByTestId('bench-window-output'))).toBeCloseTo(computed(plain, row, column).output, 5);
  // Eight cells a second would show within these.
  await animationFrames(page, 30);
  expect(await index()).toBe(paused);

  // To the end: the whole map is there again.
  await page.getByTestId('bench-speed').fill('4');
  await page.getByTestId('bench-play').click();
  await expect.poll(() => index()).toBe(139);
  await expect(page.getByTestId('bench-play')).toHaveAccessibleName('Play');
  await expect(stage.locator('.unreached')).toHaveCount(0);
});

test('adds product after product at the slowest speed', async () => {
  const setting = settings[4]!;
  await open(setting);
  await clickCell('bench-map-picture', [3, 4], await mapSize());
  await page.getByTestId('bench-speed').fill('0');
  const step = page.getByRole('button', { name: 'One product on' });
  const must = computed(setting, 3, 5).products.flat();
  for (let counted = 1; counted <= 12; counted++) {
    await step.click();
    const sum = must.slice(0, counted).reduce((total, product) => total + product, 0);
    expect(await numberIn(page.getByTestId('bench-window-sum'))).toBeCloseTo(sum, 5);
    await expect(page.getByTestId('bench-window')).toContainText(`${String(counted)} of 27`);
    // What comes later is not given away.
    await expect(page.getByTestId('bench-window-output')).toHaveText('?');
  }
  // Red is whole, green has begun, blue has not.
  const partial = computed(setting, 3, 5).partial;
  expect(await numberIn(page.getByTestId('bench-window-partial-0'))).toBeCloseTo(partial[0]!, 5);
  expect(await numberIn(page.getByTestId('bench-window-partial-2'))).toBe(0);
  for (let counted = 13; counted <= 27; counted++) await step.click();
  expect(await numberIn(page.getByTestId('bench-window-output'))).toBeCloseTo(computed(setting, 3, 5).output, 5);
  await page.getByTestId('bench-speed').fill('1');
});

test('works by keyboard: arrows move the window, space plays and pauses', async () => {
  await open(plain);
  await clickCell('bench-map-picture', [4, 4], [10, 14]);
  await page.mouse.move(5, 5);
  await page.getByTestId('bench-map-picture').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => index()).toBe(5 * 14 + 5);
  expect(await numberIn(page.getByTestId('bench-window-output'))).toBeCloseTo(computed(plain, 5, 5).output, 5);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => index()).toBe(5 * 14);

  await page.getByTestId('bench-input-picture').focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => index()).toBe(4 * 14);

  await page.keyboard.press('Space');
  await expect(page.getByTestId('bench-play')).toHaveAccessibleName('Pause');
  await page.keyboard.press('Space');
  await expect(page.getByTestId('bench-play')).toHaveAccessibleName('Play');
  await page.getByRole('button', { name: 'Stop and show the whole map' }).click();

  // From product to product.
  await clickCell('bench-map-picture', [2, 2], [10, 14]);
  await page.getByTestId('bench-window').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const product = computed(plain, 2, 2).products[0]![4]!;
  expect(await numberIn(page.getByTestId('bench-window-term').locator('[data-value]'))).toBeCloseTo(product, 5);
});

test('slides over the map as pooling does', async () => {
  await open(plain);
  const stage = page.getByTestId('bench-stage');
  const window = (row: number, column: number): number[] =>
    [0, 1, 2, 3].map((i) => computed(plain, 2 * row + Math.floor(i / 2), 2 * column + (i % 2)).output);

  await stage.getByText('Max', { exact: true }).click();
  await expect(page.getByTestId('bench-map-size')).toHaveText('7×5');
  await clickCell('bench-map-picture', [3, 2], [5, 7]);
  await expect.poll(() => index()).toBe(3 * 7 + 2);
  const cells = window(3, 2);
  expect(await numberIn(page.getByTestId('bench-window-output'))).toBeCloseTo(Math.max(...cells), 5);
  // All of the gradient goes to the largest.
  const largest = cells.indexOf(Math.max(...cells));
  expect(await numbersIn('bench-window-shares')).toEqual([0, 1, 2, 3].map((i) => (i === largest ? 1 : 0)));

  await stage.getByText('Average', { exact: true }).click();
  await clickCell('bench-map-picture', [1, 5], [5, 7]);
  const sum = window(1, 5).reduce((total, value) => total + value, 0);
  await expect.poll(() => index()).toBe(7 + 5);
  expect(await numberIn(page.getByTestId('bench-window-step-0'))).toBeCloseTo(sum, 5);
  expect(await numberIn(page.getByTestId('bench-window-output'))).toBeCloseTo(sum / 4, 5);
  expect(await numbersIn('bench-window-shares')).toEqual([0.25, 0.25, 0.25, 0.25]);
});

test('shows two maps together as a gradient: how large it is, and where it points', async () => {
  const across = [2, 0, -2, 1, 0.5, -3, 0, 4, -1];
  await open(plain, across);
  await clickCell('bench-map-picture', [6, 3], [10, 14]);
  const first = computed(plain, 6, 3);
  const second = first.values[0]!.reduce((sum, value, i) => sum + value * across[i]!, 0);
  const magnitude = Math.hypot(first.sum, second);
  const direction = Math.atan2(second, first.sum);
  await expect.poll(() => index()).toBe(6 * 14 + 3);
  expect(await numberIn(page.getByTestId('bench-window-magnitude'))).toBeCloseTo(magnitude, 5);
  expect(await numberIn(page.getByTestId('bench-window-direction'))).toBeCloseTo(direction, 5);
  expect(await numberIn(page.getByTestId('bench-map-value'))).toBeCloseTo(magnitude, 5);

  const tile = (id: string): Locator =>
    page.locator('label').filter({ has: page.getByTestId(`bench-map-choice-${id}`) });
  await tile('direction').click();
  await expect.poll(() => numberIn(page.getByTestId('bench-map-value'))).toBeCloseTo(direction, 5);
  await expect(page.getByTestId('bench-map')).toContainText(
    `${((direction * 180) / Math.PI).toFixed(0).replace('-', '−')}°`,
  );
  await tile('kernel-1').click();
  await expect.poll(() => numberIn(page.getByTestId('bench-map-value'))).toBeCloseTo(second, 5);
  expect(await numbersIn('bench-window-weights-0')).toEqual(across);
});

test('shows cells close up, and the numbers stay', async () => {
  await open(plain);
  await clickCell('bench-map-picture', [4, 4], [10, 14]);
  const before = await numberIn(page.getByTestId('bench-window-output'));
  await page.getByTestId('bench-near').click();
  await expect(page.getByTestId('bench-near')).toHaveAttribute('aria-pressed', 'true');
  expect(await numberIn(page.getByTestId('bench-window-output'))).toBe(before);
  await page.getByTestId('bench-near').click();
});

test('takes other colours, and says which numbers they stand for', async () => {
  await open(plain);
  const legend = page.getByTestId('bench-map-legend');
  const [least, most] = [
    Number(await legend.getAttribute('data-least')),
    Number(await legend.getAttribute('data-most')),
  ];
  expect(least).toBe(-most);
  const picture = page.getByTestId('bench-map-picture').locator('canvas').first();
  const pixels = (): Promise<string> => picture.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const before = await pixels();
  await page.getByTestId('bench-colours').selectOption('viridis');
  await expect.poll(pixels).not.toBe(before);
  await page.getByTestId('bench-colours').selectOption('automatic');
  await expect.poll(pixels).toBe(before);
});

test('says it in Hebrew, with numbers and matrices from left to right', async () => {
  await open(plain);
  await clickCell('bench-map-picture', [4, 6], [10, 14]);
  await page.getByRole('button', { name: 'עברית', exact: true }).click();
  const stage = page.getByTestId('bench-stage');
  await expect(stage.getByRole('heading', { name: 'חלון מחליק' })).toBeVisible();
  await expect(stage.getByText('מכפלות', { exact: true })).toBeVisible();
  expect(await numberIn(page.getByTestId('bench-window-output'))).toBeCloseTo(computed(plain, 4, 6).output, 5);
  const cells = page.getByTestId('bench-window-weights-0').getByRole('cell');
  const [first, second] = [await cells.nth(0).boundingBox(), await cells.nth(1).boundingBox()];
  expect(first!.x).toBeLessThan(second!.x);
  // Left is left on the map, too.
  await page.getByTestId('bench-map-picture').focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => index()).toBe(4 * 14 + 5);
  await expectAccessible();
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await expectAccessible();
});

async function expectAccessible(): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .include('[data-testid="bench-stage"]')
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('nothing was complained about', () => {
  expect(lab.complaints).toEqual([]);
});
