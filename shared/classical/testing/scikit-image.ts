import stored from './scikit-image.json' with { type: 'json' };
import type { Shape } from '../../tensor/shape.ts';

type Reference = {
  readonly name: string;
  /** HWC. */
  readonly shape: Shape;
  readonly pixels: Uint8Array;
  readonly hog: readonly { orientations: number; cell: number; block: number; values: Float32Array }[];
  /** Codes of `nri_uniform`, row by row; only of grey images. */
  readonly lbp: Uint8Array | null;
};

/** What scikit-image computes of four images; scikit-image.json says which version, and how. */
export const references: readonly Reference[] = stored.images.map((image) => ({
  name: image.name,
  shape: image.shape,
  pixels: bytesOf(image.pixels),
  hog: image.hog.map(({ values, ...options }) => ({
    ...options,
    values: new Float32Array(bytesOf(values).buffer),
  })),
  lbp: image.lbp === undefined ? null : bytesOf(image.lbp),
}));

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
