import uPlot from 'uplot';
import { createPlot, plainAxis, type Plot, themeColour } from '../../controls/plot.ts';
import { decimal } from '../../messages/format.ts';

type Scale = {
  readonly range: uPlot.Range.Function;
  readonly format: (value: number) => string;
};

export const lossScale: Scale = {
  range: (_, __, max) => [0, Number.isFinite(max) && max > 0 ? max * 1.06 : 2.5],
  format: (value) => decimal(value, 1),
};

/** Accuracies are all near the top soon: the lower end follows the worst point, in steps, so that the last per cents show. */
export const accuracyScale: Scale = {
  range: (_, min) => [!Number.isFinite(min) || min < 0.5 ? 0 : min < 0.9 ? 0.5 : 0.9, 1.005],
  format: (value) => decimal(value * 100),
};

/**
 * Joins the two curves on one axis of epochs: [x, training, test].
 * @param columns step, loss, accuracy. @param column which of them is drawn.
 */
export function curveData(
  training: readonly (readonly number[])[],
  testing: readonly (readonly number[])[],
  column: 1 | 2,
  stepsPerEpoch: number,
): uPlot.AlignedData {
  if (stepsPerEpoch === 0) return [[], [], []];
  const epochs = (series: readonly (readonly number[])[]) => series[0]!.map((step) => step / stepsPerEpoch);
  return uPlot.join([
    [epochs(training), [...training[column]!]],
    [epochs(testing), [...testing[column]!]],
  ]);
}

/** No line stands between two epochs. */
const wholeEpochs = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** A chart of one quantity over epochs, in training and on the test set. */
export function createCurve(host: HTMLElement, scale: Scale): Plot {
  const colour = (token: string) => themeColour(host, token);
  const axis = plainAxis(host);
  return createPlot(host, {
    scales: { x: { time: false, range: (_, __, max) => [0, Math.max(1, max || 0)] }, y: { range: scale.range } },
    axes: [
      {
        ...axis,
        size: 20,
        space: 40,
        incrs: wholeEpochs,
        values: (_, splits) => splits.map((value) => decimal(value)),
      },
      { ...axis, size: 32, space: 22, values: (_, splits) => splits.map(scale.format) },
    ],
    series: [
      {},
      { stroke: () => colour('--curve-train'), width: 1.5, spanGaps: true, points: { show: false } },
      {
        stroke: () => colour('--curve-test'),
        width: 1.5,
        spanGaps: true,
        points: { show: true, size: 6, width: 0, fill: () => colour('--curve-test') },
      },
    ],
  });
}
