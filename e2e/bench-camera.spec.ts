import { expect, type Page, test } from '@playwright/test';
import { launchLab, type LaunchedLab } from './launch.ts';
import { animationFrames } from './run.ts';

/** Chromium's own camera: a pattern that moves. Its own yes, too, would be given without main's. */
const fakeCamera = ['--use-fake-device-for-media-stream'];

/** What a page gets that asks for the camera. */
async function askForCamera(page: Page, media: MediaStreamConstraints = { video: true }): Promise<string> {
  return await page.evaluate(async (constraints) => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia(constraints);
      for (const track of stream.getTracks()) track.stop();
      return 'granted';
    } catch (error) {
      return (error as Error).name;
    }
  }, media);
}

/** Numbers of the first row of the picture at work, to see it move. */
async function firstPixels(page: Page): Promise<string> {
  return await page
    .getByTestId('bench-input-picture')
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      return [...data].filter((_, i) => i % 199 === 0).join();
    });
}

test.describe('with a camera', () => {
  let lab: LaunchedLab;
  test.beforeAll(async () => {
    lab = await launchLab({ screen: 'bench', switches: fakeCamera });
    await expect(lab.page.getByTestId('bench-image-size')).toHaveAttribute('data-value', '128×192×1');
  });
  test.afterAll(async () => {
    await lab.close();
  });
  test.afterEach(async () => {
    const off = lab.page.getByRole('button', { name: 'Switch off' });
    if (await off.isVisible()) await off.click();
  });

  test('without switching it on, the page gets no camera, whatever it asks', async () => {
    const { page } = lab;
    expect(await askForCamera(page)).toBe('NotAllowedError');
    expect(await page.evaluate(async () => (await navigator.permissions.query({ name: 'camera' })).state)).toBe(
      'denied',
    );
  });

  test('switched on, its picture is at work and moves, and editing goes on', async () => {
    const { page } = lab;
    await page.getByTestId('bench-camera').click();
    await expect(page.getByTestId('bench-camera-panel')).toContainText('The camera is on');
    await expect(page.getByTestId('bench-image-size')).toHaveAttribute('data-value', '192×256×1');
    const before = await firstPixels(page);
    await expect.poll(() => firstPixels(page)).not.toBe(before);
    // A live picture is no step of undo.
    await expect(page.getByTestId('bench-undo')).toBeDisabled();
    await page.getByTestId('bench-image-side').selectOption('64');
    await expect(page.getByTestId('bench-image-size')).toHaveAttribute('data-value', '48×64×1');
    await page.getByTestId('bench-undo').click();
    await expect(page.getByTestId('bench-image-size')).toHaveAttribute('data-value', '192×256×1');
    // Pictures only: not with it on, either.
    expect(await askForCamera(page, { audio: true })).toBe('NotAllowedError');
    expect(await askForCamera(page, { video: true, audio: true })).toBe('NotAllowedError');

    await page.getByRole('button', { name: 'Switch off' }).click();
    await expect(page.getByTestId('bench-image-name')).toHaveText('Boats');
    await expect(page.getByTestId('bench-image-size')).toHaveAttribute('data-value', '128×192×1');
    expect(await askForCamera(page)).toBe('NotAllowedError');
  });

  test('a picture that is kept stays, as one step of undo, with the camera off', async () => {
    const { page } = lab;
    await page.getByTestId('bench-camera').click();
    await expect(page.getByTestId('bench-image-size')).toHaveAttribute('data-value', '192×256×1');
    await page.getByRole('button', { name: 'Keep this picture' }).click();
    await expect(page.getByTestId('bench-image-name')).toHaveText('Camera picture');
    await expect(page.getByTestId('bench-camera-panel')).toBeHidden();
    const kept = await firstPixels(page);
    // The fake camera would draw another picture within these.
    await animationFrames(page, 30);
    expect(await firstPixels(page)).toBe(kept);
    expect(await askForCamera(page)).toBe('NotAllowedError');
    await page.getByTestId('bench-undo').click();
    await expect(page.getByTestId('bench-image-name')).toHaveText('Boats');
  });

  test('it goes off when another picture, another screen or no window is looked at', async () => {
    const { page } = lab;
    const camera = page.getByTestId('bench-camera');
    const switchOn = async (): Promise<void> => {
      await camera.click();
      await expect(page.getByTestId('bench-camera-panel')).toContainText('The camera is on');
    };
    await switchOn();
    await page.getByTestId('bench-sample-cat').click();
    await expect(page.getByTestId('bench-camera-panel')).toBeHidden();
    await expect(page.getByTestId('bench-image-name')).toHaveText('Cat');
    expect(await askForCamera(page)).toBe('NotAllowedError');

    await switchOn();
    await page.keyboard.press('Control+1');
    await expect(page.getByTestId('bench')).toBeHidden();
    expect(await askForCamera(page)).toBe('NotAllowedError');
    await page.keyboard.press('Control+2');
    await expect(page.getByTestId('bench-image-name')).toHaveText('Cat');

    await switchOn();
    // As Chromium says it of a window that is covered or minimised; the test driver keeps it from saying so itself.
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      Reflect.deleteProperty(document, 'hidden');
    });
    await expect(page.getByTestId('bench-camera-panel')).toBeHidden();
    expect(await askForCamera(page)).toBe('NotAllowedError');
  });

  test('a page that is loaded anew has it off', async () => {
    const { page } = lab;
    await page.evaluate(() => window.convolens.allowCamera(true));
    expect(await askForCamera(page)).toBe('granted');
    await page.reload();
    expect(await askForCamera(page)).toBe('NotAllowedError');
  });
});

test('where there is no camera, the bench says so, and what to do', async () => {
  const lab = await launchLab({ screen: 'bench' });
  const { page } = lab;
  await page.getByTestId('bench-camera').click();
  const notice = page.getByTestId('bench-image-notice');
  await expect(notice).toHaveAttribute('data-code', 'camera-missing');
  await expect(notice).toContainText('There is no camera. Connect one');
  await expect(page.getByTestId('bench-camera-panel')).toBeHidden();
  await expect(page.getByTestId('bench-image-name')).toHaveText('Boats');
  await lab.close();
});
