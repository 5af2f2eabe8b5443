import { type FrameView, wholeView } from '../../shared/frame/view.ts';
import { frameLayout, planeOf, rangeOf, valueFromByte, type FrameLayout } from '../../shared/frame/layout.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';
import { sizeOf } from '../../shared/tensor/shape.ts';
import type { ActivationFrame, WatchedImage, WorkerEvent } from '../../shared/contract.ts';

/** The watched image and what the network says about it. */
export class WatchState {
  /** What the window last asked to see. */
  image = $state.raw<WatchedImage>({ source: 'test', index: 0 });
  /** What of the network the window asks to see of it. */
  view = $state.raw<FrameView>(wholeView);
  /** The layers that each part of the window wants to see; all if one of them wants all, or none wants any. */
  #wants: Readonly<Record<string, readonly string[] | null | undefined>> = {};
  /** The test image that was looked at last. */
  testIndex = $state(0);
  #label = $state<number | null>(null);
  /** Probability of each class, 0–1; null until the first frame. */
  scores = $state.raw<readonly number[] | null>(null);
  /** The step after which the shown frame was taken. */
  step = $state(0);
  /** The frame that is shown: the newest, or a kept moment's. Its bytes are not reactive, it is replaced whole. */
  frame = $state.raw<ActivationFrame | null>(null);
  /** A kept moment is shown: frames that come are not, until `showLive`. */
  isReplay = $state(false);
  /** The moment shown is of another image than the watched one. */
  #isOtherImage = $state(false);
  /** The newest frame, shown or not. */
  #live: ActivationFrame | null = null;

  /** The most probable class. */
  readonly guess = $derived.by(() => {
    if (!this.scores) return null;
    const probability = Math.max(...this.scores);
    return { digit: this.scores.indexOf(probability), probability };
  });

  /** The true class of the test image that is shown; null for a drawn one, or while it is not known. */
  get label(): number | null {
    return this.#isOtherImage ? null : this.#label;
  }

  choose(image: WatchedImage): void {
    if (image.source !== this.image.source || image.source !== 'drawn') this.#label = null;
    this.image = image;
    if (image.source === 'test') this.testIndex = image.index;
  }

  /**
   * Says which layers `owner` wants to see from now on: null for all, undefined if it has nothing to say any more.
   * @returns whether another view is to be asked for.
   */
  want(owner: string, layers: readonly string[] | null | undefined): boolean {
    this.#wants = { ...this.#wants, [owner]: layers };
    const all = Object.values(this.#wants).filter((some) => some !== undefined);
    const isAll = all.length === 0 || all.includes(null);
    const wanted = isAll ? null : unique(all.flatMap((some) => some ?? [])).sort();
    if (String(wanted) === String(this.view.layers)) return false;
    this.view = { ...this.view, layers: wanted };
    return true;
  }

  /**
   * Makes ready for another network: what the one before said is no more of use, and a drawing of another size than the
   * new input gives way to the test image that was looked at last.
   */
  suit(trace: NetworkTrace): void {
    this.#wants = {};
    this.view = { ...this.view, layers: null };
    if (this.frame?.bytes.byteLength !== frameLayout(trace).bytes) this.forget();
    if (this.image.source === 'drawn' && this.image.pixels.length !== sizeOf(trace.spec.input)) {
      this.choose({ source: 'test', index: this.testIndex });
    }
  }

  /** Goes back to the first test image where there are not as many. @returns whether another image is watched now. */
  keepWithin(testImages: number): boolean {
    const { image } = this;
    if (this.testIndex >= testImages) this.testIndex = 0;
    const isBeyond =
      (image.source === 'test' && image.index >= testImages) ||
      (image.source === 'several' && image.indices.some((index) => index >= testImages));
    if (isBeyond) this.choose({ source: 'test', index: this.testIndex });
    return isBeyond;
  }

  receive(event: WorkerEvent): void {
    if (event.type === 'watched' && event.image.source === this.image.source) this.#label = event.label;
  }

  /**
   * Takes in a frame of the network with this trace.
   * @returns whether it is one: frames of another network (still on their way when it was changed) are dropped.
   */
  show(frame: ActivationFrame, trace: NetworkTrace): boolean {
    const layout = frameLayout(trace, frame.view);
    if (frame.bytes.byteLength !== layout.bytes) return false;
    this.#live = frame;
    if (!this.isReplay) this.#put(frame, layout);
    return true;
  }

  /**
   * Shows a kept moment in place of the frames that come.
   * @param isOtherImage it is not of the watched image. @returns whether it is one of the network with this trace.
   */
  replay(frame: ActivationFrame, trace: NetworkTrace, isOtherImage: boolean): boolean {
    const layout = frameLayout(trace, frame.view);
    if (frame.bytes.byteLength !== layout.bytes) return false;
    this.isReplay = true;
    this.#isOtherImage = isOtherImage;
    this.#put(frame, layout);
    return true;
  }

  /** Back to the newest frame of the network with this trace. */
  showLive(trace: NetworkTrace): void {
    this.isReplay = false;
    this.#isOtherImage = false;
    if (this.#live) this.show(this.#live, trace);
  }

  #put(frame: ActivationFrame, layout: FrameLayout): void {
    this.frame = frame;
    this.step = frame.step;
    this.scores = scoresOf(frame.bytes, layout);
  }

  forget(): void {
    this.isReplay = false;
    this.#isOtherImage = false;
    this.#live = null;
    this.#label = null;
    this.frame = null;
    this.scores = null;
    this.step = 0;
  }
}

function unique(names: readonly string[]): string[] {
  return names.filter((name, i) => names.indexOf(name) === i);
}

/** Class probabilities as the frame holds them: bytes between the row's smallest and largest. */
export function scoresOf(bytes: Uint8Array, layout: FrameLayout): number[] {
  const part = layout.parts[layout.parts.length - 1]!;
  const range = rangeOf(bytes, part, 0);
  return Array.from(planeOf(bytes, part, 0), (byte) => valueFromByte(byte, range));
}
