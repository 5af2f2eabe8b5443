import type { Bench } from '../../../state/bench/bench.svelte.ts';
import type { Learned, TestImage } from '../../../state/learned.svelte.ts';
import { LatestOnly } from '../../../state/bench/latest-only.ts';

/** Looks through a dataset's test images; the one that is looked at is the bench's image. */
export class DatasetBrowser {
  /** The image that was asked for last. */
  index = $state(0);
  /** The image that is there. */
  shown = $state.raw<TestImage | null>(null);
  readonly #learned: Pick<Learned, 'readTestImage'>;
  readonly #bench: Pick<Bench, 'openPixels' | 'notice'>;
  readonly #name: () => string;
  /** Whoever holds an arrow key down passes over images that are not read at all. */
  readonly #reading = new LatestOnly(() => this.#read());

  #isClosed = false;

  /** @param name of the dataset. */
  constructor(
    learned: Pick<Learned, 'readTestImage'>,
    bench: Pick<Bench, 'openPixels' | 'notice'>,
    name: () => string,
    start: number,
  ) {
    this.index = start;
    this.#learned = learned;
    this.#bench = bench;
    this.#name = name;
  }

  show(index: number): void {
    this.index = index;
    this.#reading.ask();
  }

  /** What is still on its way is not wanted any more. */
  close(): void {
    this.#isClosed = true;
  }

  async #read(): Promise<void> {
    const { index } = this;
    try {
      const image = await this.#learned.readTestImage(index);
      if (this.#isClosed) return;
      this.shown = image;
      const { height, width, channels, pixels } = image;
      const name = `${this.#name()} ${index}`;
      this.#bench.openPixels({ height, width, channels, pixels, origin: 'dataset', name }, 'dataset');
    } catch (error) {
      if (this.#isClosed) return;
      this.#bench.notice = { code: 'dataset-unreadable', subject: String(index), detail: String(error) };
    }
  }
}
