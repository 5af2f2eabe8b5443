import { freeAspect, marginsFor, restStance } from './camera.ts';
import { placeCloseUp } from './close-up.ts';
import type { Stance } from './fit.ts';
import type { Rect } from './panel-contents.ts';
import { type Panel, placeNetwork } from './placement.ts';
import type { LayerPlan } from './plan.ts';
import { placeSheet } from './sheet.ts';

/** How the whole network stands: in space, or flat as a contact sheet. */
export type Layout = 'space' | 'sheet';

/** What is looked at: the whole, a layer, or one of its maps. Layers by name. */
export type Sight =
  | { readonly kind: 'network' }
  | { readonly kind: 'layer'; readonly layer: string }
  | { readonly kind: 'map'; readonly layer: string; readonly map: number };

/** Where everything is to stand; a panel a plan, null for what is away. */
export type Arrangement = {
  readonly panels: readonly (Panel | null)[];
  readonly stance: Stance;
  /** Looked at from the front only: one moves over it rather than around it. */
  readonly isFlat: boolean;
};

/** `kernels`: the plan of the looked-at layer's kernels where they are too many for the whole. `size`: of the view, in CSS pixels. */
export function arrange(
  plans: readonly LayerPlan[],
  kernels: LayerPlan | null,
  layout: Layout,
  sight: Sight,
  { width, height }: { readonly width: number; readonly height: number },
): Arrangement {
  const { left, right, top, bottom } = marginsFor(width, height, true);
  const free = { width: width * (1 - left - right), height: height * (1 - top - bottom) };
  const extra = kernels ? plans.indexOf(kernels) : -1;
  const whole = extra < 0 ? plans : plans.filter((_, i) => i !== extra);
  const layer = sight.kind === 'network' ? -1 : whole.findIndex((plan) => plan.layer === sight.layer);
  if (sight.kind === 'network' || layer < 0) {
    const panels: (Panel | null)[] =
      layout === 'space' ? placeNetwork(whole, freeAspect(width, height)) : placeSheet(whole, free);
    if (extra >= 0) panels.push(null);
    return { panels, stance: layout === 'space' ? restStance : front, isFlat: layout === 'sheet' };
  }
  const map = sight.kind === 'map' ? sight.map : null;
  return { panels: placeCloseUp(plans, layer, extra < 0 ? null : extra, map, free), stance: front, isFlat: true };
}

const front: Stance = { azimuth: 0, elevation: 0 };

/** How long a change of places takes. */
const turnMillis = 420;

/** Moves panels from where they stand to where they are to stand. It reads no clock: every call brings the time, in milliseconds. */
export class Stage {
  #from: readonly (Panel | null)[] = [];
  #to: readonly (Panel | null)[] = [];
  #begunAt = Number.NEGATIVE_INFINITY;

  /** Where everything stands in the end: what is away is null. */
  get panels(): readonly (Panel | null)[] {
    return this.#to;
  }

  arrange(to: readonly (Panel | null)[], now: number, isSmooth: boolean): void {
    this.#from = isSmooth ? this.at(now).map(({ panel, presence }) => (presence > 0 ? panel : null)) : to;
    this.#to = to;
    this.#begunAt = isSmooth ? now : Number.NEGATIVE_INFINITY;
  }

  isMoving(now: number): boolean {
    return now - this.#begunAt < turnMillis;
  }

  /** Where each panel is now, and how much of it is there: what comes and goes does so in its place. */
  at(now: number): { panel: Panel | null; presence: number }[] {
    const passed = Math.min(1, (now - this.#begunAt) / turnMillis);
    const t = passed * passed * (3 - 2 * passed);
    return this.#to.map((to, i) => {
      const from = this.#from[i] ?? null;
      if (passed >= 1 || from === to) return { panel: to, presence: to ? 1 : 0 };
      // What goes is gone before the rest has come; what comes begins then.
      if (!to) return { panel: from, presence: Math.max(0, 1 - 2.5 * passed) };
      if (!from) return { panel: to, presence: Math.max(0, 2 * t - 1) };
      return { panel: between(from, to, t), presence: 1 };
    });
  }
}

function between(a: Panel, b: Panel, t: number): Panel {
  const mixed = (from: number, to: number) => from + t * (to - from);
  const rect = (from: Rect, to: Rect): Rect => {
    if (isAway(from) || isAway(to)) return to;
    return {
      ...to,
      x: mixed(from.x, to.x),
      y: mixed(from.y, to.y),
      width: mixed(from.width, to.width),
      height: mixed(from.height, to.height),
    };
  };
  return {
    ...b,
    x: mixed(a.x, b.x),
    y: mixed(a.y, b.y),
    turn: mixed(a.turn, b.turn),
    width: mixed(a.width, b.width),
    height: mixed(a.height, b.height),
    rects: b.rects.map((to, i) => rect(a.rects[i] ?? to, to)),
    base: rect(a.base, b.base),
    classes: b.classes.map((to, i) => {
      const from = a.classes[i] ?? to;
      return { x: mixed(from.x, to.x), y: mixed(from.y, to.y) };
    }),
  };
}

function isAway({ y }: Rect): boolean {
  return y < -1e4;
}
