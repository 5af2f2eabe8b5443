import { mostWatchedImages } from '../../../shared/contract.ts';

/** Why a list of images cannot be watched. */
export type ListProblem = 'empty' | 'not-numbers' | 'beyond' | 'too-many';

/** Reads `0–7, 12` as the images 0 to 7 and 12, each once, in their order; or says what is wrong with it. */
export function readImages(text: string, testImages: number): readonly number[] | ListProblem {
  const images = new Set<number>();
  for (const item of text.split(/[,;\s]+/).filter((word) => word !== '')) {
    const found = /^(\d+)(?:[-–](\d+))?$/.exec(item);
    if (!found) return 'not-numbers';
    const first = Number(found[1]);
    const last = Number(found[2] ?? first);
    if (Math.max(first, last) >= testImages) return 'beyond';
    if (Math.abs(last - first) >= mostWatchedImages) return 'too-many';
    for (let image = Math.min(first, last); image <= Math.max(first, last); image += 1) images.add(image);
  }
  if (images.size === 0) return 'empty';
  if (images.size > mostWatchedImages) return 'too-many';
  return [...images].sort((a, b) => a - b);
}

/** The shortest way to write a list down. */
export function writeImages(images: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const image of images) {
    const last = runs[runs.length - 1];
    if (last && image === last[1] + 1) last[1] = image;
    else runs.push([image, image]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}

/** `count` images from `first` on, beginning again after the last. */
export function nextImages(first: number, count: number, testImages: number): readonly number[] {
  const from = ((first % testImages) + testImages) % testImages;
  const images = Array.from({ length: Math.min(count, testImages) }, (_, i) => (from + i) % testImages);
  return images.sort((a, b) => a - b);
}
