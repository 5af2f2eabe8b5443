import { plane, type Plane } from './plane.ts';

/** Edge detectors by the names that scripts use; 3×3, rows from top to bottom. */
export const edgeKernels = {
  /** Brighter to the right: answers to vertical edges. Sobel and Feldman (1968). */
  'sobel-x': plane(3, 3, [-1, 0, 1, -2, 0, 2, -1, 0, 1]),
  /** Brighter below: answers to horizontal edges. */
  'sobel-y': plane(3, 3, [-1, -2, -1, 0, 0, 0, 1, 2, 1]),
  /** Like `sobel-x` with equal weights. Prewitt (1970). */
  'prewitt-x': plane(3, 3, [-1, 0, 1, -1, 0, 1, -1, 0, 1]),
  /** Second difference in both directions: answers to edges of every direction, on both their sides with opposite sign. */
  laplacian: plane(3, 3, [0, 1, 0, 1, -4, 1, 0, 1, 0]),
} as const satisfies Record<string, Plane>;

export type EdgeKernelId = keyof typeof edgeKernels;
export const edgeKernelIds = Object.keys(edgeKernels) as [EdgeKernelId, ...EdgeKernelId[]];
