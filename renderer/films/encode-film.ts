import {
  BufferTarget,
  canEncodeVideo,
  CanvasSource,
  Mp4OutputFormat,
  Output,
  Quality,
  WebMOutputFormat,
} from 'mediabunny';

export const filmFormats = ['webm', 'mp4'] as const;
export type FilmFormat = (typeof filmFormats)[number];

/** What a film shows, frame by frame. */
export type Film = {
  readonly frames: number;
  /** Pixels; even, as both codecs want them. */
  readonly width: number;
  readonly height: number;
  /** Frames a second. */
  readonly rate: number;
  /** Paints frame `index` over all of the canvas. */
  readonly draw: (context: OffscreenCanvasRenderingContext2D, index: number) => void;
};

/** This window cannot encode such a film. */
export class NoEncoder extends Error {
  override readonly name = 'NoEncoder';
}

const quality = new Quality('high');
const codecs = { webm: 'vp9', mp4: 'avc' } as const;

/**
 * Encodes a film: VP9 in WebM or H.264 in MP4. The interface goes on between two frames.
 *
 * @param progress told after each frame how many are done; says whether to go on.
 * @returns the file; null if `progress` stopped it. @throws NoEncoder where there is none for this format and size.
 */
export async function encodeFilm(
  film: Film,
  format: FilmFormat,
  progress: (done: number) => boolean,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const { width, height, rate } = film;
  const codec = codecs[format];
  if (!(await canEncodeVideo(codec, { width, height, quality }))) {
    throw new NoEncoder(`There is no encoder for ${codec} at ${width}×${height}`);
  }
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('This window has no 2D canvas');
  const target = new BufferTarget();
  const output = new Output({
    format: format === 'webm' ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: 'in-memory' }),
    target,
  });
  const source = new CanvasSource(canvas, { codec, quality });
  output.addVideoTrack(source, { frameRate: rate });
  await output.start();
  for (let index = 0; index < film.frames; index++) {
    film.draw(context, index);
    await source.add(index / rate, 1 / rate);
    // Encoders answer by microtasks: without a turn of its own the window would stand still.
    await new Promise((resolve) => setTimeout(resolve));
    if (!progress(index + 1)) {
      await output.cancel();
      return null;
    }
  }
  await output.finalize();
  return new Uint8Array(target.buffer!);
}
