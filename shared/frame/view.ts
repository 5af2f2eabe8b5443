/** What is shown of a layer's maps: see `frameViewSchema` in the contract. */
export const mapViews = ['outputs', 'sums', 'gradients'] as const;
export type MapView = (typeof mapViews)[number];

/** What is shown of its kernels. */
export const kernelViews = ['weights', 'gradients'] as const;
export type KernelView = (typeof kernelViews)[number];

/** What of a network a frame holds. */
export type FrameView = {
  /** By name, in any order; null for all. */
  readonly layers: readonly string[] | null;
  readonly maps: MapView;
  readonly kernels: KernelView;
};

/** All layers, what they give and what they have learned. */
export const wholeView: FrameView = { layers: null, maps: 'outputs', kernels: 'weights' };
