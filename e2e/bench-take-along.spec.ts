import { expect, test, type Page } from '@playwright/test';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { type LaunchedLab, launchLab } from './launch.ts';

const photographFile = join(resolve(import.meta.dirname, '..'), 'resources/photographs/nagasaki-boats.png');

let folder: string;
let lab: LaunchedLab;
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'convolens-take-along-'));
  lab = await launchLab({ screen: 'bench', size: { width: 1280, height: 800 } });
});
test.afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

// ---- what the bench begins with, computed here ----

/** Rows of numbers. */
type Grid = number[][];

/** The photograph's greys, 0 to 1. */
function photograph(): Grid {
  const { width, height, data } = PNG.sync.read(readFileSync(photographFile));
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => data[(y * width + x) * 4]! / 255),
  );
}

/** |Sobel x|, where it fits. */
function sobel(image: Grid): Grid {
  const across = (y: number, x: number): number => image[y]![x + 2]! - image[y]![x]!;
  return image
    .slice(2)
    .map((row, y) => row.slice(2).map((_, x) => Math.abs(across(y, x) + 2 * across(y + 1, x) + across(y + 2, x))));
}

/** One number a window of 3×3, side by side. */
function pooled(map: Grid, of: (window: number[]) => number): Grid {
  const rows = Math.floor(map.length / 3);
  const columns = Math.floor(map[0]!.length / 3);
  return Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (__, x) =>
      of(map.slice(3 * y, 3 * y + 3).flatMap((row) => row.slice(3 * x, 3 * x + 3))),
    ),
  );
}

const image = photograph();
const map = sobel(image);
const max = pooled(map, (window) => Math.max(...window));
const average = pooled(map, (window) => window.reduce((sum, value) => sum + value, 0) / 9);
const largest = (grid: Grid): number => Math.max(...grid.flat());

// ---- the hands of whoever uses it ----

/** From now on the system's dialog answers so, and says in main what it was asked. */
async function answerDialogs({ app }: LaunchedLab, answer: { canceled: boolean; filePath: string }): Promise<void> {
  await app.evaluate(({ dialog }, given) => {
    dialog.showSaveDialog = (...asked: unknown[]) => {
      Object.assign(globalThis, { lastAsked: asked.at(-1) });
      return Promise.resolve(given);
    };
  }, answer);
}

async function lastAsked({ app }: LaunchedLab): Promise<{ defaultPath: string; filters: { extensions: string[] }[] }> {
  return await app.evaluate(() => (globalThis as unknown as { lastAsked: never }).lastAsked);
}

async function choose(page: Page, item: string): Promise<void> {
  await page.getByTestId('take-along').click();
  await page.getByTestId(`take-${item}`).click();
}

/** Saves by the menu's item into a file of this name, and gives what is in it. */
async function savedBy(one: LaunchedLab, item: string, name: string): Promise<Buffer> {
  const filePath = join(folder, name);
  await answerDialogs(one, { canceled: false, filePath });
  await choose(one.page, item);
  await expect(one.page.getByTestId('take-note')).toContainText(name);
  return readFileSync(filePath);
}

async function numberAt(page: Page, testid: string): Promise<number> {
  return Number(await page.getByTestId(testid).getAttribute('data-value'));
}

/** What the bench says of both poolings. */
async function shown(page: Page): Promise<Record<string, number>> {
  const names = ['left-max', 'left-mean', 'right-max', 'right-mean'];
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await numberAt(page, `bench-pool-${name}`)] as const)),
  );
}

/** Numbers of another experiment than the one that the bench begins with. */
async function changeBench(page: Page): Promise<void> {
  await page.getByTestId('bench-pool-left-kind').selectOption('l2');
  await page.getByTestId('bench-pool-right-kind').selectOption('max');
  await expect.poll(() => numberAt(page, 'bench-pool-right-max')).toBeCloseTo(largest(max), 5);
}

async function backToTheBeginning(page: Page): Promise<void> {
  await page.getByTestId('bench-pool-left-kind').selectOption('max');
  await page.getByTestId('bench-pool-right-kind').selectOption('average');
  await expectTheBeginning(page);
}

async function expectTheBeginning(page: Page): Promise<void> {
  await expect.poll(() => numberAt(page, 'bench-pool-left-max')).toBeCloseTo(largest(max), 5);
  await expect.poll(() => numberAt(page, 'bench-pool-right-max')).toBeCloseTo(largest(average), 5);
}

// ---- the menu ----

test('the menu opens, moves and closes by keyboard', async () => {
  const { page } = lab;
  await expectTheBeginning(page);
  const button = page.getByTestId('take-along');
  const focused = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);
  await button.focus();
  await page.keyboard.press('ArrowDown');
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('menu', { name: 'Take along' })).toBeVisible();
  expect(await focused()).toBe('take-png');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('take-svg');
  await page.keyboard.press('End');
  expect(await focused()).toBe('take-paste-text');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('take-png');
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toBe('take-paste-text');
  await page.keyboard.press('Home');
  await page.keyboard.press('p');
  expect(await focused()).toBe('take-print');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  expect(await focused()).toBe('take-along');
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('take-png');
  for (const letter of 'sss') await page.keyboard.press(letter);
  expect(await focused()).toBe('take-save');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('menu')).toBeHidden();
});

// ---- figures ----

test('the PNG figure is drawn at twice its size and is not empty', async () => {
  const { width, height, data } = PNG.sync.read(await savedBy(lab, 'png', 'figure.png'));
  expect(width).toBe(1440);
  expect(height).toBeGreaterThan(1000);
  expect([...data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
  const colours = new Set<number>();
  for (let i = 0; i < data.length; i += 4) colours.add(data.readUIntBE(i, 3));
  expect(colours.size).toBeGreaterThan(500);
  const { defaultPath, filters } = await lastAsked(lab);
  expect(defaultPath).toMatch(/Sobel x - max pooling and average pooling\.png$/);
  expect(filters[0]?.extensions).toEqual(['png']);
});

test('the SVG figure holds the kernel’s numbers and the maps’ colours', async () => {
  const svg = (await savedBy(lab, 'svg', 'figure.svg')).toString('utf8');
  const {
    texts,
    errors,
    shown: isShown,
  } = await lab.page.evaluate(async (source) => {
    const document = new DOMParser().parseFromString(source, 'image/svg+xml');
    const picture = new Image();
    picture.src = URL.createObjectURL(new Blob([source], { type: 'image/svg+xml' }));
    const decoded = await picture.decode().then(
      () => picture.naturalWidth,
      () => 0,
    );
    return {
      texts: [...document.querySelectorAll('text')].map(({ textContent }) => textContent),
      errors: document.querySelectorAll('parsererror').length,
      shown: decoded,
    };
  }, svg);
  expect(errors).toBe(0);
  expect(isShown).toBe(720);
  expect(texts.filter((text) => /^−?\d$/.test(text)).slice(0, 9)).toEqual([
    '−1',
    '0',
    '1',
    '−2',
    '0',
    '2',
    '−1',
    '0',
    '1',
  ]);
  expect(texts.join(' ')).toContain('Cross-correlation with Sobel x (b): stride 1');

  // Image, map, its bar of colours, then both poolings and the difference with theirs.
  const rasters = [...svg.matchAll(/href="data:image\/png;base64,([^"]+)"/g)].map(([, data]) =>
    PNG.sync.read(Buffer.from(data ?? '', 'base64')),
  );
  expect(rasters.length).toBe(9);
  const bar = rasters[2]!;
  const places = new Map<number, number>();
  for (let x = 0; x < bar.width; x++) places.set(bar.data.readUIntBE(4 * x, 3), x / (bar.width - 1));
  const top = Number(texts.find((text) => text.startsWith('≥'))?.replace('≥ ', ''));
  expect(top).toBeGreaterThan(1);
  const picture = rasters[1]!;
  const times = picture.width / map[0]!.length;
  expect([picture.width, picture.height]).toEqual([190 * 3, 126 * 3]);
  // The bar's top is written with three figures, and neighbouring steps may look alike.
  const wrong = map.flatMap((row, y) =>
    row.flatMap((value, x) => {
      const place = places.get(picture.data.readUIntBE(4 * (y * times * picture.width + x * times), 3));
      return place !== undefined && Math.abs(place * top - Math.min(value, top)) < 0.03 ? [] : [{ y, x, value, place }];
    }),
  );
  expect(wrong).toEqual([]);
});

test('the figure is copied as a picture', async () => {
  const { page, app } = lab;
  await app.evaluate(({ clipboard }) => clipboard.clear());
  await page.bringToFront();
  await choose(page, 'copy-figure');
  await expect(page.getByTestId('take-note')).toHaveText(/clipboard/);
  const { width, height } = await app.evaluate(({ clipboard }) => clipboard.readImage().getSize());
  expect([width, height > 1000]).toEqual([1440, true]);
});

test('the words of the Hebrew figure are read from the right', async () => {
  const { page } = lab;
  await page.getByRole('button', { name: 'עברית' }).click();
  const svg = (await savedBy(lab, 'svg', 'תרשים.svg')).toString('utf8');
  const { defaultPath } = await lastAsked(lab);
  expect(defaultPath).toMatch(/Sobel x - איגום מקסימום ואיגום ממוצע\.svg$/);
  const texts = await page.evaluate(
    (source) =>
      [...new DOMParser().parseFromString(source, 'image/svg+xml').querySelectorAll('text')].map((text) => ({
        words: text.textContent,
        direction: text.getAttribute('direction'),
        x: Number(text.getAttribute('x')),
      })),
    svg,
  );
  const input = texts.find(({ words }) => words === '(א) קלט');
  expect(input).toMatchObject({ direction: 'rtl', x: 16 + 216 });
  expect(texts.find(({ words }) => words === '190×126')).toMatchObject({ direction: 'ltr' });
  await page.getByRole('button', { name: 'English' }).click();
});

// ---- arrays ----

/** A NumPy file's shape and numbers, read by its specification. */
function readNpy(file: Buffer): { shape: number[]; values: number[] } {
  expect(file.subarray(0, 8)).toEqual(Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0]));
  const length = file.readUInt16LE(8);
  const head = file.subarray(10, 10 + length).toString('latin1');
  expect(head).toContain("'descr': '<f4'");
  expect(head).toContain("'fortran_order': False");
  const shape = (/'shape': \(([^)]*)\)/.exec(head)?.[1] ?? '').split(',').map(Number);
  const body = file.subarray(10 + length);
  return { shape, values: Array.from({ length: body.length / 4 }, (_, i) => body.readFloatLE(i * 4)) };
}

const difference = max.map((row, y) => row.map((value, x) => value - average[y]![x]!));
for (const [id, grid] of [
  ['input', image],
  [
    'kernel',
    [
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ],
  ],
  ['map', map],
  ['pooled-left-max', max],
  ['pooled-right-average', average],
  ['difference', difference],
] as const) {
  test(`${id}.npy holds what is computed here, in its shape`, async () => {
    const filePath = join(folder, `${id}.npy`);
    await answerDialogs(lab, { canceled: false, filePath });
    await choose(lab.page, 'array');
    await lab.page.getByTestId(`take-array-${id}`).check();
    await lab.page.getByRole('button', { name: 'Save…' }).click();
    await expect(lab.page.getByTestId('take-note')).toContainText(`${id}.npy`);
    expect((await lastAsked(lab)).defaultPath).toMatch(new RegExp(`/${id}\\.npy$`));
    const { shape, values } = readNpy(readFileSync(filePath));
    expect(shape).toEqual([grid.length, grid[0].length]);
    const flat = grid.flat();
    expect(values.length).toBe(flat.length);
    const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - flat[i]!)), 0);
    expect(worst).toBeLessThan(1e-5);
  });
}

// ---- the bench itself ----

test('a saved bench stands there again after changes, as one step of undo, and after a restart', async () => {
  const { page } = lab;
  await changeBench(page);
  const numbers = await shown(page);
  const saved = await savedBy(lab, 'save', 'lesson.convolens-bench.json');
  expect(saved.length).toBeLessThan(3000);
  await backToTheBeginning(page);
  expect(await shown(page)).not.toEqual(numbers);

  await page.getByTestId('take-open-file').setInputFiles(join(folder, 'lesson.convolens-bench.json'));
  await expect(page.getByTestId('take-note')).toContainText('lesson.convolens-bench.json');
  await expect.poll(() => shown(page)).toEqual(numbers);
  await page.keyboard.press('Control+z');
  await expectTheBeginning(page);

  const later = await launchLab({ screen: 'bench' });
  try {
    await expectTheBeginning(later.page);
    await later.page.getByTestId('take-open-file').setInputFiles(join(folder, 'lesson.convolens-bench.json'));
    await expect.poll(() => shown(later.page)).toEqual(numbers);
  } finally {
    await later.close();
  }
});

test('a bench is copied as text, and opens from it', async () => {
  const { page, app } = lab;
  await changeBench(page);
  const numbers = await shown(page);
  await page.bringToFront();
  await choose(page, 'copy-text');
  await expect(page.getByTestId('take-note')).toContainText('clipboard');
  const text = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(text).toMatch(/^convolens-bench:1:[\w-]+$/);
  expect(text.length).toBeLessThan(1200);

  await backToTheBeginning(page);
  await choose(page, 'paste-text');
  await page.getByTestId('take-text-field').fill(text.replace(/.{72}/g, '$&\n'));
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByTestId('take-text')).toBeHidden();
  await expect.poll(() => shown(page)).toEqual(numbers);

  // And without a dialog, pasted right onto the bench.
  await backToTheBeginning(page);
  await page.getByTestId('take-along').focus();
  await page.keyboard.press('Control+v');
  await expect.poll(() => shown(page)).toEqual(numbers);
  await backToTheBeginning(page);
});

test('a saved bench that is dropped on the window opens', async () => {
  const { page } = lab;
  const saved = readFileSync(join(folder, 'lesson.convolens-bench.json'), 'utf8');
  await page.evaluate((text) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([text], 'dropped.convolens-bench.json', { type: 'application/json' }));
    const options = { dataTransfer: dropped, bubbles: true, cancelable: true };
    document.querySelector('[data-testid="bench"]')?.dispatchEvent(new DragEvent('drop', options));
  }, saved);
  await expect(page.getByTestId('take-note')).toContainText('dropped.convolens-bench.json');
  await expect.poll(() => numberAt(page, 'bench-pool-right-max')).toBeCloseTo(largest(max), 5);
  await backToTheBeginning(page);
});

test('a file that is no bench is refused with its reason, and nothing is lost', async () => {
  const { page } = lab;
  const good = readFileSync(join(folder, 'lesson.convolens-bench.json'), 'utf8');
  const bomb = deflateSync(Buffer.alloc(64 * 2 ** 20)).toString('base64url');
  const hostile: readonly [name: string, contents: string | Buffer, reason: string][] = [
    ['empty.json', '', 'There is nothing in it.'],
    ['truncated.json', good.slice(0, good.length / 2), 'It is damaged, or was cut off.'],
    ['other.json', '{"format":"something else"}', 'It is no saved bench.'],
    ['picture.json', readFileSync(photographFile), 'It is no saved bench.'],
    ['newer.json', good.replace('"version":1', '"version":2'), 'A newer version of Convolens saved it'],
    ['huge-number.json', good.replace('"stride":1', '"stride":1e999'), 'experiment.operation.stride'],
    ['negative.json', good.replace('"side":256', '"side":-1'), 'experiment.side'],
    ['no-weights.json', good.replace(/"weights":\[[^\]]*\]/, '"weights":[]'), 'experiment.kernels.0'],
    ['deep.json', '['.repeat(1_000_000), 'It is no saved bench.'],
    ['prototype.json', '{"__proto__":{"format":"convolens-bench","version":1}}', 'It is no saved bench.'],
    ['text.json', 'convolens-bench:1:AAAA', 'It is damaged, or was cut off.'],
    ['bomb.json', `convolens-bench:1:${bomb}`, 'It is larger than any bench can be.'],
  ];
  const before = await shown(page);
  for (const [name, contents, reason] of hostile) {
    const file = join(folder, name);
    writeFileSync(file, contents);
    await page.getByTestId('take-open-file').setInputFiles(file);
    const note = page.getByTestId('take-note');
    await expect(note).toContainText(name);
    await expect(note, name).toContainText(reason);
    await expect(note).toContainText('The bench stays as it was.');
  }
  const large = join(folder, 'large.json');
  writeFileSync(large, good);
  truncateSync(large, 100 * 2 ** 20);
  await page.getByTestId('take-open-file').setInputFiles(large);
  await expect(page.getByTestId('take-note')).toContainText('It is larger than any bench can be.');
  expect(await shown(page)).toEqual(before);
  expect(await page.evaluate(() => 'format' in {})).toBe(false);

  // What is not known in it does not come in, and harms nobody.
  const polluting = join(folder, 'polluting.json');
  writeFileSync(polluting, good.replace('{', '{"__proto__":{"polluted":true},'));
  await page.getByTestId('take-open-file').setInputFiles(polluting);
  await expect(page.getByTestId('take-note')).toContainText('is open');
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
  await backToTheBeginning(page);
});

test('a text that is no bench is refused where it was typed', async () => {
  const { page } = lab;
  await choose(page, 'paste-text');
  const dialog = page.getByTestId('take-text');
  await dialog.getByTestId('take-text-field').fill('convolens-bench:1:nothing');
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('It is damaged, or was cut off.');
  await expect(dialog.getByTestId('take-text-field')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('take-note')).toBeHidden();
  await expectTheBeginning(page);
});

// ---- files that cannot be written ----

test('what cannot be saved is said with its reason, and leaves nothing behind', async () => {
  const { page } = lab;
  mkdirSync(join(folder, 'taken.png'));
  for (const [filePath, reason] of [
    [join(folder, 'gone', 'figure.png'), 'That folder is not there any more.'],
    [join(folder, 'taken.png'), 'Something that is not a file has this name.'],
    [join(folder, `${'x'.repeat(300)}.png`), 'The name is too long for this disk.'],
  ] as const) {
    await answerDialogs(lab, { canceled: false, filePath });
    await choose(page, 'png');
    const note = page.getByTestId('take-note');
    await expect(note).toContainText(reason);
    await expect(page.getByRole('alert').filter({ has: note })).toBeVisible();
  }
  expect(readdirSync(folder).filter((name) => name.startsWith('.convolens'))).toEqual([]);
  expect(existsSync(join(folder, 'gone'))).toBe(false);
});

test('nothing is said when someone thinks better of it, and the next dialog opens in the last folder', async () => {
  const { page } = lab;
  const chosen = join(folder, 'chosen');
  mkdirSync(chosen);
  await answerDialogs(lab, { canceled: false, filePath: join(chosen, 'figure.png') });
  await choose(page, 'png');
  await expect(page.getByTestId('take-note')).toContainText('Saved');
  await answerDialogs(lab, { canceled: true, filePath: '' });
  await choose(page, 'svg');
  await expect.poll(async () => (await lastAsked(lab)).defaultPath).toMatch(/\.svg$/);
  await expect(page.getByTestId('take-note')).toBeHidden();
  expect((await lastAsked(lab)).defaultPath.startsWith(`${chosen}/`)).toBe(true);
  expect(readdirSync(chosen)).toEqual(['figure.png']);
});

// ---- print ----

test('the bench prints on one page without its controls', async () => {
  const { page, app } = lab;
  const pdf = Buffer.from(
    await app.evaluate(async ({ BrowserWindow }) =>
      (await BrowserWindow.getAllWindows()[0]!.webContents.printToPDF({ pageSize: 'A4' })).toString('base64'),
    ),
    'base64',
  );
  const source = pdf.toString('latin1');
  expect(source.match(/\/Type\s*\/Page\b/g)?.length).toBe(1);
  // The photograph, four maps and four bars of colour are in it.
  expect(source.match(/\/Subtype\s*\/Image\b/g)?.length).toBeGreaterThanOrEqual(9);
  expect(pdf.length).toBeGreaterThan(30_000);

  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByTestId('take-along')).toBeHidden();
  const sheet = page.getByTestId('print-sheet');
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText('Sobel x: max pooling and average pooling');
  await expect(sheet.locator('canvas')).toHaveCount(9);
  await page.emulateMedia({ media: null });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(sheet).toBeHidden();
  await expect(page.getByTestId('take-along')).toBeVisible();

  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '');
  });
  await choose(page, 'print');
  await expect(page.locator('html[data-printed]')).toBeAttached();
});

test('all of this breaks no content policy and writes no error', () => {
  const expected = /could not be saved|Nothing could be copied/;
  expect(lab.complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
});
