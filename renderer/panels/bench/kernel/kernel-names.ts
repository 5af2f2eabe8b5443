import type { BenchKernel, KernelPresetId } from '../../../../shared/bench/experiment.ts';
import { m } from '../../../messages/compiled/messages.js';
import { decimal } from '../../../messages/format.ts';

type Words = { readonly name: () => string; readonly about: () => string };

/** People's names and abbreviations are written alike in all languages. */
export const presetWords: Readonly<Record<KernelPresetId, Words>> = {
  'sobel-x': { name: m.kernel_sobel_x, about: m.bench_kernel_about_sobel_x },
  'sobel-y': { name: m.kernel_sobel_y, about: m.bench_kernel_about_sobel_y },
  'prewitt-x': { name: () => 'Prewitt x', about: m.bench_kernel_about_prewitt },
  'prewitt-y': { name: () => 'Prewitt y', about: m.bench_kernel_about_prewitt },
  'scharr-x': { name: () => 'Scharr x', about: m.bench_kernel_about_scharr },
  'scharr-y': { name: () => 'Scharr y', about: m.bench_kernel_about_scharr },
  'roberts-x': { name: () => 'Roberts x', about: m.bench_kernel_about_roberts },
  'roberts-y': { name: () => 'Roberts y', about: m.bench_kernel_about_roberts },
  laplacian: { name: m.bench_kernel_laplacian, about: m.bench_kernel_about_laplacian },
  'laplacian-8': { name: m.bench_kernel_laplacian_8, about: m.bench_kernel_about_laplacian_8 },
  log: { name: () => 'LoG', about: m.bench_kernel_about_log },
  sharpen: { name: m.bench_kernel_sharpen, about: m.bench_kernel_about_sharpen },
  emboss: { name: m.bench_kernel_emboss, about: m.bench_kernel_about_emboss },
  box: { name: m.bench_kernel_box, about: m.bench_kernel_about_box },
  gaussian: { name: m.bench_kernel_gaussian, about: m.bench_kernel_about_gaussian },
  gabor: { name: () => 'Gabor', about: m.bench_kernel_about_gabor },
  identity: { name: m.bench_kernel_identity, about: m.bench_kernel_about_identity },
  random: { name: m.bench_kernel_random, about: m.bench_kernel_about_random },
};

/** What a kernel is called. */
export function kernelName({ origin }: Pick<BenchKernel, 'origin'>): string {
  switch (origin.kind) {
    case 'preset':
      return presetWords[origin.id].name();
    case 'own':
      return m.bench_kernel_own();
    case 'learned':
      return m.bench_kernel_learned_name({ layer: origin.layer, filter: decimal(origin.filter + 1) });
    default:
      return origin satisfies never;
  }
}

/** One sentence about it. */
export function kernelAbout({ origin }: Pick<BenchKernel, 'origin'>): string {
  switch (origin.kind) {
    case 'preset':
      return presetWords[origin.id].about();
    case 'own':
      return m.bench_kernel_about_own();
    case 'learned':
      return origin.channel === null
        ? m.bench_kernel_about_learned_all({
            layer: origin.layer,
            filter: decimal(origin.filter + 1),
            step: decimal(origin.step),
          })
        : m.bench_kernel_about_learned({
            layer: origin.layer,
            filter: decimal(origin.filter + 1),
            channel: decimal(origin.channel + 1),
            step: decimal(origin.step),
          });
    default:
      return origin satisfies never;
  }
}
