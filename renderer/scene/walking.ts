import type { Target } from './picking.ts';
import type { Panel } from './placement.ts';
import type { LayerPlan } from './plan.ts';

/** Ways of the keyboard over what stands in the view. */
export type Walk = 'next' | 'previous' | 'next-layer' | 'previous-layer';

type Step = (plans: readonly LayerPlan[], panels: readonly (Panel | null)[], from: Target | null) => Target | null;

export const steps: Readonly<Record<Walk, Step>> = {
  next: stepping(1, false),
  previous: stepping(-1, false),
  'next-layer': stepping(1, true),
  'previous-layer': stepping(-1, true),
};

/** One quad on, or to the next layer, over all that are to be seen, in their order and around; from nothing, to the first or the last. */
function stepping(by: 1 | -1, isOverLayers: boolean): Step {
  return (plans, panels, from) => {
    const all = plans.flatMap((plan, layer) => {
      if (!panels[layer]) return [];
      return plan.quads.map((_, quad): Target => ({ layer, quad, column: -1, row: -1 }));
    });
    if (all.length === 0) return null;
    const isOneLayer = all.every(({ layer }) => layer === all[0]!.layer);
    let at = from ? all.findIndex(({ layer, quad }) => layer === from.layer && quad === from.quad) : by > 0 ? -1 : 0;
    do at = (at + by + all.length) % all.length;
    while (from && isOverLayers && !isOneLayer && all[at]!.layer === from.layer);
    return all[at]!;
  };
}
