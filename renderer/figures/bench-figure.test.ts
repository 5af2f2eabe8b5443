import { afterEach, describe, expect, it } from 'vitest';
import { compute } from '../../shared/bench/compute.ts';
import type { BenchKernel, Experiment } from '../../shared/bench/experiment.ts';
import { initialExperiment, initialView } from '../../shared/bench/initial.ts';
import { plane } from '../../shared/math/plane.ts';
import { overwriteGetLocale } from '../messages/compiled/runtime.js';
import { benchFigure, figureTitle } from './bench-figure.ts';
import type { FigurePanel } from './figure-content.ts';

afterEach(() => overwriteGetLocale(() => 'en'));

/** Dark on the left, light on the right, brighter from row to row; as many planes as it has channels. */
function imageOf(channels: number) {
  const values = Array.from({ length: 12 * 16 }, (_, i) => (i % 16 < 8 ? 0.1 : 0.7) + Math.floor(i / 16) / 100);
  return { height: 12, width: 16, planes: Array.from({ length: channels }, () => plane(12, 16, values)) };
}

function computed(change: Partial<Experiment> = {}, channels = 1) {
  const experiment = { ...initialExperiment, ...change };
  const image = imageOf(channels);
  return { experiment, image, result: compute(experiment, image) };
}

function figureOf(change: Partial<Experiment> = {}, view = initialView, channels = 1) {
  const { rows, ...rest } = benchFigure(computed(change, channels), view);
  return { rows, panels: rows.flatMap(({ panels }) => panels), ...rest };
}

const sobelX = initialExperiment.kernels[0]!;
const own = (weights: number[], channels: 1 | 3 = 1): BenchKernel => ({
  origin: { kind: 'own' },
  height: 1,
  width: weights.length / channels,
  channels,
  weights,
});
const titles = (panels: readonly FigurePanel[]) => panels.map(({ title }) => title.replace(/[\u2066-\u2069]/g, ''));
const written = (text: string) => text.replace(/[\u2066-\u2069]/g, '').replace(/\u00A0/g, ' ');
const picture = (panel: FigurePanel | undefined) => {
  if (panel?.body.kind !== 'picture') throw new Error('This panel is no picture');
  return panel.body;
};
/** The colour of the cell at (row, column), red, green, blue and alpha. */
const colourAt = (panel: FigurePanel | undefined, row: number, column: number): number[] => {
  const { width, pixels } = picture(panel).raster;
  return [...pixels.slice((row * width + column) * 4, (row * width + column) * 4 + 4)];
};

describe('the figure of the bench', () => {
  it('shows input, kernel, map, both poolings and their difference, a letter each', () => {
    const { panels, rows } = figureOf();
    expect(rows.map((row) => row.panels.length)).toEqual([3, 0, 3]);
    expect(titles(panels)).toEqual([
      '(a) Input',
      '(b) Kernel: Sobel x',
      '(c) Feature map',
      '(d) Max pooling',
      '(e) Average pooling',
      '(f) Difference (d) − (e)',
    ]);
    expect(panels.map(({ note }) => note)).toEqual(['16×12', '3×3', '14×10', '4×3', '4×3', '4×3']);
  });

  it('writes the weights of the kernel as they are', () => {
    const [, kernel] = figureOf({ kernels: [own([0.125, -1 / 3, 2e-7])] }).panels;
    expect(kernel?.body).toMatchObject({
      kind: 'kernel',
      height: 1,
      width: 3,
      cells: [{ text: '0.125' }, { text: '−0.333' }, { text: '2e−7' }],
    });
  });

  it('writes a kernel of three planes plane by plane', () => {
    const weights = [1, 2, 3, 4, 5, 6];
    const { panels, rows, caption } = figureOf({ kernels: [own(weights, 3)], colour: 'rgb' }, initialView, 3);
    expect(rows.map((row) => row.panels.length)).toEqual([2, 3, 0, 3]);
    expect(written(caption.join(' '))).toContain('Cross-correlation with custom kernel (c)–(e): stride 1');
    const kernels = panels.filter(({ body }) => body.kind === 'kernel');
    const texts = kernels.map(({ body }) => (body.kind === 'kernel' ? body.cells.map(({ text }) => text) : []));
    expect(texts).toEqual([
      ['1', '4'],
      ['2', '5'],
      ['3', '6'],
    ]);
    expect(titles(kernels).map((title) => title.split(', ')[1])).toEqual(['red', 'green', 'blue']);
  });

  it('paints the image in its own greys', () => {
    const [input] = figureOf().panels;
    expect(colourAt(input, 0, 0)).toEqual([26, 26, 26, 255]);
    expect(colourAt(input, 11, 15)).toEqual([207, 207, 207, 255]);
  });

  it('paints a map by its numbers: the colours of its scale’s ends for the largest and for none', () => {
    const { panels } = figureOf();
    const { scale } = picture(panels[2]);
    const ends = scale?.colours.pixels ?? new Uint8ClampedArray();
    // The edge lies between columns 7 and 8 of the image: cells 6 and 7 of the map see it, cell 0 does not.
    expect(colourAt(panels[2], 0, 6)).toEqual([...ends.slice(-4)]);
    expect(colourAt(panels[2], 0, 0)).toEqual([...ends.slice(0, 4)]);
    expect(scale?.marks.map(({ text }) => text)).toEqual(['0', '2.4']);
  });

  it('gives signed maps a scale around zero', () => {
    const operation = { ...initialExperiment.operation, activation: 'none' as const };
    const { panels } = figureOf({ operation });
    expect(picture(panels[2]).scale?.marks).toEqual([
      { at: 0, text: '0' },
      { at: 1, text: '2.4' },
    ]);
    const reversed = { ...sobelX, weights: sobelX.weights.map((weight) => -weight) };
    expect(picture(figureOf({ operation, kernels: [reversed] }).panels[2]).scale?.marks).toEqual([
      { at: 0, text: '−2.4' },
      { at: 0.5, text: '0' },
      { at: 1, text: '2.4' },
    ]);
  });

  it('gives both poolings one scale', () => {
    const { panels } = figureOf();
    expect(picture(panels[3]).scale?.marks).toEqual(picture(panels[4]).scale?.marks);
  });

  it('says all that decided the numbers', () => {
    const caption = written(figureOf().caption.join(' '));
    for (const words of [
      'Felice Beato',
      '16×12 pixels, grey',
      'Cross-correlation with Sobel x (b): stride 1, padding none (“valid”), dilation 1, bias 0, activation: absolute value.',
      'Max pooling (d) and average pooling (e) over windows of 3×3, stride 3; (f) is their difference.',
    ]) {
      expect(caption).toContain(words);
    }
  });

  it('names what departs from the plain operation', () => {
    const operation = {
      stride: 2,
      padding: 3,
      padMode: 'value',
      padValue: -0.5,
      dilation: 2,
      bias: 0.25,
      activation: 'relu',
      sense: 'convolution',
    } as const;
    const pooling = {
      ...initialExperiment.pooling,
      left: 'stochastic',
      right: 'subsampling',
      size: 2,
      stride: 1,
    } as const;
    const caption = written(figureOf({ operation, pooling }).caption.join(' '));
    for (const words of [
      'True convolution (kernel turned by 180°) with Sobel x (b): stride 2, padding 3 (filled with −0.5), dilation 2, bias 0.25, activation: ReLU.',
      'Stochastic pooling (d) and trainable subsampling (e) over windows of 2×2, stride 1',
      'Trainable subsampling has the coefficient 0.25 and the bias 0.',
      'Stochastic pooling draws with the seed 1.',
    ]) {
      expect(caption).toContain(words);
    }
  });

  it('shows magnitude and direction where two kernels give a gradient', () => {
    const sobelY: BenchKernel = { ...sobelX, origin: { kind: 'preset', id: 'sobel-y' } };
    const figure = figureOf({ kernels: [sobelX, sobelY], together: 'gradient' });
    expect(titles(figure.panels).slice(0, 5)).toEqual([
      '(a) Input',
      '(b) Kernel: Sobel x',
      '(c) Kernel: Sobel y',
      '(d) Magnitude',
      '(e) Direction',
    ]);
    expect(picture(figure.panels[4]).scale?.marks.map(({ text }) => text)).toEqual(['−π', '0', 'π']);
    expect(figure.caption.join(' ')).toContain('Magnitude (d) and direction (e)');
  });

  it('shows the maps of the other kernels, too, where there are several', () => {
    const { rows } = figureOf({ kernels: [sobelX, own([1]), own([0.5, 0.5])], chosen: 1 });
    expect(rows[1]?.panels.map(({ title }) => written(title))).toEqual(['(d) 1. Sobel x', '(e) 3. Custom kernel']);
    expect(rows[1]?.columns).toBe(4);
    expect(titles(rows[0]?.panels ?? [])[1]).toBe('(b) Custom kernel');
  });

  it('has what there is where a kernel or a window does not fit', () => {
    const tooLarge = own(Array.from({ length: 17 }, () => 1));
    expect(titles(figureOf({ kernels: [tooLarge] }).panels).length).toBe(2);
    const pooling = { ...initialExperiment.pooling, size: 16 };
    expect(titles(figureOf({ pooling }).panels).length).toBe(3);
    expect(written(figureTitle(computed({ pooling })))).toBe('Sobel x');
  });

  it('is in the language of the window', () => {
    overwriteGetLocale(() => 'he');
    const figure = figureOf();
    expect(figure).toMatchObject({ language: 'he', direction: 'rtl' });
    expect(written(figure.title)).toBe('Sobel x: איגום מקסימום ואיגום ממוצע');
    expect(titles(figure.panels)[5]).toBe('(ו) הפרש (ד) − (ה)');
    // A size within a Hebrew sentence keeps its direction.
    expect(figure.caption[0]).toContain('\u206616×12\u2069');
  });
});
