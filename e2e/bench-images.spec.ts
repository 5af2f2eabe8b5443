import { expect, type Page, test } from '@playwright/test';
import { PNG } from 'pngjs';
import { deflateSync } from 'node:zlib';
import { launchLab, type LaunchedLab } from './launch.ts';
import { smallImages } from './small-images.ts';

let lab: LaunchedLab;
test.beforeAll(async () => {
  lab = await launchLab({ screen: 'bench' });
  await lab.page.getByTestId('bench-sample-coffee').click();
  await inColour(lab.page, 'RGB');
});
test.afterAll(async () => {
  expect(lab.complaints).toEqual([]);
  await lab.close();
});
test.beforeEach(async () => {
  const { page } = lab;
  await page.getByTestId('bench-sample-boats').click();
  await shows(page, 'Boats', '128×192×1');
});

// ---- what is on the screen ----

/** Waits for the image of this name at work; `size` is height×width×planes. */
async function shows(page: Page, name: string, size: string): Promise<void> {
  await expect(page.getByTestId('bench-image-name')).toHaveText(name);
  await expect(page.getByTestId('bench-image-size')).toHaveAttribute('data-value', size);
}

/** RGB of the picture at work, where (0, 0) is its top left and (1, 1) its bottom right. */
async function colourAt(page: Page, x: number, y: number): Promise<number[]> {
  return await page
    .getByTestId('bench-input-picture')
    .locator('canvas')
    .first()
    .evaluate(
      (canvas: HTMLCanvasElement, at) => {
        const [column, row] = [Math.floor(at.x * canvas.width), Math.floor(at.y * canvas.height)];
        return [...(canvas.getContext('2d')?.getImageData(column, row, 1, 1).data ?? [])].slice(0, 3);
      },
      { x, y },
    );
}

async function expectColour(page: Page, [x, y]: readonly [number, number], colour: readonly number[]): Promise<void> {
  await expect
    .poll(async () => Math.max(...(await colourAt(page, x, y)).map((value, i) => Math.abs(value - (colour[i] ?? 0)))))
    .toBeLessThanOrEqual(6);
}

const red = [255, 0, 0] as const;
const blue = [0, 0, 255] as const;

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByTestId('bench-file').setInputFiles({ name, mimeType: '', buffer });
}

async function inColour(page: Page, colour: 'Grey' | 'RGB'): Promise<void> {
  const choice = page.getByRole('group', { name: 'Colour', exact: true });
  await expect(choice.getByRole('radio', { name: colour })).toBeEnabled();
  await choice.getByText(colour).click();
}

// ---- files made here ----

function crc(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG of raw rows, each begun by its filter. */
function rawPng(width: number, height: number, [depth, colourType]: readonly [number, number], rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colourType], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function png(width: number, height: number, colourOf: (x: number, y: number) => readonly number[]): Buffer {
  const image = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) image.data.set([...colourOf(x, y), 255].slice(0, 4), 4 * (y * width + x));
  }
  return PNG.sync.write(image);
}

/** 20×10: left half red, right half blue. */
const redAndBlue = png(20, 10, (x) => (x < 10 ? red : blue));

/** 4×4, from the bottom up: the lower half red, the upper half blue. */
function bmp(): Buffer {
  const file = Buffer.alloc(54 + 4 * 12);
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(4, 18);
  file.writeInt32LE(4, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let pixel = 0; pixel < 16; pixel++) file.set(pixel < 8 ? [0, 0, 255] : [255, 0, 0], 54 + pixel * 3);
  return file;
}

/** Grey of sixteen bits, 256×1: column x is 257 · x, but its lower byte, which must not count, is turned over. */
function deepPng(): Buffer {
  const row = Buffer.alloc(1 + 256 * 2);
  for (let x = 0; x < 256; x++) row.writeUInt16BE((x << 8) | (255 - x), 1 + 2 * x);
  return rawPng(256, 1, [16, 0], row);
}

const small = (name: keyof typeof smallImages): Buffer => Buffer.from(smallImages[name], 'base64');

// ---- a right picture ----

test('a PNG that is opened is shown, in grey and in colour', async () => {
  const { page } = lab;
  await choose(page, 'red and blue.png', redAndBlue);
  await shows(page, 'red and blue.png', '10×20×3');
  await inColour(page, 'Grey');
  await shows(page, 'red and blue.png', '10×20×1');
  await expectColour(page, [0.25, 0.5], [76, 76, 76]);
  await expectColour(page, [0.75, 0.5], [29, 29, 29]);
  await inColour(page, 'RGB');
  await shows(page, 'red and blue.png', '10×20×3');
  await expectColour(page, [0.25, 0.5], red);
  await expectColour(page, [0.75, 0.5], blue);
});

test('every format and every kind of it gives a right picture', async () => {
  const { page } = lab;
  const cases: [string, Buffer, string, [number, number], readonly number[], [number, number], readonly number[]][] = [
    ['lossless.webp', small('webpLossless'), '8×16×3', [0.25, 0.5], red, [0.75, 0.5], blue],
    ['lossy.webp', small('webpLossy'), '8×16×3', [0.2, 0.5], red, [0.8, 0.5], blue],
    // The first picture only.
    ['animated.webp', small('webpAnimated'), '4×8×3', [0.25, 0.5], red, [0.75, 0.5], red],
    ['animated.gif', small('gifAnimated'), '4×8×3', [0.25, 0.5], red, [0.75, 0.5], red],
    ['progressive.jpg', small('jpegProgressive'), '8×16×3', [0.2, 0.5], red, [0.8, 0.5], blue],
    // As the camera held it.
    ['turned.jpg', small('jpegTurned'), '16×8×3', [0.5, 0.2], red, [0.5, 0.8], blue],
    // What the inks leave of white: Chromium computes it without a colour profile.
    ['inks.jpg', small('jpegCmyk'), '8×16×3', [0.2, 0.5], [0, 255, 255], [0.8, 0.5], red],
    ['old.bmp', bmp(), '4×4×3', [0.5, 0.2], blue, [0.5, 0.8], red],
    // Its name does not count.
    ['wrong name.jpg', redAndBlue, '10×20×3', [0.25, 0.5], red, [0.75, 0.5], blue],
  ];
  for (const [name, file, size, one, oneColour, other, otherColour] of cases) {
    await choose(page, name, file);
    await shows(page, name, size);
    await expectColour(page, one, oneColour);
    await expectColour(page, other, otherColour);
    await expect(page.getByTestId('bench-image-notice')).toBeHidden();
  }
});

test('sixteen bits are brought to eight, and transparent parts lie over white', async () => {
  const { page } = lab;
  await choose(page, 'deep.png', deepPng());
  await shows(page, 'deep.png', '1×256×1');
  for (const x of [0, 64, 128, 200, 255]) {
    const [value] = await colourAt(page, (x + 0.5) / 256, 0.5);
    expect(Math.abs((value ?? -1) - x)).toBeLessThanOrEqual(1);
  }
  const clear = png(2, 1, (x) => [0, 0, 0, x === 0 ? 0 : 128]);
  await choose(page, 'clear.png', clear);
  await shows(page, 'clear.png', '1×2×1');
  await expectColour(page, [0.25, 0.5], [255, 255, 255]);
  await expectColour(page, [0.75, 0.5], [127, 127, 127]);
});

test('a large picture is made smaller by area, and choosing another size loses nothing', async () => {
  const { page } = lab;
  // Columns of 0 and 200 in turn: by area, a grey of 100.
  await choose(
    page,
    'stripes.png',
    png(2048, 16, (x) => (x % 2 === 0 ? [0, 0, 0] : [200, 200, 200])),
  );
  await shows(page, 'stripes.png', '2×256×1');
  await expectColour(page, [0.5, 0.5], [100, 100, 100]);
  const steps = png(512, 512, (x) => (x < 256 ? [10, 10, 10] : [240, 240, 240]));
  await choose(page, 'steps.png', steps);
  await shows(page, 'steps.png', '256×256×1');
  await page.getByTestId('bench-image-side').selectOption('64');
  await shows(page, 'steps.png', '64×64×1');
  await page.getByTestId('bench-image-side').selectOption('512');
  await shows(page, 'steps.png', '512×512×1');
  await expectColour(page, [255.5 / 512, 0.5], [10, 10, 10]);
  await expectColour(page, [256.5 / 512, 0.5], [240, 240, 240]);
  await page.getByTestId('bench-image-side').selectOption('256');
});

test('each sample picture is shown', async () => {
  const { page } = lab;
  for (const [id, name, size] of [
    ['astronaut', 'Astronaut', '256×256×3'],
    ['coffee', 'Coffee', '171×256×3'],
    ['cat', 'Cat', '170×256×3'],
    ['bricks', 'Bricks', '256×256×1'],
    ['digits', 'Digits', '56×140×1'],
    ['boats', 'Boats', '128×192×1'],
  ] as const) {
    await page.getByTestId(`bench-sample-${id}`).click();
    await shows(page, name, size);
    await expect(page.getByTestId(`bench-sample-${id}`)).toHaveAttribute('aria-pressed', 'true');
  }
});

// ---- a clear message ----

const huge = rawPng(20_000, 20_000, [8, 0], Buffer.alloc(10));
const photograph = png(300, 200, (x, y) => [(x * 7) % 256, (y * 5) % 256, (x * y) % 256]);

const refused: [name: string, file: Buffer, code: string, says: string | RegExp][] = [
  ['empty.png', Buffer.alloc(0), 'empty-file', 'empty.png⁩ is empty'],
  ['notes.txt', Buffer.from('hello there'), 'not-an-image', 'is no picture'],
  ['page.png', Buffer.from('<!doctype html><title>x</title>'), 'not-an-image', 'is no picture'],
  ['drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'unsupported-type', 'SVG'],
  ['paper.pdf', Buffer.from('%PDF-1.7\n%âãÏÓ'), 'unsupported-type', 'PDF'],
  ['phone.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'unsupported-type', 'HEIC'],
  ['scan.tiff', Buffer.from('II*\0\x08\0\0\0', 'latin1'), 'unsupported-type', 'TIFF'],
  ['huge.png', huge, 'too-many-pixels', '20000×20000'],
  ['cut.png', photograph.subarray(0, photograph.length / 2), 'image-cut-short', 'ends before its picture does'],
  ['cut in its header.png', photograph.subarray(0, 20), 'image-cut-short', 'ends before its picture does'],
  ['cut.jpg', small('jpegProgressive').subarray(0, -30), 'image-cut-short', 'ends before its picture does'],
  ['cut.webp', small('webpLossy').subarray(0, -10), 'image-cut-short', 'ends before its picture does'],
  ['cut.gif', small('gifAnimated').subarray(0, 50), 'image-cut-short', 'ends before its picture does'],
  ['cut.bmp', bmp().subarray(0, -5), 'image-cut-short', 'ends before its picture does'],
  ['no pixels.png', rawPng(8, 8, [8, 0], Buffer.alloc(0)), 'image-damaged', 'could not be decoded'],
  ['noise.jpg', Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(500, 7)]), 'image-damaged', 'is damaged'],
];

for (const [name, file, code, says] of refused) {
  test(`${name} is refused with its reason, and nothing is lost`, async () => {
    const { page } = lab;
    await choose(page, name, redAndBlue);
    await shows(page, name, '10×20×3');
    await choose(page, name, file);
    const notice = page.getByTestId('bench-image-notice');
    await expect(notice).toHaveAttribute('data-code', code);
    await expect(notice).toContainText(says);
    await shows(page, name, '10×20×3');
    await expectColour(page, [0.25, 0.5], red);
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toBeHidden();
  });
}

test('a file of more than 64 MB is refused without being read', async () => {
  const { page } = lab;
  // Made in the page: so large a file would take long to hand over.
  await page.getByTestId('bench-file').evaluate((input: HTMLInputElement) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(2 ** 26 + 1)], 'large.png'));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await expect(page.getByTestId('bench-image-notice')).toHaveAttribute('data-code', 'file-too-large');
  await expect(page.getByTestId('bench-image-notice')).toContainText('larger than 64 MB');
});

// ---- ways in ----

test('a picture that is dropped anywhere on the bench is opened, and a stray drop goes nowhere', async () => {
  const { page } = lab;
  const address = page.url();
  const drop = async (file: number[] | null): Promise<boolean> =>
    await page.getByTestId('bench-stage').evaluate((target, bytes) => {
      const dataTransfer = new DataTransfer();
      if (bytes) dataTransfer.items.add(new File([Uint8Array.from(bytes)], 'dropped.png'));
      else dataTransfer.setData('text/uri-list', 'https://example.org/picture.png');
      const event = (type: string) => new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
      target.dispatchEvent(event('dragover'));
      const dropped = event('drop');
      target.dispatchEvent(dropped);
      return dropped.defaultPrevented;
    }, file);
  expect(await drop([...redAndBlue])).toBe(true);
  await shows(page, 'dropped.png', '10×20×3');
  expect(await drop(null)).toBe(true);
  await expect(page.getByTestId('bench-image-notice')).toHaveAttribute('data-code', 'nothing-dropped');
  await shows(page, 'dropped.png', '10×20×3');
  expect(page.url()).toBe(address);
});

test('a picture on the clipboard is pasted with Ctrl+V', async () => {
  const { page } = lab;
  await lab.app.evaluate(
    ({ clipboard, nativeImage }, base64) =>
      clipboard.writeImage(nativeImage.createFromBuffer(Buffer.from(base64, 'base64'))),
    redAndBlue.toString('base64'),
  );
  await page.getByTestId('bench-image-side').focus();
  await page.keyboard.press('Control+V');
  await shows(page, 'Pasted picture', '10×20×3');
  await expectColour(page, [0.75, 0.5], blue);
});

test('pictures are steps of undo', async () => {
  const { page } = lab;
  await choose(page, 'one.png', redAndBlue);
  await shows(page, 'one.png', '10×20×3');
  await page.getByTestId('bench-sample-cat').click();
  await shows(page, 'Cat', '170×256×3');
  await page.getByTestId('bench-undo').click();
  await shows(page, 'one.png', '10×20×3');
  await expectColour(page, [0.25, 0.5], red);
  await page.getByTestId('bench-undo').click();
  await shows(page, 'Boats', '128×192×1');
  await page.getByTestId('bench-redo').click();
  await shows(page, 'one.png', '10×20×3');
});

test('what is drawn is the image, stroke by stroke, with the mouse and by keyboard', async () => {
  const { page } = lab;
  await page.getByTestId('bench-draw').click();
  const pad = page.getByTestId('drawing-pad');
  const box = await pad.boundingBox();
  if (!box) throw new Error('The drawing pad is not on the screen');
  const stroke = async (from: number, to: number): Promise<void> => {
    await page.mouse.move(box.x + from * box.width, box.y + 0.25 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + to * box.width, box.y + 0.25 * box.height, { steps: 6 });
    await page.mouse.up();
  };
  await shows(page, 'Boats', '128×192×1');
  await stroke(0.1, 0.4);
  await shows(page, 'Drawing', '64×64×1');
  await expectColour(page, [0.25, 0.25], [255, 255, 255]);
  await expectColour(page, [0.75, 0.25], [0, 0, 0]);
  await stroke(0.6, 0.9);
  await expectColour(page, [0.75, 0.25], [255, 255, 255]);

  // The bench's undo takes back a stroke, on the pad too, where the next one goes on from there.
  await pad.press('Control+z');
  await expectColour(page, [0.75, 0.25], [0, 0, 0]);
  await expectColour(page, [0.25, 0.25], [255, 255, 255]);
  await page.getByTestId('bench-undo').click();
  await shows(page, 'Boats', '128×192×1');
  await expect(page.getByText('Draw something here')).toBeVisible();
  await page.getByTestId('bench-redo').click();
  await shows(page, 'Drawing', '64×64×1');
  await expect(page.getByText('Draw something here')).toBeHidden();

  await pad.focus();
  await page.keyboard.press('Space');
  await expectColour(page, [0.5, 0.5], [255, 255, 255]);
  await expectColour(page, [0.25, 0.25], [255, 255, 255]);
  await page.keyboard.press('Delete');
  await expectColour(page, [0.5, 0.5], [0, 0, 0]);
  await page.keyboard.press('Control+z');
  await expectColour(page, [0.5, 0.5], [255, 255, 255]);
});

test("the dataset's test images are looked through, by buttons and by number", async () => {
  const { page } = lab;
  await page.getByTestId('bench-dataset').click();
  const label = page.getByTestId('bench-dataset-label');
  await expect(label).toContainText('It is: 7');
  await shows(page, 'MNIST 0', '28×28×1');
  await page.getByTestId('bench-dataset-next').click();
  await expect(label).toContainText('It is: 2');
  await shows(page, 'MNIST 1', '28×28×1');
  await page.getByTestId('bench-dataset-previous').click();
  await page.getByTestId('bench-dataset-previous').click();
  await shows(page, 'MNIST 9999', '28×28×1');
  const index = page.getByTestId('bench-dataset-index');
  await index.fill('10000');
  await expect(index).toHaveAttribute('aria-invalid', 'true');
  await index.fill('3');
  await index.press('Enter');
  await expect(label).toHaveAttribute('data-value', '0');
  await shows(page, 'MNIST 3', '28×28×1');
  await index.press('ArrowUp');
  await shows(page, 'MNIST 4', '28×28×1');
  // The middle of test image 4 is in the arch of its 4; its rim is black.
  await expectColour(page, [0, 0], [0, 0, 0]);
  // All of it is one step of undo.
  await page.getByTestId('bench-undo').click();
  await shows(page, 'Boats', '128×192×1');
});
