/**
 * The network view: every layer of a network in space or on a sheet, drawn from its frames.
 *
 *     trace ─▶ plan (what is shown) ─▶ placement, sheet, close-up ─▶ stage (where, and on the way) ─┐
 *     frame ─▶ frame-source ─▶ texels, gains ─▶ layer-mesh ─▶ network-layers ─▶ network-scene ─▶ canvas, labels, hits
 *                                                                pace (when, how finely) ─┘
 */
export { createNetworkScene, type NetworkScene } from './network-scene.ts';
export type { ColorScale } from './gains.ts';
export type { SceneLabel } from './labels.ts';
export type { SceneHit } from './picking.ts';
export type { Layout } from './stage.ts';
