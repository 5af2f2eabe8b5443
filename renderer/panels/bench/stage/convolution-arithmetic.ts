import type { BenchImage } from '../../../../shared/bench/compute.ts';
import type { Experiment } from '../../../../shared/bench/experiment.ts';
import { windowTerms } from '../../../../shared/bench/window-terms.ts';
import { type ColourScale, imageScale } from '../../../colours/colour-scale.ts';
import type { Place } from '../../../colours/fitted.ts';
import type { Arithmetic, WindowChannel } from '../../../controls/window-arithmetic/arithmetic.ts';

const channelTints = ['red', 'green', 'blue'] as const;
const channelNames = ['R', 'G', 'B'];

/** How a cell of a kernel's map comes about. */
export function convolutionArithmetic(
  experiment: Experiment,
  image: BenchImage,
  kernelIndex: number,
  { row, column }: Place,
): Arithmetic {
  const kernel = experiment.kernels[kernelIndex]!;
  const { terms, channelSums, sum, bias, biased, activated } = windowTerms(experiment, image, kernelIndex, row, column);
  const isColour = image.planes.length > 1;
  const channels = channelSums.map((channelSum, channel): WindowChannel => {
    const own = terms.filter((term) => term.channel === channel);
    return {
      name: channelNames[channel] ?? '',
      tint: isColour ? (channelTints[channel] ?? 'none') : 'none',
      values: own.map(({ value }) => value),
      weights: own.map(({ weight }) => weight),
      products: own.map(({ product }) => product),
      outside: own.map(({ isOutside }) => isOutside),
      sum: channelSum,
    };
  });
  return {
    height: kernel.height,
    width: kernel.width,
    channels,
    sum,
    bias,
    biased,
    activated,
    scales: scalesOf(experiment, kernelIndex),
  };
}

/** The scales that serve all windows of a map: no window's numbers are beyond them. */
function scalesOf({ kernels, operation }: Experiment, kernelIndex: number): Arithmetic['scales'] {
  const { weights } = kernels[kernelIndex]!;
  const reach = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0) || 1;
  const padding = operation.padMode === 'value' && operation.padding !== 'valid' ? operation.padValue : 0;
  const largestValue = Math.max(1, Math.abs(padding));
  const isSigned = weights.some((weight) => weight < 0);
  return {
    values: { ...imageScale, min: Math.min(0, padding), max: Math.max(1, padding) },
    weights: around(reach, isSigned),
    products: around(reach * largestValue, isSigned || padding < 0),
  };
}

function around(reach: number, isSigned: boolean): ColourScale {
  return { ...imageScale, colours: 'automatic', min: isSigned ? -reach : 0, max: reach, isSigned };
}
