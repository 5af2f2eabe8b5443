import { expect, test } from '@playwright/test';
import { type LaunchedLab, launchLab, ready, workerPids } from './launch.ts';
import { expectPhase, expectSteps, transport } from './run.ts';

/** A killed worker is on the screen, with its cause, within this time. */
const promisedMillis = 2000;

// Each test goes on from how the one before it left the worker.
test.describe.configure({ mode: 'serial' });

let lab: LaunchedLab;
test.beforeAll(async () => {
  lab = await launchLab();
});
test.afterAll(async () => {
  await lab.close();
});

/** Ends the worker's process as nobody expects it to. */
async function kill(signal: NodeJS.Signals): Promise<void> {
  const [pid] = await workerPids(lab.app);
  if (pid === undefined) throw new Error('There is no worker to kill');
  process.kill(pid, signal);
}

test('a worker killed while it trains is named as the cause within two seconds, and the app lives on', async () => {
  const { page } = lab;
  const failure = page.getByTestId('failure');
  await transport(page, 'Train').click();
  await expectSteps(page, 20);

  const killed = performance.now();
  await kill('SIGKILL');
  await failure.waitFor({ timeout: 10_000 });
  const millis = performance.now() - killed;
  test.info().annotations.push({ type: 'milliseconds from kill to message', description: millis.toFixed(0) });
  expect(millis).toBeLessThan(promisedMillis);

  await expect(failure).toHaveAttribute('role', 'alert');
  await expect(failure).toHaveAttribute('data-code', 'died');
  await expect(failure).toContainText('The training process was killed (SIGKILL)');
  await expect(failure).toContainText(/The run stood at step [\d,]+\./);
  await expect(failure.getByRole('button', { name: 'Restart' })).toBeFocused();
  await expect(page.getByTestId('device-badge')).toHaveText('Nothing computes now');
  await expectPhase(page, 'empty');
  await expect(transport(page, 'Train')).toBeDisabled();

  // The rest of the lab answers as before: the strip computes, the language changes, the message with it.
  await page.getByTestId('edge-strip').getByText('Laplacian', { exact: true }).click();
  await expect(page.getByRole('radio', { name: 'Laplacian' })).toBeChecked();
  await page.getByRole('button', { name: 'עברית' }).click();
  await expect(failure).toContainText('(SIGKILL)');
  await expect(failure).not.toContainText('The training process');
  await page.getByRole('button', { name: 'English' }).click();
});

test('Restart brings a fresh worker with the same settings, and it trains', async () => {
  const { page } = lab;
  const restart = page.getByTestId('failure').getByRole('button', { name: 'Restart' });
  await restart.focus();
  await page.keyboard.press('Enter');
  await ready(page);
  await expect(page.getByTestId('failure')).toBeHidden();
  await expectPhase(page, 'ready');
  await expect(page.getByTestId('step')).toHaveText('0');
  await expect(page.getByTestId('epoch')).toHaveText('0 / 12');
  await expect(page.getByTestId('device-badge')).toContainText('TensorFlow');
  await expect(page.getByTestId('guess')).toHaveText(/\d/);
  await transport(page, 'Train').click();
  await expectSteps(page, 20);
  await expectPhase(page, 'training');
});

test('a native crash while it trains is told apart from a kill, and Restart helps again', async () => {
  const { page } = lab;
  await kill('SIGSEGV');
  const failure = page.getByTestId('failure');
  await expect(failure).toContainText('The training process crashed (SIGSEGV)');
  await failure.getByRole('button', { name: 'Restart' }).click();
  await ready(page);
  await transport(page, 'Train').click();
  await expectSteps(page, 20);
});
