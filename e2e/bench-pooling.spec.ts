import { expect, test, type Locator, type Page } from '@playwright/test';
import { boats } from './boats.ts';
import { type LaunchedLab, launchLab } from './launch.ts';

/**
 * The reference here is written anew, from the definitions, in plain float64 arrays: it shares no line with the app's arithmetic.
 */
type Grid = { readonly height: number; readonly width: number; readonly values: readonly number[] };
type Windows = { readonly size: number; readonly stride: number };

const at = ({ width, values }: Grid, row: number, column: number): number => values[row * width + column] ?? NaN;

function grid(height: number, width: number, valueAt: (row: number, column: number) => number): Grid {
  const values = Array.from({ length: height * width }, (_, i) => valueAt(Math.floor(i / width), i % width));
  return { height, width, values };
}

/** |Sobel x|, without padding. */
function edgesOf(image: Grid): Grid {
  return grid(image.height - 2, image.width - 2, (row, column) => {
    const down = (x: number): number => at(image, row, x) + 2 * at(image, row + 1, x) + at(image, row + 2, x);
    return Math.abs(down(column + 2) - down(column));
  });
}

/** The indices of a window's cells, in reading order. */
function cellsOf(map: Grid, { size, stride }: Windows, row: number, column: number): number[] {
  return Array.from({ length: size * size }, (_, i) => {
    return (row * stride + Math.floor(i / size)) * map.width + column * stride + (i % size);
  });
}

function pooled(map: Grid, windows: Windows, of: (values: number[]) => number): Grid {
  const along = (cells: number): number => Math.floor((cells - windows.size) / windows.stride) + 1;
  return grid(along(map.height), along(map.width), (row, column) => {
    return of(cellsOf(map, windows, row, column).map((i) => map.values[i] ?? NaN));
  });
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const mean = (values: readonly number[]): number => total(values) / values.length;
const largest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));
const meanSquare = (values: readonly number[]): number => mean(values.map((value) => value * value));

/** What each kind makes of a window; how a stochastic one draws is not for the reference to know. */
const kinds = {
  max: largest,
  average: mean,
  l2: (values: number[]) => Math.sqrt(meanSquare(values)),
  subsampling: (values: number[]) => 1.7159 * Math.tanh((2 / 3) * (0.25 * total(values))),
  strided: (values: number[]) => values[0] ?? NaN,
};
type Kind = keyof typeof kinds;

const usual = { size: 3, stride: 3 };
let lab: LaunchedLab;
let photograph: Grid;
let map: Grid;
test.beforeAll(async () => {
  lab = await launchLab({ screen: 'bench' });
  const { height, width, planes } = boats();
  photograph = { height, width, values: [...(planes[0]?.values ?? [])] };
  map = edgesOf(photograph);
});
test.afterAll(async () => {
  await lab.close();
});
/** Each test begins with the first story's experiment. */
test.beforeEach(async () => {
  const { page } = lab;
  await page.getByTestId('bench-story-first').click();
  await page.getByTestId('bench-story-close').click();
  await expectShown(page, 'left', map, pooled(map, usual, kinds.max));
  await expectShown(page, 'right', map, pooled(map, usual, kinds.average));
});

type Side = 'left' | 'right';
const numberOf = async (locator: Locator): Promise<number> => Number(await locator.getAttribute('data-value'));

/** Compares all that stands under a pooled map with the reference. */
async function expectShown(page: Page, side: Side, from: Grid, { height, width, values }: Grid): Promise<void> {
  await expect(page.getByTestId(`bench-pool-${side}-size`)).toHaveText(`${String(width)}×${String(height)}`);
  const top = largest(from.values) - mean(from.values);
  const expected = {
    max: largest(values),
    mean: mean(values),
    energy: meanSquare(values) / meanSquare(from.values),
    contrast: (largest(values) - mean(values)) / top,
  };
  for (const [name, value] of Object.entries(expected)) {
    const shown = page.getByTestId(`bench-pool-${side}-${name}`);
    await expect.poll(() => numberOf(shown), name).toBeCloseTo(value, 5);
    // And what people read is that number.
    const text = name === 'max' || name === 'mean' ? value.toFixed(3) : `${(value * 100).toFixed(0)}\u00A0%`;
    await expect(shown).toHaveText(text.replace(/^-/, '−'));
  }
}

function choose(page: Page, side: Side, kind: Kind | 'stochastic'): Promise<unknown> {
  return page.getByTestId(`bench-pool-${side}-kind`).selectOption(kind);
}

async function show(page: Page, picture: 'Pooled map' | 'Winners' | 'Gradient'): Promise<void> {
  await page.getByRole('group', { name: 'What the pictures show' }).getByText(picture, { exact: true }).click();
}

/** The middle of a cell of a picture in which `part` of its cells are in sight. */
async function cellPoint(
  picture: Locator,
  part: { row: number; column: number; height: number; width: number },
  row: number,
  column: number,
): Promise<{ x: number; y: number }> {
  const box = await picture.boundingBox();
  if (!box) throw new Error('The picture is not on the screen');
  return {
    x: ((column + 0.5 - part.column) / part.width) * box.width,
    y: ((row + 0.5 - part.row) / part.height) * box.height,
  };
}
const whole = ({ height, width }: Grid) => ({ row: 0, column: 0, height, width });

/** The part of the map that is in sight, as the locator beside the picture says it. */
async function partInSight(page: Page, side: Side) {
  const words = await page
    .getByTestId(`bench-pool-${side}`)
    .getByRole('img', { name: /^rows/ })
    .getAttribute('aria-label');
  const [top, bottom, left, right] = [...(words ?? '').matchAll(/\d+/g)].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return { row: top, column: left, height: bottom - top + 1, width: right - left + 1 };
}

for (const kind of Object.keys(kinds) as Kind[]) {
  test(`${kind} pooling says what its definition says, on either side`, async () => {
    const { page } = lab;
    const expected = pooled(map, usual, kinds[kind]);
    for (const side of ['left', 'right'] as const) {
      await choose(page, side, kind);
      await expectShown(page, side, map, expected);
    }
    // The same on both sides: no difference.
    const difference = page.getByTestId('bench-pool-difference-picture');
    await difference.hover({ position: await cellPoint(difference, whole(expected), 21, 30) });
    await expect(difference.getByRole('status').locator('bdi')).toHaveAttribute('data-value', '0');
  });
}

test('the difference is left minus right, cell by cell, on a scale as wide as that of the maps', async () => {
  const { page } = lab;
  const [max, average] = [pooled(map, usual, kinds.max), pooled(map, usual, kinds.average)];
  const picture = page.getByTestId('bench-pool-difference-picture');
  for (const [row, column] of [
    [14, 29],
    [40, 28],
    [3, 3],
  ] as const) {
    await picture.hover({ position: await cellPoint(picture, whole(max), row, column) });
    const said = picture.getByRole('status');
    await expect(said).toContainText(`Row ${String(row)}, column ${String(column)}`);
    await expect
      .poll(() => numberOf(said.locator('bdi')))
      .toBeCloseTo(at(max, row, column) - at(average, row, column), 5);
  }
  const maps = page.getByTestId('bench-pool-legend');
  const difference = page.getByTestId('bench-pool-legend-difference');
  const most = await maps.getAttribute('data-most');
  await expect(difference).toHaveAttribute('data-most', String(most));
  await expect(difference).toHaveAttribute('data-least', `-${String(most)}`);
});

test('stochastic pooling takes one cell of each window, others when drawn again, and the same after undo', async () => {
  const { page } = lab;
  await choose(page, 'left', 'stochastic');
  const meanShown = page.getByTestId('bench-pool-left-mean');
  const [average, max] = [mean(pooled(map, usual, kinds.average).values), mean(pooled(map, usual, kinds.max).values)];
  // Strong cells are drawn more often: more than the mean of each window, less than the largest.
  await expect.poll(() => numberOf(meanShown)).toBeLessThan(max);
  expect(await numberOf(meanShown)).toBeGreaterThan(average);
  const picture = page.getByTestId('bench-pool-left-picture');
  const some = [
    [14, 29],
    [20, 30],
    [35, 36],
    [30, 12],
  ] as const;
  const drawn = async (): Promise<number[]> => {
    const numbers: number[] = [];
    for (const [row, column] of some) {
      await picture.hover({ position: await cellPoint(picture, whole(pooled(map, usual, largest)), row, column) });
      await expect(picture.getByRole('status')).toContainText(`Row ${String(row)}, column ${String(column)}`);
      numbers.push(await numberOf(picture.getByRole('status').locator('bdi')));
    }
    return numbers;
  };
  const first = await drawn();
  for (const [i, [row, column]] of some.entries()) {
    const cells = cellsOf(map, usual, row, column).map((cell) => map.values[cell] ?? NaN);
    expect(Math.min(...cells.map((cell) => Math.abs(cell - (first[i] ?? NaN))))).toBeLessThan(1e-5);
  }
  const firstMean = await numberOf(meanShown);
  await page.getByTestId('bench-pool-draw-again').click();
  await expect.poll(() => numberOf(meanShown)).not.toBe(firstMean);
  expect(await drawn()).not.toEqual(first);
  await page.keyboard.press('Control+z');
  await expect.poll(() => numberOf(meanShown)).toBe(firstMean);
  expect(await drawn()).toEqual(first);
});

test('window and stride are set by keyboard, and said in words', async () => {
  const { page } = lab;
  const size = page.getByRole('spinbutton', { name: 'Window' });
  const stride = page.getByTestId('bench-pool-stride');
  await stride.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('bench-pool-overlap')).toHaveText('overlapping by 1 cell');
  await expectShown(page, 'left', map, pooled(map, { size: 3, stride: 2 }, kinds.max));
  await size.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('bench-pool-overlap')).toHaveText('side by side');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('bench-pool-overlap')).toHaveText('gaps of 1 cell');
  await expectShown(page, 'right', map, pooled(map, { size: 1, stride: 2 }, kinds.average));
  await size.fill('99');
  await expect(size).toHaveAttribute('aria-invalid', 'true');
  await size.blur();
  await expect(size).toHaveValue('1');
  await size.fill('4');
  await expectShown(page, 'left', map, pooled(map, { size: 4, stride: 2 }, kinds.max));
});

test('coefficient and bias of the subsampling are typed, and change the map', async () => {
  const { page } = lab;
  await choose(page, 'left', 'subsampling');
  const fields = page.getByTestId('bench-pool-subsampling');
  await fields.getByLabel('Coefficient').fill('-1.5');
  await page.keyboard.press('Enter');
  await fields.getByLabel('Bias').fill('0.5');
  await page.keyboard.press('Enter');
  const squash = (values: number[]): number => 1.7159 * Math.tanh((2 / 3) * (-1.5 * total(values) + 0.5));
  await expectShown(page, 'left', map, pooled(map, usual, squash));
});

test('the winners are drawn back on the map, with the windows that each won', async () => {
  const { page } = lab;
  const windows = { size: 3, stride: 2 };
  await page.getByTestId('bench-pool-stride').fill('2');
  await show(page, 'Winners');
  const wins = new Map<number, number>();
  const { height, width } = pooled(map, windows, largest);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const cells = cellsOf(map, windows, row, column);
      const winner = cells.reduce((a, b) => ((map.values[b] ?? 0) > (map.values[a] ?? 0) + 1e-6 ? b : a));
      wins.set(winner, (wins.get(winner) ?? 0) + 1);
    }
  }
  const part = await partInSight(page, 'left');
  const inSight = [...wins].filter(([cell]) => {
    const [row, column] = [Math.floor(cell / map.width), cell % map.width];
    return (
      row >= part.row && row < part.row + part.height && column >= part.column && column < part.column + part.width
    );
  });
  await expect(page.getByTestId('bench-pool-left').locator('circle')).toHaveCount(inSight.length);
  // The one that won most says how often, and is drawn largest.
  const [cell, count] = inSight.reduce((a, b) => (b[1] > a[1] ? b : a));
  expect(count).toBeGreaterThan(1);
  const picture = page.getByTestId('bench-pool-left-winners');
  await picture.hover({ position: await cellPoint(picture, part, Math.floor(cell / map.width), cell % map.width) });
  await expect(picture.getByRole('status')).toContainText(`wins: ${String(count)}`);
  await expect(picture.getByRole('status').locator('bdi')).toHaveText((map.values[cell] ?? NaN).toFixed(3));

  await expect(page.getByTestId('bench-pool-right')).toContainText('No winner: every cell counts');
  // A stride takes the first cell of each window.
  await choose(page, 'right', 'strided');
  const firsts = (from: number, count: number): number =>
    Array.from({ length: count }, (_, i) => from + i).filter((i) => i % 2 === 0).length;
  await expect(page.getByTestId('bench-pool-right').locator('circle')).toHaveCount(
    firsts(part.row, part.height) * firsts(part.column, part.width),
  );
  // And on the image, they stand where the kernel looked.
  await page.getByText('Image', { exact: true }).last().click();
  await expect(page.getByTestId('bench-pool-left').locator('circle')).toHaveCount(inSight.length);
  await picture.hover({
    position: await cellPoint(
      picture,
      { ...part, row: part.row + 1, column: part.column + 1 },
      part.row + 2,
      part.column + 2,
    ),
  });
  await expect(picture.getByRole('status').locator('bdi')).toHaveText(
    at(photograph, part.row + 2, part.column + 2).toFixed(3),
  );
});

test('the gradient goes to the winner under max, and is spread under average', async () => {
  const { page } = lab;
  await page.getByTestId('bench-pool-stride').fill('2');
  await show(page, 'Gradient');
  const windows = { size: 3, stride: 2 };
  const { height, width } = pooled(map, windows, largest);
  const shares = { max: map.values.map(() => 0), average: map.values.map(() => 0) };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const cells = cellsOf(map, windows, row, column);
      const winner = cells.reduce((a, b) => ((map.values[b] ?? 0) > (map.values[a] ?? 0) + 1e-6 ? b : a));
      shares.max[winner] = (shares.max[winner] ?? 0) + 1;
      for (const cell of cells) shares.average[cell] = (shares.average[cell] ?? 0) + 1 / 9;
    }
  }
  for (const [side, values] of [
    ['left', shares.max],
    ['right', shares.average],
  ] as const) {
    await expect.poll(() => numberOf(page.getByTestId(`bench-pool-${side}-share`))).toBeCloseTo(largest(values), 5);
    const reached = values.filter((share) => share !== 0).length / values.length;
    expect(await numberOf(page.getByTestId(`bench-pool-${side}-reached`))).toBeCloseTo(reached, 3);
    const picture = page.getByTestId(`bench-pool-${side}-gradient`);
    const part = await partInSight(page, side);
    for (const [down, right] of [
      [2, 2],
      [3, 5],
      [7, 8],
    ] as const) {
      const [row, column] = [part.row + down, part.column + right];
      await picture.hover({ position: await cellPoint(picture, part, row, column) });
      await expect(picture.getByRole('status')).toContainText(`Row ${String(row)}, column ${String(column)}`);
      const share = values[row * map.width + column] ?? NaN;
      await expect.poll(() => numberOf(picture.getByRole('status').locator('bdi'))).toBeCloseTo(share, 5);
    }
  }
  expect(largest(shares.max)).toBeGreaterThan(1);
});

test('a click on a pooled cell shows its arithmetic on the stage, and the arrow keys go on from there', async () => {
  const { page } = lab;
  const max = pooled(map, usual, largest);
  const picture = page.getByTestId('bench-pool-left-picture');
  await picture.click({ position: await cellPoint(picture, whole(max), 14, 29) });
  const value = page.getByTestId('bench-map-value');
  await expect.poll(() => numberOf(value)).toBeCloseTo(at(max, 14, 29), 5);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => numberOf(value)).toBeCloseTo(at(max, 14, 30), 5);
  await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(() => numberOf(value)).toBeCloseTo(at(max, 24, 30), 5);
  // In the winners' picture the keys go from window to window too.
  await show(page, 'Winners');
  await page.getByTestId('bench-pool-left-winners').focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => numberOf(value)).toBeCloseTo(at(max, 24, 29), 5);
  const average = pooled(map, usual, mean);
  await page.getByTestId('bench-pool-right-winners').focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => numberOf(value)).toBeCloseTo(at(average, 23, 29), 5);
});

test('the curve tells how much the maps change while the image moves, as a table too', async () => {
  const { page } = lab;
  /** The image one pixel to the right; what was beyond its left edge is not looked at. */
  const moved = edgesOf(
    grid(photograph.height, photograph.width, (row, column) => at(photograph, row, Math.max(0, column - 1))),
  );
  // Only what never sees the repeated edge counts, however far the image moves: columns from 9 on, where a window begins.
  const inner = (from: Grid): Grid => grid(from.height, from.width - 9, (row, column) => at(from, row, column + 9));
  const change = (before: Grid, after: Grid): number =>
    Math.sqrt(
      total(before.values.map((value, i) => (value - (after.values[i] ?? NaN)) ** 2)) /
        total(before.values.map((value) => value ** 2)),
    );
  const [before, after] = [inner(map), inner(moved)];
  const expected = {
    unpooled: change(before, after),
    left: change(pooled(before, usual, largest), pooled(after, usual, largest)),
    right: change(pooled(before, usual, mean), pooled(after, usual, mean)),
  };
  for (const [of, value] of Object.entries(expected)) {
    await expect.poll(() => numberOf(page.getByTestId(`bench-pool-shift-${of}-1`)), of).toBeCloseTo(value, 4);
    expect(await numberOf(page.getByTestId(`bench-pool-shift-${of}-0`))).toBe(0);
  }
  const figure = page.getByTestId('bench-pool-shift');
  await figure.getByRole('button', { name: 'As a table' }).focus();
  await page.keyboard.press('Enter');
  await expect(figure.getByRole('table')).toBeVisible();
  await expect(figure.getByRole('row')).toHaveCount(10);
  await figure.getByRole('button', { name: 'As a curve' }).click();
});

test('each number explains itself on focus', async () => {
  const { page } = lab;
  const name = page.getByTestId('bench-pool-left').getByRole('button', { name: 'Kept energy' });
  await name.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(
    page.getByRole('tooltip', { name: /./ }).or(page.getByRole('tooltip')).filter({ visible: true }),
  ).toContainText('mean square');
});

test('the story opens in one click, points at the numbers on the screen and turns its pages by keyboard', async () => {
  const { page } = lab;
  await choose(page, 'left', 'l2');
  await page.getByTestId('bench-story-first').click();
  const story = page.getByTestId('bench-story');
  await expect(story.getByRole('heading')).toHaveText('Why max brings out the edges');
  await expect(page.getByTestId('bench-pool-left-kind')).toHaveValue('max');
  await expect(story).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  for (const [told, shown] of [
    ['leftMax', 'left-max'],
    ['rightMax', 'right-max'],
  ] as const) {
    const number = page.getByTestId(`bench-pool-${shown}`);
    await expect(number).toHaveAttribute('data-pointed', '');
    expect(await numberOf(story.getByTestId(`bench-story-value-${told}`))).toBe(await numberOf(number));
    await expect(story.getByTestId(`bench-story-value-${told}`)).toHaveText((await number.textContent()) ?? '');
  }
  // The sentence follows what one tries out; and one click brings back the story's own.
  await page.getByTestId('bench-pool-size').fill('5');
  const tried = largest(pooled(map, { size: 5, stride: 3 }, mean).values);
  await expect.poll(() => numberOf(story.getByTestId('bench-story-value-rightMax'))).toBeCloseTo(tried, 5);
  await story.getByTestId('bench-story-restore').click();
  await expect(page.getByTestId('bench-pool-size')).toHaveValue('3');
  await expect(story.getByTestId('bench-story-restore')).toBeHidden();

  await story.getByTestId('bench-story-next').click();
  await expect(page.getByRole('radio', { name: 'Winners' })).toBeChecked();
  await story.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('radio', { name: 'Pooled map' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(story).toBeHidden();
  await expect(page.getByTestId('bench-pool-left-max')).not.toHaveAttribute('data-pointed');
});

test('every story goes from its first step to its last, and its numbers are there', async () => {
  const { page } = lab;
  const ids = ['edges', 'blur', 'gradient', 'overlap', 'subsampling', 'stride', 'gabor'];
  for (const id of ids) {
    await page.getByTestId('bench-story-more').focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('menu', { name: 'Stories' });
    await expect(menu.getByRole('menuitem')).toHaveCount(ids.length);
    for (let i = 0; i < ids.indexOf(id); i++) await page.keyboard.press('ArrowDown');
    const item = menu.getByTestId(`bench-story-${id}`);
    await expect(item).toBeFocused();
    const title = (await item.textContent()) ?? '';
    await page.keyboard.press('Enter');
    const story = page.getByTestId('bench-story');
    await expect(story.getByRole('heading')).toHaveText(title);
    for (;;) {
      await expect(story.getByTestId('bench-story-text')).not.toContainText('…');
      if (!(await story.getByTestId('bench-story-next').isVisible())) break;
      await page.keyboard.press('ArrowRight');
    }
    await story.getByTestId('bench-story-end').click();
    await expect(story).toBeHidden();
  }
});

test('a window that does not fit is told, with what to do, and can be made smaller there', async () => {
  const { page } = lab;
  await page.getByTestId('bench-stride').fill('16');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('bench-pool-left-size')).toHaveText('4×2');
  await page.getByTestId('bench-pool-size').fill('9');
  const problem = page.getByTestId('bench-pool-problem');
  await expect(problem).toHaveText(
    'A window of 9 cells does not fit in the map’s height of 8. Choose a smaller window, or a larger image.'.replace(
      '’',
      "'",
    ),
  );
  await expect(page.getByTestId('bench-pool-left-kind')).toBeVisible();
  await page.getByTestId('bench-pool-size').fill('2');
  await expect(problem).toBeHidden();
  await expect(page.getByTestId('bench-pool-left-size')).toHaveText('4×3');
});

test('in Hebrew the left map stays on the left, and the story is told from right to left', async () => {
  const { page } = lab;
  await page.getByRole('button', { name: 'עברית', exact: true }).click();
  try {
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    const [left, right] = [
      await page.getByTestId('bench-pool-left').boundingBox(),
      await page.getByTestId('bench-pool-right').boundingBox(),
    ];
    expect(left?.x).toBeLessThan(right?.x ?? 0);
    await expect(page.getByRole('heading', { name: 'איגום', exact: true })).toBeVisible();
    await expectShown(page, 'left', map, pooled(map, usual, kinds.max));
    await page.getByTestId('bench-story-first').click();
    const story = page.getByTestId('bench-story');
    await expect(story.getByRole('heading')).toHaveText('למה מקסימום מבליט קצוות');
    // Forth is to the left here.
    await page.keyboard.press('ArrowLeft');
    await expect(story.getByTestId('bench-story-value-mapMax')).toHaveText(largest(map.values).toFixed(3));
  } finally {
    await page.getByRole('button', { name: 'English', exact: true }).click();
  }
});
