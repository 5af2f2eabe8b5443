import type uPlot from 'uplot';
import type { Sensitivity } from '../../../workers/bench-messages.ts';
import { createPlot, plainAxis, type Plot, themeColour } from '../../../controls/plot.ts';
import { decimal } from '../../../messages/format.ts';

/** Relative changes over pixels moved: left, right, not pooled. */
export function createShiftPlot(host: HTMLElement): Plot {
  const axis = plainAxis(host);
  const series = (token: string, dash?: number[]): uPlot.Series => ({
    stroke: () => themeColour(host, token),
    width: 1.75,
    ...(dash && { dash }),
    points: { show: true, size: 5, width: 0, fill: () => themeColour(host, token) },
  });
  return createPlot(host, {
    scales: {
      x: { time: false, range: (_, __, max) => [0, max || 1] },
      y: { range: (_, __, max) => [0, Number.isFinite(max) && max > 0 ? max * 1.06 : 1] },
    },
    axes: [
      { ...axis, size: 20, space: 18, incrs: [1, 2, 4], values: (_, splits) => splits.map((value) => decimal(value)) },
      { ...axis, size: 40, space: 24, values: (_, splits) => splits.map((value) => `${decimal(value * 100)} %`) },
    ],
    series: [{}, series('--curve-ink', [4, 3]), series('--curve-left'), series('--curve-right')],
  });
}

/** [pixels, not pooled, left, right]. */
export function shiftData({ left, right, unpooled }: Sensitivity): uPlot.AlignedData {
  return [unpooled.map((_, pixels) => pixels), [...unpooled], [...left], [...right]];
}
