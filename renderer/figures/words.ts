import type {
  BenchActivation,
  BenchKernel,
  Experiment,
  ImageSource,
  Operation,
  PoolingKind,
  SampleId,
} from '../../shared/bench/experiment.ts';
import { m } from '../messages/compiled/messages.js';
import { significant } from '../messages/format.ts';
import { kernelName } from '../panels/bench/kernel/kernel-names.ts';

/** What is read from the left, whatever stands around it: a formula, a size, a number. It is not broken into lines. */
export function ltr(text: string): string {
  return `\u2066${text.replaceAll(' ', '\u00A0')}\u2069`;
}

/** A name of any language in a sentence of another: neither turns the other about. */
function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

/** What a kernel is called in a sentence. */
export function kernelWords(kernel: BenchKernel): string {
  return kernel.origin.kind === 'own' ? m.bench_take_figure_own_kernel() : isolated(kernelName(kernel));
}

export const poolingWords: Record<PoolingKind, () => string> = {
  max: m.bench_take_figure_max,
  average: m.bench_take_figure_average,
  l2: m.bench_take_figure_l2,
  stochastic: m.bench_take_figure_stochastic,
  subsampling: m.bench_take_figure_subsampling,
  strided: m.bench_take_figure_strided,
};

const activationWords: Record<BenchActivation, () => string> = {
  none: m.bench_take_caption_activation_none,
  relu: m.activation_relu,
  logistic: m.bench_take_caption_activation_logistic,
  tanh: m.activation_tanh,
  abs: m.bench_take_caption_activation_abs,
};

const sampleWords: Record<SampleId, () => string> = {
  boats: m.bench_take_image_boats,
  astronaut: m.bench_take_image_astronaut,
  coffee: m.bench_take_image_coffee,
  cat: m.bench_take_image_cat,
  bricks: m.bench_take_image_bricks,
  digits: m.bench_take_image_digits,
};

/** Begins with a capital letter, where the language has them. */
export function asTitle(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What an image is, with whoever made it, as a caption must have it. */
export function imageWords(image: ImageSource): string {
  if (image.source === 'sample') return sampleWords[image.id]();
  switch (image.origin) {
    case 'file':
      return isolated(image.name);
    case 'dataset':
      return m.bench_take_image_dataset({ name: isolated(image.name) });
    case 'paste':
      return m.bench_take_image_paste();
    case 'camera':
      return m.bench_take_image_camera();
    case 'drawing':
      return m.bench_take_image_drawing();
    default:
      return image.origin satisfies never;
  }
}

/** All that decides the feature map, in one sentence. `kernels`: their names and letters. */
export function operationWords({ operation }: Experiment, kernels: string): string {
  const { stride, dilation, bias, activation, sense } = operation;
  return m.bench_take_caption_operation({
    sense: sense === 'correlation' ? m.bench_take_caption_correlation() : m.bench_take_caption_convolution(),
    kernels,
    stride: ltr(String(stride)),
    padding: paddingWords(operation),
    dilation: ltr(String(dilation)),
    bias: ltr(significant(bias, 4)),
    activation: activationWords[activation](),
  });
}

function paddingWords({ padding, padMode, padValue }: Operation): string {
  if (padding === 'valid') return m.bench_take_caption_valid();
  const modes = {
    zero: m.bench_take_caption_mode_zero,
    reflect: m.bench_take_caption_mode_reflect,
    edge: m.bench_take_caption_mode_edge,
    value: () => m.bench_take_caption_mode_value({ value: ltr(significant(padValue, 4)) }),
  };
  const mode = modes[padMode]();
  return padding === 'same' ? m.bench_take_caption_same({ mode }) : `${ltr(String(padding))} (${mode})`;
}
