/** What an image file says of itself before anything is decoded. */
export type ImageHeader = {
  readonly width: number;
  readonly height: number;
  /** A file with fewer bytes cannot hold that many pixels; zero where nothing can be said. */
  readonly leastBytes: number;
};

/** Larger images are refused before they are decoded. */
export const mostPixels = 64_000_000;
