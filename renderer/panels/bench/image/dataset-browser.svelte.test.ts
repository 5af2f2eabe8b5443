import { describe, expect, it, vi } from 'vitest';
import type { BenchNotice } from '../../../state/bench/notice.ts';
import type { TestImage } from '../../../state/learned.svelte.ts';
import { DatasetBrowser } from './dataset-browser.svelte.ts';

/** A dataset whose images come when a test says so. */
function browsed(start = 0) {
  const asked: { index: number; give: (image: TestImage) => void; refuse: (error: Error) => void }[] = [];
  const learned = {
    readTestImage: (index: number) =>
      new Promise<TestImage>((give, refuse) => {
        asked.push({ index, give, refuse });
      }),
  };
  const bench = { openPixels: vi.fn(), notice: null as BenchNotice | null };
  return { browser: new DatasetBrowser(learned, bench, () => 'MNIST', start), asked, bench };
}

const image: TestImage = {
  height: 1,
  width: 2,
  channels: 1,
  pixels: Uint8Array.of(3, 4),
  label: 7,
  className: null,
  count: 10,
};
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('looking through a dataset', () => {
  it('takes the image that is looked at to the bench', async () => {
    const { browser, asked, bench } = browsed();
    browser.show(4);
    asked[0]!.give(image);
    await settled();
    expect(browser.shown).toBe(image);
    const { height, width, channels, pixels } = image;
    const opened = { height, width, channels, pixels, origin: 'dataset', name: 'MNIST 4' };
    expect(bench.openPixels).toHaveBeenCalledExactlyOnceWith(opened, 'dataset');
  });

  it('reads no image that was passed over', async () => {
    const { browser, asked } = browsed();
    for (let index = 0; index < 9; index++) browser.show(index);
    asked[0]!.give(image);
    await settled();
    expect(asked.map(({ index }) => index)).toEqual([0, 8]);
  });

  it('says so when an image cannot be read', async () => {
    const { browser, asked, bench } = browsed();
    browser.show(3);
    asked[0]!.refuse(new Error('gone'));
    await settled();
    expect(bench.notice).toEqual({ code: 'dataset-unreadable', subject: '3', detail: 'Error: gone' });
  });

  it('leaves the bench alone once it is closed', async () => {
    const { browser, asked, bench } = browsed(5);
    expect(browser.index).toBe(5);
    browser.show(6);
    browser.close();
    asked[0]!.give(image);
    await settled();
    expect(bench.openPixels).not.toHaveBeenCalled();
  });
});
