import type { WebGLRenderer } from 'three';

/** The size of the drawing buffer: CSS pixels, device pixels a CSS pixel, and the share of them that the budget leaves. */
export class DrawingSize {
  width = 0;
  height = 0;
  ratio = 1;
  readonly #renderer: WebGLRenderer;
  #key = '';

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
  }

  get isNothing(): boolean {
    return this.width === 0 || this.height === 0;
  }

  /** @returns whether the buffer is another now. */
  apply(scale: number): boolean {
    const drawnRatio = this.ratio * scale;
    const key = `${this.width} ${this.height} ${drawnRatio}`;
    if (key === this.#key) return false;
    this.#key = key;
    this.#renderer.setPixelRatio(drawnRatio);
    this.#renderer.setSize(this.width, this.height, false);
    return true;
  }

  /** Drawn pixels that a line of one CSS pixel takes. */
  get lineWidth(): number {
    return Math.max(0.7, this.#renderer.getPixelRatio());
  }
}
