import type { Moment, RunSettings, WatchedImage } from '../../../shared/contract.ts';
import { presets } from '../../../shared/network/presets/index.ts';
import { m } from '../../messages/compiled/messages.js';
import { decimal } from '../../messages/format.ts';
import { ltr } from '../time-machine/moment-words.ts';
import { translated } from '../training/citations.ts';

/** What the network is called, in the window's words. */
export function networkName({ network }: RunSettings): string {
  return translated(presets[network.preset]().title);
}

/** What files of a network's layer are called: the same in every language. */
export function fileStem({ network }: RunSettings, layer: string): string {
  return `${network.preset}-${layer}`;
}

/** What is watched, within a sentence. */
export function imageWords(image: WatchedImage | Moment['image']): string {
  switch (image.source) {
    case 'test':
      return m.export_image_test({ index: ltr(decimal(image.index)) });
    case 'drawn':
      return m.export_image_drawn();
    case 'several':
      return m.export_image_several();
    case 'class':
      return m.export_image_class();
    default:
      return image satisfies never;
  }
}

/** A name of any language in a sentence of another: neither turns the other about. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
