import { m } from '../../../messages/compiled/messages.js';
import type { HandKind, HandsOn } from '../../../state/inspector/hands-on.svelte.ts';

const done: Record<HandKind, (words: { filter: number; layer: string }) => string> = {
  mute: m.inspector_done_mute,
  negate: m.inspector_done_negate,
  rotate: m.inspector_done_rotate,
  'flip-horizontal': m.inspector_done_flip,
  'flip-vertical': m.inspector_done_flip,
  swap: m.inspector_done_swap,
  copy: m.inspector_done_copy,
  paint: m.inspector_done_paint,
  restore: m.inspector_done_restore,
};

/** What was done last, or taken back. */
export function handWords({ kind, layer, filter, way }: NonNullable<HandsOn['last']>): string {
  const words = { filter: filter + 1, layer };
  switch (way) {
    case 'done':
      return done[kind](words);
    case 'undone':
      return m.inspector_undone(words);
    case 'redone':
      return m.inspector_redone(words);
    default:
      return way satisfies never;
  }
}
