/// <reference lib="dom" />
/* global document, requestAnimationFrame, devicePixelRatio */
// The page of the scene's bench: one contender at a time on one canvas of 1280×800 CSS pixels. It answers what `run` of ../../scene.mjs asks.
import { createNetworkScene } from '../../../../renderer/scene/index.ts';
import { planNetwork } from '../../../../renderer/scene/plan.ts';
import { presets } from '../../../../shared/network/presets/index.ts';
import { trace } from '../../../../shared/network/shapes.ts';
import { movingFrames } from './frames.mjs';
import { createNaiveScene } from './naive-scene.mjs';

const [width, height] = [1280, 800];
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
/** @param {number} millis */
const delay = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/**
 * One contender with its network shown.
 *
 * @typedef {{ update: (seconds: number) => Promise<number>, orbit: (seconds: number) => Promise<number>, dispose: () => void }} Contender
 */

/** @param {import('../../../../shared/network/shapes.ts').NetworkTrace} network @param {Uint8Array[]} frames */
async function lab(network, frames) {
  const canvas = document.body.appendChild(document.createElement('canvas'));
  const scene = createNetworkScene(canvas, { theme: 'dark' });
  scene.setSize(width, height, devicePixelRatio);
  scene.setNetwork(network);
  let at = 0;
  const drawn = () =>
    new Promise((resolve) => {
      const stop = scene.onDrawn(() => {
        stop();
        resolve(undefined);
      });
    });
  const hand = () => scene.setFrame(frames[at++ % frames.length]);
  const show = () => {
    const shown = drawn();
    hand();
    return shown;
  };
  const atRest = async () => {
    let draws = -1;
    while (draws !== scene.stats().draws) {
      draws = scene.stats().draws;
      await delay(400);
    }
  };
  await show();
  return {
    /** Draws a second, each of another frame: as in the app two are on the way, and each that is drawn lets the next one come. */
    async update(/** @type {number} */ seconds) {
      const begun = performance.now();
      const { draws } = scene.stats();
      const stop = scene.onDrawn(hand);
      hand();
      // The second comes while the first is being drawn: none is ever handed over in vain.
      await nextFrame();
      hand();
      await delay(seconds * 1000);
      stop();
      const passed = performance.now() - begun;
      const drawnFrames = scene.stats().draws - draws;
      await drawn();
      return (drawnFrames * 1000) / passed;
    },
    /** Draws a second while the camera goes to and fro. */
    async orbit(/** @type {number} */ seconds) {
      const begun = performance.now();
      const { draws } = scene.stats();
      while (performance.now() - begun < seconds * 1000) {
        scene.orbit(0.01 * Math.cos((performance.now() - begun) / 500), 0);
        await nextFrame();
      }
      return ((scene.stats().draws - draws) * 1000) / (performance.now() - begun);
    },
    /** Milliseconds from handing a frame over, with everything at rest before, until the display frame after its last pixel. */
    async latency() {
      await atRest();
      const begun = performance.now();
      await show();
      await nextFrame();
      return performance.now() - begun;
    },
    /** Draws in two seconds in which nothing happens, and the resolution that is left standing. */
    async idle() {
      await atRest();
      const { draws, scale } = scene.stats();
      await delay(2000);
      return { draws: scene.stats().draws - draws, scale };
    },
    stats: () => scene.stats(),
    dispose() {
      scene.dispose();
      canvas.remove();
    },
  };
}

/** @param {import('../../../../shared/network/shapes.ts').NetworkTrace} network @param {Uint8Array[]} frames */
async function naive(network, frames) {
  const canvas = document.body.appendChild(document.createElement('canvas'));
  const scene = createNaiveScene(canvas, network, width, height);
  let at = 0;
  await scene.update(frames[at++]);
  return {
    async update(/** @type {number} */ seconds) {
      const begun = performance.now();
      let count = 0;
      while (count === 0 || performance.now() - begun < seconds * 1000) {
        await nextFrame();
        await scene.update(frames[at++ % frames.length]);
        count += 1;
      }
      return (count * 1000) / (performance.now() - begun);
    },
    async orbit(/** @type {number} */ seconds) {
      const begun = performance.now();
      let count = 0;
      while (count === 0 || performance.now() - begun < seconds * 1000) {
        await nextFrame();
        await scene.orbit(0.3 * Math.sin((performance.now() - begun) / 500));
        count += 1;
      }
      return (count * 1000) / (performance.now() - begun);
    },
    dispose() {
      scene.dispose();
      canvas.remove();
    },
  };
}

const contenders = { lab, naive };
/** @type {Map<string, any>} */
const standing = new Map();

Object.assign(globalThis, {
  sceneBench: {
    /**
     * Makes a contender ready; it stands until `dispose`.
     *
     * @param {'lab' | 'naive'} contender
     * @param {'alexnet' | 'lenet5-textbook'} preset
     */
    async setUp(contender, preset) {
      const network = trace(presets[preset]());
      standing.set(contender, await contenders[contender](network, movingFrames(network, 4)));
      const quads = planNetwork(network).flatMap((plan) => plan.quads);
      const convolutions = new Set(
        network.layers.filter(({ spec }) => spec.kind === 'conv').map(({ spec }) => spec.name),
      );
      return {
        pictures: quads.length,
        maps: quads.filter(({ section, part }) => section === 'maps' && convolutions.has(part.layer)).length,
      };
    },
    /** @param {string} contender @param {'update' | 'orbit' | 'latency' | 'idle' | 'stats'} what @param {number} seconds */
    measure: (contender, what, seconds) => standing.get(contender)[what](seconds),
    /** @param {string} contender */
    dispose(contender) {
      standing.get(contender)?.dispose();
      standing.delete(contender);
    },
  },
});
document.documentElement.dataset.ready = 'true';
