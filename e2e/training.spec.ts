import { expect, test, type Locator, type Page } from '@playwright/test';
import { type LaunchedLab, launchLab } from './launch.ts';
import {
  expectPhase,
  expectSteps,
  pausedStep,
  settledScores,
  shownNumber,
  shownScores,
  stopIfRunning,
  transport,
} from './run.ts';

let lab: LaunchedLab;
test.beforeAll(async () => {
  lab = await launchLab();
});
test.afterAll(async () => {
  await lab.close();
});
test.beforeEach(() => stopIfRunning(lab.page));

/** Goal and limit of the default preset on two cores. */
const goalPercent = 98;
const limitSeconds = 60;

type Epoch = { readonly seconds: number; readonly percent: number };

/**
 * The test accuracy after each epoch, with the seconds since the next click, until the goal is reached or the time is up.
 * Watched from inside the page: asking again and again would take time from the training.
 */
function epochsAfterNextClick(page: Page): Promise<Epoch[]> {
  return page.evaluate(
    ({ goal, limit }) =>
      new Promise<Epoch[]>((resolve) => {
        const shown = document.querySelector('[data-testid="test-accuracy"]');
        if (!shown) throw new Error('The panel shows no test accuracy');
        const epochs: Epoch[] = [];
        const observer = new MutationObserver(() => {
          const percent = parseFloat(shown.textContent);
          if (Number.isNaN(percent)) return;
          epochs.push({ seconds: (performance.now() - pressed) / 1000, percent });
          if (percent >= goal) end();
        });
        let pressed = NaN;
        const end = (): void => {
          observer.disconnect();
          resolve(epochs);
        };
        document.addEventListener(
          'click',
          ({ timeStamp }) => {
            pressed = timeStamp;
            setTimeout(end, limit * 1000);
          },
          { capture: true, once: true },
        );
        observer.observe(shown, { characterData: true, childList: true, subtree: true });
      }),
    { goal: goalPercent, limit: limitSeconds },
  );
}

/** Milliseconds from each of the clicks that follow until a frame with what it changed has been handed to the screen. */
async function clickMillis(page: Page, button: Locator, clicks: number): Promise<number[]> {
  const handled = page.evaluate(
    (count) =>
      new Promise<number[]>((resolve) => {
        const millis: number[] = [];
        const click = ({ timeStamp }: MouseEvent): void => {
          // A message sent from within an animation frame arrives after that frame has been painted.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            millis.push(performance.now() - timeStamp);
            if (millis.length < count) return;
            document.removeEventListener('click', click, { capture: true });
            resolve(millis);
          };
          requestAnimationFrame(() => port2.postMessage(null));
        };
        document.addEventListener('click', click, { capture: true });
      }),
    clicks,
  );
  for (let i = 0; i < clicks; i++) await button.click();
  return await handled;
}

/** How many pixels of a chart belong to its curves: they are coloured, its grid and its numbers are grey. */
function ink(chart: Locator): Promise<number> {
  return chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let coloured = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(i, i + 4);
      // What is all but transparent has no colour that counts.
      if (alpha > 60 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) coloured += 1;
    }
    return coloured;
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function annotate(type: string, description: string): void {
  test.info().annotations.push({ type, description });
  process.stdout.write(`    ${type}: ${description}\n`);
}

test('Train with the default settings reaches 98 % on the whole test set within a minute', async () => {
  const { page } = lab;
  const watched = epochsAfterNextClick(page);
  await transport(page, 'Train').click();
  const epochs = await watched;
  const text = epochs.map(({ seconds, percent }) => `${seconds.toFixed(1)} s ${percent.toFixed(2)} %`).join(', ');
  annotate('test accuracy after each epoch', text);
  await expect(page.getByText(/of 10,000$/)).toBeVisible();
  expect(epochs.at(-1)?.percent, text).toBeGreaterThanOrEqual(goalPercent);
  expect(epochs.at(-1)?.seconds, text).toBeLessThanOrEqual(limitSeconds);
});

test('while it trains, the counters, the scores of the watched digit and the network in the view change', async () => {
  const { page } = lab;
  const canvas = page.getByTestId('network-canvas');
  await transport(page, 'Train').click();
  await expectSteps(page, 1);
  const before = {
    step: await shownNumber(page, 'step'),
    scores: await shownScores(page),
    picture: await canvas.screenshot(),
  };
  await expectSteps(page, before.step + 50);
  await expect.poll(() => shownScores(page)).not.toEqual(before.scores);
  expect((await canvas.screenshot()).equals(before.picture)).toBe(false);
  expect(await shownNumber(page, 'images-per-second')).toBeGreaterThan(0);
  await expectPhase(page, 'training');
});

test('Pause stops, Step adds exactly one, Train goes on, Stop goes back to fresh weights', async () => {
  const { page } = lab;
  const curve = page.getByRole('img', { name: /^Loss by epoch/ });
  const step = page.getByTestId('step');
  await expect.poll(() => ink(curve)).toBe(0);
  const freshScores = await settledScores(page);

  await transport(page, 'Train').click();
  await expectSteps(page, 30);
  await transport(page, 'Pause').click();
  const paused = await pausedStep(page);
  await transport(page, 'Step').click();
  await expect(step).toHaveText((paused + 1).toLocaleString('en'));
  await transport(page, 'Step').click();
  await expect(step).toHaveText((paused + 2).toLocaleString('en'));
  await expectPhase(page, 'paused');
  await expect(transport(page, 'Pause')).toBeDisabled();

  await transport(page, 'Train').click();
  await expectPhase(page, 'training');
  await expectSteps(page, paused + 20);
  await expect.poll(() => ink(curve)).toBeGreaterThan(0);

  await transport(page, 'Stop').click();
  await expectPhase(page, 'ready');
  await expect(step).toHaveText('0');
  await expect(page.getByTestId('epoch')).toHaveText('0 / 12');
  for (const number of ['loss', 'accuracy', 'test-accuracy', 'images-per-second']) {
    await expect(page.getByTestId(number)).toHaveText('–');
  }
  await expect(curve).toHaveAccessibleName(/^Loss by epoch; epochs tested: 0/);
  await expect.poll(() => ink(curve)).toBe(0);
  expect(await settledScores(page)).toEqual(freshScores);
  await expect(transport(page, 'Stop')).toBeDisabled();
});

test('Space trains and pauses, S steps, wherever nothing is being typed', async () => {
  const { page } = lab;
  await page.getByTestId('network-view').focus();
  await page.keyboard.press('Space');
  await expectPhase(page, 'training');
  await expectSteps(page, 1);
  await page.keyboard.press('Space');
  const paused = await pausedStep(page);
  await page.keyboard.press('s');
  await expect(page.getByTestId('step')).toHaveText((paused + 1).toLocaleString('en'));
});

test('settings are fixed while a run is under way, and free again after Stop', async () => {
  const { page } = lab;
  const rate = page.getByRole('textbox', { name: 'Learning rate' });
  await expect(rate).toBeEnabled();
  await transport(page, 'Train').click();
  await expectPhase(page, 'training');
  await expect(rate).toBeDisabled();
  await expect(page.getByText('Stop to change settings.')).toBeVisible();
  await transport(page, 'Stop').click();
  await expect(rate).toBeEnabled();
});

test('a click is handled within 150 ms while the network trains and the view draws it', async () => {
  const { page } = lab;
  await transport(page, 'Train').click();
  await expectSteps(page, 1);
  const millis = await clickMillis(page, page.getByRole('button', { name: 'Next digit' }), 21);
  await expectPhase(page, 'training');
  annotate(
    'milliseconds from click to screen',
    `median ${median(millis).toFixed(0)}, longest ${Math.max(...millis).toFixed(0)}`,
  );
  expect(median(millis)).toBeLessThanOrEqual(150);
});
