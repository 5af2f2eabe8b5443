import type { BenchImage, BenchResult } from '../../../shared/bench/compute.ts';
import {
  type BenchKernel,
  type BenchView,
  type Experiment,
  type ImageSource,
  largestSide,
  type Operation,
  type Pooling,
  type SampleId,
  type SavedBench,
} from '../../../shared/bench/experiment.ts';
import { initialExperiment, initialView } from '../../../shared/bench/initial.ts';
import { type OwnImage, ownImage, pixelsOf } from '../../../shared/bench/own-image.ts';
import { readSavedBench } from '../../../shared/bench/saved-bench.ts';
import type { ByteImage } from '../../../shared/dataset/resize.ts';
import type { CameraListener, CameraStream } from '../../images/camera-stream.ts';
import { fitted } from '../../images/fitted.ts';
import { ImageRefusal } from '../../images/image-refusal.ts';
import { workingImage } from '../../images/working-image.ts';
import type { Sensitivity, Setting } from '../../workers/bench-messages.ts';
import { Camera } from './camera.svelte.ts';
import type { Computer } from './computer.ts';
import { History } from './history.ts';
import { LatestOnly } from './latest-only.ts';
import type { BenchNotice } from './notice.ts';

/** How long nothing may have changed before the sensitivity is measured. */
export const leisureMillis = 250;

/** What all images that can be taken back to may take: sixteen of the largest, thousands of small ones. */
const mostImageCharacters = 2 ** 26;

/** Where pictures come from; the window's own decoders, and in tests whatever a test says. */
export type Pictures = {
  /** @throws ImageRefusal as a rejection */
  readonly decode: (blob: Blob, name: string) => Promise<ByteImage>;
  readonly loadSample: (id: SampleId) => Promise<ByteImage>;
  /** @throws CameraError as a rejection */
  readonly openCamera: (listener: CameraListener) => Promise<CameraStream>;
};

/** A result with all it was computed from. */
export type Computed = {
  readonly experiment: Experiment;
  readonly image: BenchImage;
  readonly result: BenchResult;
};

/**
 * The bench: an experiment that is edited, undone and saved, and the result that follows from it.
 *
 * The experiment is a value: replaced whole with each edit, never changed. Results come from a `Computer` that works elsewhere; the last
 * one stands until the next is there.
 */
export class Bench {
  experiment = $state.raw<Experiment>(initialExperiment);
  view = $state.raw<BenchView>(initialView);
  /** The image at its working size; null until the first is there. */
  image = $state.raw<BenchImage | null>(null);
  /** The last result, with the experiment and the image that it belongs to: for what must fit together. */
  computed = $state.raw<Computed | null>(null);
  readonly result = $derived(this.computed?.result ?? null);
  /** Measured at leisure: the last one stands until the next is there. */
  sensitivity = $state.raw<Sensitivity | null>(null);
  /** `sensitivity` is not yet that of the experiment. */
  isMeasuring = $state(false);
  notice = $state.raw<BenchNotice | null>(null);
  /** An image file is being decoded. */
  isOpening = $state(false);
  /** Whether the image at work has colour of its own; one that has not stays one plane, whatever `experiment.colour` says. */
  hasColour = $state(false);
  readonly camera: Camera;
  /** The camera's picture is shown in place of the experiment's image. */
  isLive = $state(false);
  readonly canUndo: boolean = $derived.by(() => this.#history.past.length > 0);
  readonly canRedo: boolean = $derived.by(() => this.#history.future.length > 0);
  readonly isBusy: boolean = $derived.by(() => this.#isComputing || this.#isLoading || this.isOpening);

  readonly #computer: Computer;
  readonly #pictures: Pictures;
  #history = $state.raw(new History<Experiment>([], [], { weigh: imageCharacters, most: mostImageCharacters }));
  #isComputing = $state(false);
  #isLoading = $state(false);
  /** Nothing is computed before someone looks. */
  #isStarted = false;
  /** The stroke that the last step of undo belongs to. */
  #stroke: string | null = null;
  /** The experiment's image in full; null while it is loaded. */
  #original: { readonly source: ImageSource; readonly image: ByteImage } | null = null;
  /** The last of one's own images, which need not be read from its text. */
  #opened: { readonly source: ImageSource; readonly image: ByteImage } | null = null;
  #liveFrame: ByteImage | null = null;
  /** Counts what was opened, so that only the last of several shows. */
  #openings = 0;
  readonly #work = new LatestOnly(() => this.#compute());
  #leisure: ReturnType<typeof setTimeout> | undefined;

  constructor(computer: Computer, pictures: Pictures) {
    this.#computer = computer;
    this.#pictures = pictures;
    this.camera = new Camera(pictures.openCamera, {
      show: (frame) => this.#showLive(frame),
      end: () => this.#endLive(),
      keep: (frame) => this.openPixels({ ...frame, origin: 'camera', name: '' }),
      complain: (notice) => (this.notice = notice),
    });
  }

  /** Begins to compute; called by the bench's screen when it is first shown. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#load();
  }

  // ---- the experiment ----

  /**
   * Changes the experiment, as one step of undo.
   * @param stroke names a movement of the hand: all edits with the same one, until `endStroke`, are one step.
   */
  edit(change: Partial<Experiment>, stroke?: string): void {
    const next = consistent(this.experiment, change);
    if (isSame(this.experiment, next)) return;
    if (stroke === undefined || stroke !== this.#stroke) this.#history = this.#history.remember(this.experiment);
    this.#stroke = stroke ?? null;
    this.#become(next);
  }

  /** @param stroke ends this one only, if another has begun since. */
  endStroke(stroke?: string): void {
    if (stroke === undefined || stroke === this.#stroke) this.#stroke = null;
  }

  editKernel(index: number, kernel: BenchKernel, stroke?: string): void {
    this.edit({ kernels: this.experiment.kernels.map((old, at) => (at === index ? kernel : old)) }, stroke);
  }

  editOperation(change: Partial<Operation>, stroke?: string): void {
    this.edit({ operation: { ...this.experiment.operation, ...change } }, stroke);
  }

  editPooling(change: Partial<Pooling>, stroke?: string): void {
    this.edit({ pooling: { ...this.experiment.pooling, ...change } }, stroke);
  }

  undo(): void {
    this.#travel(this.#history.back(this.experiment));
  }

  redo(): void {
    this.#travel(this.#history.forth(this.experiment));
  }

  look(change: Partial<BenchView>): void {
    this.view = { ...this.view, ...change };
  }

  // ---- images ----

  /** Opens an image file; what is wrong with it goes into `notice`, and the image at work stays. */
  async openBlob(blob: Blob, name: string, origin: OwnImage['origin']): Promise<void> {
    const opening = ++this.#openings;
    this.isOpening = true;
    try {
      const image = await this.#pictures.decode(blob, name);
      if (opening === this.#openings) this.openPixels({ ...image, origin, name });
    } catch (error) {
      if (!(error instanceof ImageRefusal)) throw error;
      if (opening === this.#openings) this.notice = error.notice;
    } finally {
      if (opening === this.#openings) this.isOpening = false;
    }
  }

  /** Takes pixels as the experiment's image. HWC, one or three channels, a byte each; larger ones are made to fit. */
  openPixels(
    { origin, name, ...image }: ByteImage & { origin: OwnImage['origin']; name: string },
    stroke?: string,
  ): void {
    this.#chosen();
    const within = fitted(image, largestSide);
    const source = ownImage(within, origin, name);
    this.#opened = { source, image: within };
    this.edit({ image: source }, stroke);
    this.camera.switchOff();
  }

  openSample(id: SampleId): void {
    this.#chosen();
    this.edit({ image: { source: 'sample', id } });
    this.camera.switchOff();
  }

  /** An image is chosen: one that is still being decoded is not wanted any more, nor is what was said of one before. */
  #chosen(): void {
    this.#openings += 1;
    this.isOpening = false;
    this.notice = null;
  }

  dismissNotice(): void {
    this.notice = null;
  }

  // ---- saved and restored ----

  /** The whole bench as text; while the camera is on, with the picture that is shown. */
  saved(): string {
    const image = this.#liveFrame ? ownImage(this.#liveFrame, 'camera', '') : this.experiment.image;
    return JSON.stringify({
      format: 'convolens-bench',
      version: 1,
      experiment: { ...this.experiment, image },
      view: this.view,
    } satisfies SavedBench);
  }

  /** Becomes what `text` says, as one step of undo; if it says nothing that fits, a notice says so and all stays. */
  restore(text: string): void {
    const read = readSavedBench(text);
    if ('problem' in read) {
      const { problem } = read;
      const detail = problem.code === 'damaged' ? { detail: problem.where } : {};
      this.notice = { code: `state-${problem.code}`, subject: '', ...detail };
      return;
    }
    this.notice = null;
    this.edit(read.saved.experiment);
    this.camera.switchOff();
    this.view = read.saved.view;
  }

  // ---- the camera's pictures: no step of undo ----

  #showLive(frame: ByteImage): void {
    this.#liveFrame = frame;
    this.isLive = true;
    this.#rework();
  }

  #endLive(): void {
    if (!this.isLive) return;
    this.#liveFrame = null;
    this.isLive = false;
    this.#rework();
  }

  // ---- from the experiment to the result ----

  #travel(step: ReturnType<History<Experiment>['back']>): void {
    if (!step) return;
    const [experiment, history] = step;
    this.#history = history;
    this.#stroke = null;
    this.#become(experiment);
  }

  #become(experiment: Experiment): void {
    const before = this.experiment;
    this.experiment = experiment;
    if (!this.#isStarted) return;
    if (experiment.image !== before.image) {
      this.#original = null;
      this.notice = null;
      // Whoever chooses another image wants to see that.
      this.camera.switchOff();
      this.#load();
    } else if (experiment.side !== before.side || experiment.colour !== before.colour) this.#rework();
    else this.#schedule();
  }

  /** Fetches the pixels of the experiment's image. */
  #load(): void {
    const source = this.experiment.image;
    this.#original = null;
    if (source.source === 'own') {
      this.#isLoading = false;
      this.#loaded(source, this.#opened?.source === source ? this.#opened.image : pixelsOf(source));
      return;
    }
    this.#isLoading = true;
    this.#pictures.loadSample(source.id).then(
      (image) => this.#loaded(source, image),
      (error: unknown) => {
        if (source !== this.experiment.image) return;
        this.#isLoading = false;
        this.notice = { code: 'sample-missing', subject: source.id, detail: String(error) };
      },
    );
  }

  #loaded(source: ImageSource, image: ByteImage): void {
    // Another image was chosen meanwhile.
    if (source !== this.experiment.image) return;
    this.#isLoading = false;
    this.#original = { source, image };
    this.#rework();
  }

  /** Brings the image to the size and the colour at work. */
  #rework(): void {
    const from = this.#liveFrame ?? this.#original?.image;
    if (!from) return;
    this.hasColour = from.channels === 3;
    this.image = workingImage(from, this.experiment);
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#leisure);
    this.#computer.giveUpMeasuring();
    // Nothing is computed between an image and the next, or the new kernel would show on the old image.
    if (!this.#isLoading || this.#liveFrame) this.#work.ask();
  }

  async #compute(): Promise<void> {
    const { experiment, image } = this;
    if (!image) return;
    this.#isComputing = true;
    try {
      const result = await this.#computer.compute(settingOf(experiment), image);
      this.computed = { experiment, image, result };
      if (this.notice?.code === 'computation-failed') this.notice = null;
    } catch (error) {
      this.notice = {
        code: 'computation-failed',
        subject: '',
        detail: error instanceof Error ? error.message : String(error),
      };
    }
    this.#isComputing = false;
    this.#measureAtLeisure();
  }

  #measureAtLeisure(): void {
    clearTimeout(this.#leisure);
    this.isMeasuring = true;
    this.#leisure = setTimeout(() => void this.#measure(), leisureMillis);
  }

  async #measure(): Promise<void> {
    const { experiment, image } = this;
    if (!image) return;
    try {
      const sensitivity = await this.#computer.measure(settingOf(experiment), image);
      // Given up for something newer.
      if (!sensitivity) return;
      this.sensitivity = sensitivity;
    } catch (error) {
      this.sensitivity = null;
      console.error('The sensitivity could not be measured:', error);
    }
    this.isMeasuring = false;
  }
}

/** Steps share their image by reference. */
function imageCharacters(experiments: readonly Experiment[]): number {
  let sum = 0;
  for (const image of new Set(experiments.map(({ image }) => image))) {
    if (image.source === 'own') sum += image.pixels.length;
  }
  return sum;
}

/** All that the arithmetic needs to know besides the pixels. */
function settingOf(experiment: Experiment): Setting {
  const setting: Setting & { image?: ImageSource } = { ...experiment };
  delete setting.image;
  return setting;
}

/** The chosen kernel is one of the kernels, and a gradient takes two; an image that is the same stays the same object. */
function consistent(before: Experiment, change: Partial<Experiment>): Experiment {
  const experiment = { ...before, ...change };
  const { image, kernels, chosen, together } = experiment;
  return {
    ...experiment,
    image: isSameImage(image, before.image) ? before.image : image,
    chosen: Math.min(chosen, kernels.length - 1),
    together: kernels.length < 2 ? 'apart' : together,
  };
}

function isSameImage(one: ImageSource, other: ImageSource): boolean {
  if (one.source === 'sample' || other.source === 'sample') {
    return one.source === 'sample' && other.source === 'sample' && one.id === other.id;
  }
  const keys = Object.keys(one) as (keyof OwnImage)[];
  return keys.every((key) => one[key] === other[key]);
}

function isSame(one: Experiment, other: Experiment): boolean {
  return one.image === other.image && JSON.stringify(settingOf(one)) === JSON.stringify(settingOf(other));
}
