import { allParts, areaOf, bySize, frameParts, type FrameShape } from '../../../shared/frame/layout.ts';
import type { FrameView } from '../../../shared/frame/view.ts';
import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import { activationOf } from './layers/activation.ts';

/** What can be looked at, and how far: what frames show but for gradients, by far the most often; or everything. */
export const scopes = ['frames', 'everything'] as const;
export type Scope = (typeof scopes)[number];

/** All that a look of this scope can give, in the order in which it does. */
export function piecesOf(trace: NetworkTrace, scope: Scope): readonly FrameShape[] {
  return bySize(scope === 'frames' ? frameParts(trace) : allParts(trace));
}

/** The cells of the planes that there are, from few to many: planes of one size are packed together. */
export function areasOf(pieces: readonly FrameShape[]): readonly number[] {
  return [...new Set(pieces.map(areaOf))];
}

/** What of a piece is wanted. Input and scores, and layers without an activation, have but one kind of number beside gradients. */
export const wantedCodes = { nothing: 0, values: 1, sums: 2, gradients: 3 } as const satisfies Record<string, number>;

/** What a look is fed to give some pieces and no others. */
export type Wanted = {
  /** The narrowest that has them. */
  readonly scope: Scope;
  /** A code of `wantedCodes` for each piece. */
  readonly wanted: Int32Array;
  /** Planes of each of `areasOf`. */
  readonly planes: Int32Array;
  /** The first layer of which a gradient is wanted: no further does it go back. As many as there are layers for none. */
  readonly lowest: number;
};

/**
 * What gives these parts of the network.
 *
 * @param parts in any order.
 * @param of what of their maps and kernels.
 */
export function wantedFor(
  trace: NetworkTrace,
  parts: readonly Pick<FrameShape, 'layer' | 'part'>[],
  of: Pick<FrameView, 'maps' | 'kernels'>,
): Wanted {
  const names = new Set(parts.map(nameOf));
  const isInFrames = [...names].every((name) => frameParts(trace).some((part) => nameOf(part) === name));
  const scope = isInFrames && of.maps !== 'gradients' && of.kernels !== 'gradients' ? 'frames' : 'everything';
  const pieces = piecesOf(trace, scope);
  const areas = areasOf(pieces);
  const wanted = new Int32Array(pieces.length);
  const planes = new Int32Array(areas.length);
  let lowest = trace.layers.length;
  const layers = new Map(trace.layers.map((layer) => [layer.spec.name, layer]));
  for (const [index, piece] of pieces.entries()) {
    if (!names.has(nameOf(piece))) continue;
    const layer = layers.get(piece.layer);
    const code = layer ? codeOf(piece, activationOf(layer.spec) !== 'none', of) : wantedCodes.values;
    wanted[index] = code;
    const area = areas.indexOf(areaOf(piece));
    planes[area] = planes[area]! + piece.planes;
    if (code === wantedCodes.gradients) lowest = Math.min(lowest, layer!.index);
  }
  return { scope, wanted, planes, lowest };
}

function codeOf(
  { part }: FrameShape,
  hasActivation: boolean,
  { maps, kernels }: Pick<FrameView, 'maps' | 'kernels'>,
): number {
  switch (part) {
    case 'input':
    case 'scores':
      return wantedCodes.values;
    case 'kernels':
      return kernels === 'gradients' ? wantedCodes.gradients : wantedCodes.values;
    case 'maps':
      if (maps === 'gradients') return wantedCodes.gradients;
      return maps === 'sums' && hasActivation ? wantedCodes.sums : wantedCodes.values;
    default:
      return part satisfies never;
  }
}

function nameOf({ layer, part }: Pick<FrameShape, 'layer' | 'part'>): string {
  return `${part} ${layer}`;
}
