import type { Plane, PlaneSummary } from '../../../../shared/math/plane.ts';
import { benchScales } from '../../../colours/bench-scales.ts';
import { type ColourScale, directionScale } from '../../../colours/colour-scale.ts';
import type { Place } from '../../../colours/fitted.ts';
import type { Fade } from '../../../colours/paint.ts';
import { kernelWords } from '../../../figures/words.ts';
import { m } from '../../../messages/compiled/messages.js';
import { decimal } from '../../../messages/format.ts';
import type { BenchView } from '../../../../shared/bench/experiment.ts';
import type { Computed } from '../../../state/bench/bench.svelte.ts';
import { kindNames } from '../pooling/kinds.ts';

type Colouring = Pick<BenchView, 'colours' | 'scale'>;

/** A map as the stage shows it. */
export type ShownMap = {
  /** `kernel-0`, `magnitude`, `direction`, `left`, `right`. */
  readonly id: string;
  /** The kernel that it comes from, if it comes from one. */
  readonly kernel: number | null;
  readonly title: string;
  readonly plane: Plane;
  /** null: smallest, largest and mean say nothing, as of angles. */
  readonly summary: PlaneSummary | null;
  readonly scale: ColourScale;
  readonly fade?: Fade;
  readonly wordsAt?: (cell: Place) => string;
};

/** One map a kernel, and for a gradient its magnitude and its direction. */
export function mapsOf({ experiment, result }: Computed, view: Colouring): ShownMap[] {
  const scales = benchScales(result, experiment.chosen, view);
  const shown = result.maps.map(({ plane, summary }, kernel): ShownMap => ({
    id: `kernel-${kernel}`,
    kernel,
    title: kernelWords(experiment.kernels[kernel]!),
    plane,
    summary,
    scale: scales.maps[kernel]!,
  }));
  if (!result.gradient || !scales.magnitude) return shown;
  const { magnitude, direction } = result.gradient;
  return [
    ...shown,
    {
      id: 'magnitude',
      kernel: null,
      title: m.bench_stage_magnitude(),
      ...magnitude,
      scale: scales.magnitude,
    },
    {
      id: 'direction',
      kernel: null,
      title: m.bench_stage_direction(),
      plane: direction.plane,
      summary: null,
      scale: directionScale,
      // Where there is hardly a gradient, its direction says nothing.
      fade: { by: magnitude.plane, full: scales.magnitude.max / 2 },
      wordsAt: ({ row, column }) => {
        const angle = direction.plane.values[row * direction.plane.width + column] ?? 0;
        return `${decimal((angle * 180) / Math.PI, 0)}°`;
      },
    },
  ];
}

/** A pooled map; null if the window does not fit. */
export function pooledMapOf(
  { experiment, result }: Computed,
  view: Colouring,
  side: 'left' | 'right',
): ShownMap | null {
  const pooled = result[side];
  const { pooled: scale } = benchScales(result, experiment.chosen, view);
  if (!pooled || !scale) return null;
  return {
    id: side,
    kernel: null,
    title: kindNames[pooled.kind].name(),
    plane: pooled.plane,
    summary: pooled.summary,
    scale,
  };
}
