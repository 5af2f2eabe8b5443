import type { BenchKernel, BenchView } from '../../shared/bench/experiment.ts';
import type { Plane } from '../../shared/math/plane.ts';
import { benchScales, type BenchScales } from '../colours/bench-scales.ts';
import { type ColourScale, directionScale } from '../colours/colour-scale.ts';
import { cssOf } from '../colours/colour-table.ts';
import { m } from '../messages/compiled/messages.js';
import { getLocale } from '../messages/compiled/runtime.js';
import { percent, significant } from '../messages/format.ts';
import { cellText } from '../panels/bench/kernel/cell-text.ts';
import { reachOf, weightColours, weightPixel } from '../panels/bench/kernel/kernel-picture.ts';
import type { Computed } from '../state/bench/bench.svelte.ts';
import type { FigureContent, FigurePanel, FigureScale } from './figure-content.ts';
import { figureLegend } from './legend.ts';
import { rasterFromImage, rasterFromMap, rasterFromScale } from './rasters.ts';
import { asTitle, imageWords, kernelWords, ltr, operationWords, poolingWords } from './words.ts';

/** Letters that panels are called by; as many as there can be panels. */
const alphabets = { en: 'abcdefghijklmnopqrstuvwxyz', he: 'אבגדהוזחטיכלמנסעפצקרשת' };

/** What the bench shows as a figure, in the language of the window: image, kernel, maps and both poolings, with all that decided them. */
export function benchFigure(computed: Computed, view: BenchView): FigureContent {
  const letters = new Letters();
  const { experiment, image, result } = computed;
  const scales = mapScales(computed, view);
  const isGradient = result.gradient !== null;
  const shown = isGradient ? experiment.kernels.slice(0, 2) : [experiment.kernels[experiment.chosen]!];

  const input = letters.panel(m.bench_take_figure_input(), {
    note: sizeText(image),
    body: { kind: 'picture', raster: rasterFromImage(image.planes), scale: null },
    lines: [],
  });
  const inputLetter = letters.last;
  // Kernels of three planes get a row of their own, plane beside plane.
  const arePlanes = shown.some(({ channels }) => channels === 3);
  const mapsAbove = arePlanes ? mapPanels(computed, scales, letters) : null;
  const kernels = shown.map((kernel) => kernelPanels(kernel, letters));
  const maps = mapsAbove ?? mapPanels(computed, scales, letters);
  const others = isGradient ? [] : otherMaps(computed, scales, letters);
  const pooled = pooledPanels(computed, scales, letters);

  return {
    language: getLocale(),
    direction: getLocale() === 'he' ? 'rtl' : 'ltr',
    title: figureTitle(computed),
    rows: [
      ...(arePlanes
        ? [{ columns: 3, panels: [input, ...maps.panels] }, ...kernels.map(({ panels }) => ({ columns: 3, panels }))]
        : [{ columns: 3, panels: [input, ...kernels.flatMap(({ panels }) => panels), ...maps.panels] }]),
      { columns: 4, panels: others },
      { columns: 3, panels: pooled.panels },
    ],
    caption: [
      [
        m.bench_take_caption_input({
          letters: inputLetter,
          name: imageWords(experiment.image),
          size: ltr(sizeText(image)),
          colour: image.planes.length === 1 ? m.bench_take_caption_grey() : m.bench_take_caption_rgb(),
        }),
        operationWords(experiment, kernels.map(({ words }) => words).join(', ')),
        ...maps.words,
      ].join(' '),
      ...(pooled.words.length > 0 ? [pooled.words.join(' ')] : []),
      ...(scales.words.length > 0 ? [scales.words.join(' ')] : []),
    ],
    source: m.bench_take_made_with(),
  };
}

/** The figure in a few words, for its head and for the name of its file. */
export function figureTitle({ experiment, result }: Pick<Computed, 'experiment' | 'result'>): string {
  const { kernels, chosen, pooling } = experiment;
  const kernel = result.gradient
    ? `${kernelWords(kernels[0]!)}, ${kernelWords(kernels[1]!)}`
    : kernelWords(kernels[chosen]!);
  if (!result.left || !result.right) return asTitle(m.bench_take_figure_title_map({ kernel }));
  const [left, right] = [poolingWords[pooling.left](), poolingWords[pooling.right]()];
  return asTitle(m.bench_take_figure_title({ kernel, left, right }));
}

// ---- panels ----

/** A kernel as numbers, in one panel or in one for each channel of the image; and what a sentence calls it. */
function kernelPanels(
  kernel: BenchKernel,
  letters: Letters,
): { readonly panels: FigurePanel[]; readonly words: string } {
  const { height, width, channels, weights } = kernel;
  const reach = reachOf(weights);
  const colours = weightColours('light');
  const channelWords = [m.bench_take_figure_red, m.bench_take_figure_green, m.bench_take_figure_blue];
  const first = letters.next;
  const panels = Array.from({ length: channels }, (_, channel) => {
    const title = channels === 1 ? kernelTitle(kernel) : `${kernelTitle(kernel)}, ${channelWords[channel]!()}`;
    const own = weights.filter((_weight, i) => i % channels === channel);
    const cells = own.map((weight) => {
      const pixel = weightPixel(weight, reach, colours);
      return { text: cellText(weight, width > 7 ? 5 : 6), fill: cssOf(pixel), ink: inkOn(pixel) };
    });
    return letters.panel(title, { note: sizeText(kernel), body: { kind: 'kernel', height, width, cells }, lines: [] });
  });
  return { panels, words: `${kernelWords(kernel)} ${channels === 1 ? first : `${first}–${letters.last}`}` };
}

function kernelTitle(kernel: BenchKernel): string {
  const name = kernelWords(kernel);
  return kernel.origin.kind === 'own' ? asTitle(name) : m.bench_take_figure_kernel({ name });
}

function mapPanels(
  { result, experiment }: Computed,
  scales: MapScales,
  letters: Letters,
): { readonly panels: FigurePanel[]; readonly words: string[] } {
  const scale = scales.pooledFrom;
  if (!scale) return { panels: [], words: [] };
  if (result.gradient) {
    const { magnitude, direction } = result.gradient;
    const panels = [
      mapPanel(m.bench_take_figure_magnitude(), magnitude.plane, scale, letters),
      mapPanel(m.bench_take_figure_direction(), direction.plane, directionScale, letters),
    ];
    const words = m.bench_take_caption_gradient({ magnitude: letters.before(1), direction: letters.last });
    return { panels, words: [words] };
  }
  const map = result.maps[experiment.chosen];
  if (!map) return { panels: [], words: [] };
  return { panels: [mapPanel(m.bench_take_figure_map(), map.plane, scale, letters)], words: [] };
}

/** The maps of the kernels that are not the chosen one, small, with their numbers on the bench. */
function otherMaps({ experiment, result }: Computed, scales: MapScales, letters: Letters): FigurePanel[] {
  return result.maps.flatMap(({ plane }, i) => {
    if (i === experiment.chosen) return [];
    const title = `${i + 1}. ${asTitle(kernelWords(experiment.kernels[i]!))}`;
    return [mapPanel(title, plane, scales.maps[i]!, letters)];
  });
}

function pooledPanels(
  { experiment, result }: Computed,
  scales: MapScales,
  letters: Letters,
): { readonly panels: FigurePanel[]; readonly words: string[] } {
  const { left, right, difference } = result;
  const { pooling } = experiment;
  if (!left || !right || !difference || !scales.pooled || !scales.difference) {
    return { panels: [], words: [] };
  }
  const numbers = ({ keptEnergy, edgeContrast }: typeof left): FigurePanel['lines'] => [
    { name: m.bench_pooling_energy(), number: percent(keptEnergy) },
    { name: m.bench_pooling_contrast(), number: percent(edgeContrast) },
  ];
  const leftWords = poolingWords[pooling.left]();
  const rightWords = poolingWords[pooling.right]();
  const leftPanel = { ...mapPanel(asTitle(leftWords), left.plane, scales.pooled, letters), lines: numbers(left) };
  const leftLetter = letters.last;
  const rightPanel = { ...mapPanel(asTitle(rightWords), right.plane, scales.pooled, letters), lines: numbers(right) };
  const rightLetter = letters.last;
  const differencePanel = mapPanel(
    `${m.bench_pooling_difference()} ${leftLetter} − ${rightLetter}`,
    difference.plane,
    scales.difference,
    letters,
  );
  const kinds = [pooling.left, pooling.right];
  return {
    panels: [leftPanel, rightPanel, differencePanel],
    words: [
      asTitle(
        m.bench_take_caption_pooling({
          left: leftWords,
          leftLetter,
          right: rightWords,
          rightLetter,
          window: ltr(`${pooling.size}×${pooling.size}`),
          stride: ltr(String(pooling.stride)),
          differenceLetter: letters.last,
        }),
      ),
      ...(kinds.includes('subsampling')
        ? [
            m.bench_take_caption_subsampling({
              coefficient: ltr(significant(pooling.coefficient, 4)),
              bias: ltr(significant(pooling.bias, 4)),
            }),
          ]
        : []),
      ...(kinds.includes('stochastic') ? [m.bench_take_caption_stochastic({ seed: ltr(String(pooling.seed)) })] : []),
    ],
  };
}

function mapPanel(title: string, plane: Plane, scale: ColourScale, letters: Letters): FigurePanel {
  return letters.panel(title, {
    note: sizeText(plane),
    body: { kind: 'picture', raster: rasterFromMap(plane, scale), scale: legend(scale) },
    lines: [],
  });
}

// ---- colours ----

/** The scales that all has on the screen. */
type MapScales = Omit<BenchScales, 'magnitude'> & {
  /** What a reader must know about them. */
  readonly words: readonly string[];
};

function mapScales({ experiment, result }: Computed, view: BenchView): MapScales {
  const scales = benchScales(result, experiment.chosen, view);
  const { maps, pooledFrom, pooled, difference } = scales;
  const seen = [...(result.gradient ? [] : maps), pooledFrom, pooled, difference].filter((scale) => scale !== null);
  return {
    ...scales,
    words: [
      ...(!result.gradient && maps.length > 1 && view.scale === 'shared' ? [m.bench_take_caption_shared()] : []),
      ...(pooled ? [m.bench_take_caption_pooled_scale()] : []),
      ...(seen.some(({ isCutBelow, isCutAbove }) => isCutBelow || isCutAbove) ? [m.bench_take_caption_beyond()] : []),
    ],
  };
}

function legend(scale: ColourScale): FigureScale {
  return { colours: rasterFromScale(scale), marks: figureLegend(scale) };
}

/** Black or white, whichever can be read on a colour (its relative luminance, WCAG 2.2). */
function inkOn(pixel: number): string {
  const [red, green, blue] = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255].map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! > 0.179 ? '#000000' : '#ffffff';
}

// ---- words ----

/** Hands out a letter to each panel, in order, so that a caption can speak of it in any language and direction. */
class Letters {
  #next = 0;

  panel(title: string, panel: Omit<FigurePanel, 'title'>): FigurePanel {
    this.#next += 1;
    return { title: `${this.last} ${title}`, ...panel };
  }

  /** The last one that was handed out. */
  get last(): string {
    return this.before(0);
  }

  get next(): string {
    return this.before(-1);
  }

  before(count: number): string {
    return `(${alphabets[getLocale()][this.#next - 1 - count] ?? String(this.#next - count)})`;
  }
}

function sizeText({ height, width }: { readonly height: number; readonly width: number }): string {
  return `${width}×${height}`;
}
