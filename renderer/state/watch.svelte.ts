import { frameLayout, planeOf, rangeOf, valueFromByte, type FrameLayout } from '../../shared/frame/layout.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';
import { sizeOf } from '../../shared/tensor/shape.ts';
import type { ActivationFrame, WatchedImage, WorkerEvent } from '../../shared/contract.ts';

/** The watched image and what the network says about it. */
export class WatchState {
  /** What the window last asked to see. */
  image = $state.raw<WatchedImage>({ source: 'test', index: 0 });
  /** The test image that was looked at last. */
  testIndex = $state(0);
  /** The true class of the watched test digit; null for a drawn one, or while it is not known. */
  label = $state<number | null>(null);
  /** Probability of each class, 0–1; null until the first frame. */
  scores = $state.raw<readonly number[] | null>(null);
  /** The step after which the shown frame was taken. */
  step = $state(0);
  /** The newest frame: its bytes are not reactive, it is replaced whole. */
  frame = $state.raw<ActivationFrame | null>(null);

  /** The most probable class. */
  readonly guess = $derived.by(() => {
    if (!this.scores) return null;
    const probability = Math.max(...this.scores);
    return { digit: this.scores.indexOf(probability), probability };
  });

  choose(image: WatchedImage): void {
    if (image.source !== this.image.source || image.source === 'test') this.label = null;
    this.image = image;
    if (image.source === 'test') this.testIndex = image.index;
  }

  /**
   * Makes ready for another network: what the one before said is no more of use, and a drawing of another size than the
   * new input gives way to the test image that was looked at last.
   */
  suit(trace: NetworkTrace): void {
    if (this.frame?.bytes.byteLength !== frameLayout(trace).bytes) this.forget();
    if (this.image.source === 'drawn' && this.image.pixels.length !== sizeOf(trace.spec.input)) {
      this.choose({ source: 'test', index: this.testIndex });
    }
  }

  /** Goes back to the first test image where there are not as many. @returns whether another image is watched now. */
  keepWithin(testImages: number): boolean {
    if (this.testIndex < testImages) return false;
    this.testIndex = 0;
    if (this.image.source !== 'test') return false;
    this.choose({ source: 'test', index: 0 });
    return true;
  }

  receive(event: WorkerEvent): void {
    if (event.type === 'watched' && event.image.source === this.image.source) this.label = event.label;
  }

  /**
   * Takes in a frame of the network with this trace.
   * @returns whether it is one: frames of another network (still on their way when it was changed) are dropped.
   */
  show(frame: ActivationFrame, trace: NetworkTrace): boolean {
    const layout = frameLayout(trace);
    if (frame.bytes.byteLength !== layout.bytes) return false;
    this.frame = frame;
    this.step = frame.step;
    this.scores = scoresOf(frame.bytes, layout);
    return true;
  }

  forget(): void {
    this.label = null;
    this.frame = null;
    this.scores = null;
    this.step = 0;
  }
}

/** Class probabilities as the frame holds them: bytes between the row's smallest and largest. */
export function scoresOf(bytes: Uint8Array, layout: FrameLayout): number[] {
  const part = layout.parts[layout.parts.length - 1]!;
  const range = rangeOf(bytes, part, 0);
  return Array.from(planeOf(bytes, part, 0), (byte) => valueFromByte(byte, range));
}
