import type { PixelRect } from '../../shared/network/receptive-field.ts';
import type { ColorScale, Layout } from '../scene/index.ts';

/** How the network is shown. Kept while the window is open, whatever screen one looks at meanwhile. */
export class StageState {
  layout = $state<Layout>('space');
  colourScale = $state<ColorScale>('layer');
  /** The part of the image that the unit sees which is pointed at or selected. */
  field = $state.raw<PixelRect | null>(null);
}
