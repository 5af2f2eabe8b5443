import type { ActivationFrame } from '../../../shared/contract.ts';
import { frameLayout, type FramePart } from '../../../shared/frame/layout.ts';
import type { NetworkTrace } from '../../../shared/network/shapes.ts';

/** Where a frame has the same part as another view; null if it was not asked for it. */
export function partIn(trace: NetworkTrace, frame: ActivationFrame, { layer, part }: FramePart): FramePart | null {
  const { parts } = frameLayout(trace, frame.view);
  return parts.find((candidate) => candidate.layer === layer && candidate.part === part) ?? null;
}
