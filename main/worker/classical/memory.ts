import { ClassicalError } from '../../../shared/classical/classical-error.ts';

const float32 = 4;

/** TensorFlow's features, and the arrays they came in until they are collected. */
const featureCopies = 2;

/** One kernel in TensorFlow's hands, its parts, and one in ours. */
const kernelCopies = 4;

/**
 * Training holds the features of all its images; those of test images come and go a slice at a time.
 * @throws ClassicalError saying how much there is, and what takes less.
 */
export function requireMatrixMemory(images: number, length: number, usable: number): void {
  const bytes = images * (length + 1) * float32 * featureCopies;
  if (bytes <= usable) return;
  throw new ClassicalError(
    `The features of ${images} images, ${length} numbers each, would take ${gigabytes(bytes)} of memory, and there are ${gigabytes(usable)}: take larger cells, fewer words or fewer images`,
  );
}

/**
 * One against one holds the kernel of the two largest classes.
 * @throws ClassicalError saying how much there is, and what takes less.
 */
export function requireKernelMemory(classCounts: readonly number[], usable: number): void {
  const [first = 0, second = 0] = classCounts.toSorted((a, b) => b - a);
  const bytes = (first + second) ** 2 * float32 * kernelCopies;
  if (bytes <= usable) return;
  throw new ClassicalError(
    `The kernel of two classes with ${first + second} images would take ${gigabytes(bytes)} of memory, and there are ${gigabytes(usable)}: take fewer training images, or the linear machine`,
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
