/**
 * The network view: every layer of a network in space, drawn from its frames.
 *
 *     trace ─▶ plan (what is shown) ─▶ placement (where) ─┐
 *     frame ─▶ texels, gains ────────────────────────────▶ layer-mesh ─▶ network-scene ─▶ canvas, labels, hits
 *                                            pace (when, how finely) ─┘
 */
export { createNetworkScene, type NetworkScene } from './network-scene.ts';
export type { SceneLabel } from './labels.ts';
export type { SceneHit } from './picking.ts';
