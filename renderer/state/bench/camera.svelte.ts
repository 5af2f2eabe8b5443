import type { ByteImage } from '../../../shared/dataset/resize.ts';
import { CameraError, type CameraListener, type CameraStream } from '../../images/camera-stream.ts';
import type { BenchNotice } from './notice.ts';

/** What is done with the camera's pictures. */
export type CameraUse = {
  readonly show: (frame: ByteImage) => void;
  /** It is off: nothing of it is shown any more. */
  readonly end: () => void;
  readonly keep: (frame: ByteImage) => void;
  readonly complain: (notice: BenchNotice) => void;
};

/** The webcam: off until it is switched on. */
export class Camera {
  status = $state<'off' | 'asking' | 'on'>('off');
  readonly #open: (listener: CameraListener) => Promise<CameraStream>;
  readonly #use: CameraUse;
  #stream: CameraStream | null = null;
  #frame: ByteImage | null = null;
  /** Counts how often it was switched: a camera that comes when it is not wanted any more goes off at once. */
  #switches = 0;

  constructor(open: (listener: CameraListener) => Promise<CameraStream>, use: CameraUse) {
    this.#open = open;
    this.#use = use;
  }

  async switchOn(): Promise<void> {
    if (this.status !== 'off') return;
    const turn = ++this.#switches;
    this.status = 'asking';
    try {
      const stream = await this.#open({
        onframe: (frame) => turn === this.#switches && this.#show(frame),
        onlost: () => turn === this.#switches && this.#lose(),
      });
      if (turn !== this.#switches) {
        stream.close();
        return;
      }
      this.#stream = stream;
      this.status = 'on';
    } catch (error) {
      if (turn !== this.#switches) return;
      this.status = 'off';
      const problem = error instanceof CameraError ? error.problem : 'refused';
      this.#use.complain({ code: `camera-${problem}`, subject: '', detail: String(error) });
    }
  }

  switchOff(): void {
    if (this.status === 'off') return;
    this.#switches += 1;
    this.status = 'off';
    this.#stream?.close();
    this.#stream = null;
    this.#frame = null;
    this.#use.end();
  }

  /** Takes the picture that is shown as the experiment's image, and switches off. */
  keep(): void {
    const frame = this.#frame;
    if (!frame) return;
    this.#use.keep(frame);
    this.switchOff();
  }

  #show(frame: ByteImage): void {
    this.#frame = frame;
    this.#use.show(frame);
  }

  #lose(): void {
    this.switchOff();
    this.#use.complain({ code: 'camera-stopped', subject: '' });
  }
}
