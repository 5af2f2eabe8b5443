import { expect, test, type Page } from '@playwright/test';
import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import mnist from '../shared/dataset/mnist.json' with { type: 'json' };
import { launchLab } from './launch.ts';
import { expectPhase, expectSteps, transport } from './run.ts';

const published = join(resolve(import.meta.dirname, '..'), 'resources/datasets/mnist');
const { trainImages, testImages, testLabels } = mnist.files;

/** A folder of datasets of this test's own. */
let datasets: string;
test.beforeEach(() => {
  datasets = mkdtempSync(join(tmpdir(), 'convolens-datasets-'));
  mkdirSync(join(datasets, 'mnist'));
  for (const { name } of Object.values(mnist.files)) {
    copyFileSync(join(published, name), pathOf(name), constants.COPYFILE_FICLONE);
  }
});
test.afterEach(() => rmSync(datasets, { recursive: true, force: true }));

function pathOf(name: string): string {
  return join(datasets, 'mnist', name);
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Waits for the message about this fault, which names the file, and for the end of all waiting. */
async function expectFault(page: Page, code: string, file: string): Promise<void> {
  const failure = page.getByTestId('failure');
  await expect(failure).toHaveAttribute('data-code', code, { timeout: 30_000 });
  await expect(failure).toHaveAttribute('role', 'alert');
  await expect(failure).toContainText(file);
  await expectNoWaiting(page);
  await expect(transport(page, 'Train')).toBeDisabled();
}

async function expectNoWaiting(page: Page): Promise<void> {
  await expect(page.locator('.spinning')).toHaveCount(0);
  await expect(page.getByText('Preparing the lab')).toHaveCount(0);
}

/** Presses Repair, and trains on what it has put right. */
async function repairAndTrain(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Repair' }).click();
  await expectPhase(page, 'ready', 60_000);
  await expect(page.getByTestId('failure')).toBeHidden();
  await expectNoWaiting(page);
  for (const { name, sha256: expected } of Object.values(mnist.files))
    expect(sha256(pathOf(name)), name).toBe(expected);
  await transport(page, 'Train').click();
  await expectSteps(page, 1);
}

test('a missing file is named, and Repair brings it back and lets people train', async () => {
  rmSync(pathOf(testLabels.name));
  const { page, close } = await launchLab({ datasets, waitUntilReady: false });
  await expectFault(page, 'dataset-missing', testLabels.name);
  await expect(page.getByRole('heading', { name: 'The digits are missing' })).toBeVisible();
  await repairAndTrain(page);
  await close();
});

test('a file that ends too early is named, and Repair replaces it', async () => {
  truncateSync(pathOf(trainImages.name), 1_000_000);
  const { page, close } = await launchLab({ datasets, waitUntilReady: false });
  await expectFault(page, 'dataset-corrupt', trainImages.name);
  await expect(page.getByRole('heading', { name: 'The digits are damaged' })).toBeVisible();
  await repairAndTrain(page);
  await close();
});

test('a single wrong byte in a file of the right size is found, and Repair replaces the file', async () => {
  const bytes = readFileSync(pathOf(testImages.name));
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(pathOf(testImages.name), bytes);
  const { page, close } = await launchLab({ datasets, waitUntilReady: false });
  await expectFault(page, 'dataset-corrupt', testImages.name);
  await repairAndTrain(page);
  await close();
});

test('without any dataset the lab says so, and a repair that cannot be done says why and can be tried again', async () => {
  // A file stands where the folder should: no repair can make the folder.
  rmSync(join(datasets, 'mnist'), { recursive: true });
  writeFileSync(join(datasets, 'mnist'), '');
  const { page, close } = await launchLab({ datasets, waitUntilReady: false });
  await expectFault(page, 'dataset-missing', 'mnist');
  await page.getByRole('button', { name: 'Repair' }).click();
  await expect(page.getByTestId('failure')).toContainText('EEXIST', { timeout: 30_000 });
  await expectNoWaiting(page);

  rmSync(join(datasets, 'mnist'));
  await repairAndTrain(page);
  await close();
});
