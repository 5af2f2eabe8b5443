import { expect, type Locator, type Page } from '@playwright/test';
import type { RunPhase } from '../shared/contract.ts';

/** A button of the run: Train, Pause, Step or Stop. */
export function transport(page: Page, name: 'Train' | 'Pause' | 'Step' | 'Stop'): Locator {
  return page.getByRole('group', { name: 'Run' }).getByRole('button', { name, exact: true });
}

/** Waits until the run is where it is expected to be. */
export async function expectPhase(page: Page, phase: RunPhase, timeoutMillis = 10_000): Promise<void> {
  await expect(page.getByTestId('phase')).toHaveAttribute('data-phase', phase, { timeout: timeoutMillis });
}

/** The number an element shows, in English: `1,407` is 1407, `98.40 %` is 98.4, a dash is NaN. */
export async function shownNumber(page: Page, testId: string): Promise<number> {
  const text = (await page.getByTestId(testId).textContent()) ?? '';
  return parseFloat(text.replaceAll(',', ''));
}

/** Waits until so many steps have been done. */
export async function expectSteps(page: Page, atLeast: number): Promise<void> {
  await expect.poll(() => shownNumber(page, 'step'), { timeout: 20_000 }).toBeGreaterThanOrEqual(atLeast);
}

/** The probability of each class that the panel shows, in percent: all ten of one moment. */
export async function shownScores(page: Page): Promise<number[]> {
  const texts = await page.getByTestId(/^score-\d$/).allTextContents();
  return texts.map((text) => parseFloat(text));
}

/** The same, where nothing trains: once the answer to what was last asked for has come and nothing changes any more. */
export async function settledScores(page: Page): Promise<number[]> {
  let scores: number[] = [];
  await expect(async () => {
    scores = await shownScores(page);
    await animationFrames(page, 20);
    expect(await shownScores(page)).toEqual(scores);
  }).toPass({ timeout: 10_000 });
  return scores;
}

/** Sets the count of epochs, as a person types it. */
export async function chooseEpochs(page: Page, epochs: number): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Epochs' });
  await field.fill(String(epochs));
  await field.press('Tab');
}

/** Trains for one epoch to its end. */
export async function trainOneEpoch(page: Page): Promise<void> {
  await chooseEpochs(page, 1);
  await transport(page, 'Train').click();
  await expectPhase(page, 'finished', 60_000);
}

/** Waits for a pause to take effect, and answers the step at which the run stands. */
export async function pausedStep(page: Page): Promise<number> {
  await expectPhase(page, 'paused');
  // The last report follows the change of phase at once: two animation frames later it is on the screen.
  await animationFrames(page, 2);
  return await shownNumber(page, 'step');
}

/** Ends the run, if there is one: fresh weights, nothing trained. */
export async function stopIfRunning(page: Page): Promise<void> {
  const stop = transport(page, 'Stop');
  if (await stop.isEnabled()) await stop.click();
  await expectPhase(page, 'ready', 20_000);
}

/** Lets so many animation frames pass. */
export async function animationFrames(page: Page, count: number): Promise<void> {
  await page.evaluate(async (frames) => {
    for (let i = 0; i < frames; i++) await new Promise(requestAnimationFrame);
  }, count);
}
