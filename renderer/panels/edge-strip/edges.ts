import { correlate } from '../../../shared/math/correlate.ts';
import { edgeKernels, type EdgeKernelId } from '../../../shared/math/kernels.ts';
import { mapPlane, type Plane, type PlaneSummary, summarise } from '../../../shared/math/plane.ts';
import { pool } from '../../../shared/math/pool.ts';

/** What is done to each number of the correlation: negative ones set to zero, their sign dropped, or nothing. */
export const responses = ['relu', 'absolute', 'signed'] as const;
export type Response = (typeof responses)[number];

export const windowSizes = [2, 3, 4] as const;

export type EdgeChoice = { readonly kernel: EdgeKernelId; readonly response: Response; readonly window: number };

/** A map with what is said under it. */
export type EdgeMap = {
  readonly plane: Plane;
  readonly summary: PlaneSummary;
  /** How far the strongest edge stands above the map's mean, as a share of the same in the feature map. */
  readonly contrastKept: number;
};

export type Edges = {
  readonly feature: EdgeMap;
  readonly max: EdgeMap;
  readonly average: EdgeMap;
  /** The number that the strongest colour stands for, in all three maps. */
  readonly top: number;
};

const respond: Record<Response, (value: number) => number> = {
  relu: (value) => Math.max(0, value),
  absolute: Math.abs,
  signed: (value) => value,
};

/** Photograph → feature map → the two poolings of it. */
export function findEdges(photograph: Plane, { kernel, response, window }: EdgeChoice): Edges {
  const plane = mapPlane(correlate(photograph, edgeKernels[kernel]), respond[response]);
  const summary = summarise(plane);
  const contrast = summary.max - summary.mean;
  function pooled(method: 'max' | 'average'): EdgeMap {
    const map = pool(plane, { method, size: window });
    const said = summarise(map);
    return { plane: map, summary: said, contrastKept: contrast === 0 ? 0 : (said.max - said.mean) / contrast };
  }
  return {
    feature: { plane, summary, contrastKept: 1 },
    max: pooled('max'),
    average: pooled('average'),
    top: topOf(plane),
  };
}

/** Share of a map's cells that may be stronger than the strongest colour: few edges are far stronger than all the rest. */
const shareBeyond = 0.01;

function topOf({ values }: Plane): number {
  const sizes = values.map(Math.abs).sort();
  return sizes[Math.floor((sizes.length - 1) * (1 - shareBeyond))] || 1;
}
