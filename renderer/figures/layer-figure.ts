import { frameLayout } from '../../shared/frame/layout.ts';
import { partOf, planeNumbers } from '../../shared/frame/planes.ts';
import type { FramePart } from '../../shared/frame/layout.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';
import type { ActivationFrame } from '../../shared/contract.ts';
import { type ColourScale, scaleFor } from '../colours/colour-scale.ts';
import { tableFor } from '../colours/colour-table.ts';
import { fittingMosaic, mosaicOf, paintColourMosaic, paintMosaic } from '../colours/mosaic.ts';
import { m } from '../messages/compiled/messages.js';
import { getLocale } from '../messages/compiled/runtime.js';
import { decimal, significant } from '../messages/format.ts';
import type { FigureContent, FigurePanel } from './figure-content.ts';
import { type KernelOrder, kernelOrder } from './kernel-order.ts';
import { figureLegend } from './legend.ts';
import { rasterFromScale } from './rasters.ts';
import { ltr } from './words.ts';

/** What is drawn of a layer. */
export type LayerFigure = {
  readonly trace: NetworkTrace;
  /** As it is shown: live, or a kept moment. */
  readonly frame: ActivationFrame;
  readonly layer: string;
  readonly parts: 'both' | 'kernels' | 'maps';
  /** What the network is called, and what is watched, in the window's words. */
  readonly network: string;
  readonly image: string;
};

/** A room of this shape is filled by a row of planes: a figure is no taller than its panels need. */
const room = { height: 320, width: 688 };

/** The parts of a layer that a frame holds. */
export function layerParts({
  trace,
  frame,
  layer,
}: Pick<LayerFigure, 'trace' | 'frame' | 'layer'>): readonly FramePart[] {
  const layout = frameLayout(trace, frame.view);
  return (['input', 'kernels', 'maps'] as const).flatMap((part) => partOf(layout, layer, part) ?? []);
}

/** A layer as a figure: its kernels, its maps, each with one scale for all its planes, and after which step. */
export function layerFigure(choice: LayerFigure): FigureContent {
  const { trace, frame, layer, parts, network, image } = choice;
  const shown = layerParts(choice).filter(({ part }) => parts === 'both' || part === parts || part === 'input');
  const order = kernelOrder(trace, layer);
  const hasKernels = shown.some(({ part }) => part === 'kernels');
  const panels = shown.map((part) => partPanel(part, frame.bytes, part.part === 'kernels' ? order : { kind: 'plain' }));
  return {
    language: getLocale(),
    direction: getLocale() === 'he' ? 'rtl' : 'ltr',
    title: m.export_figure_title({ network, layer: layerName(layer), step: ltr(decimal(frame.step)) }),
    rows: panels.map((panel) => ({ columns: 1, panels: [panel] })),
    caption: [
      [
        m.export_caption_image({ image }),
        ...(shown.some(({ part }) => part === 'maps') ? [mapsWords(frame)] : []),
        ...(hasKernels ? [kernelsWords(frame)] : []),
        ...(hasKernels && order.kind === 'table' ? [m.export_caption_table()] : []),
        m.export_caption_scale(),
      ].join(' '),
    ],
    source: m.bench_take_made_with(),
  };
}

export function layerName(layer: string): string {
  if (layer === 'input') return m.input();
  return layer === 'output' ? m.output() : ltr(layer);
}

function mapsWords({ view }: ActivationFrame): string {
  const words = {
    outputs: m.export_caption_outputs,
    sums: m.export_caption_sums,
    gradients: m.export_caption_map_gradients,
  };
  return words[view.maps]();
}

function kernelsWords({ view }: ActivationFrame): string {
  const words = { weights: m.export_caption_weights, gradients: m.export_caption_kernel_gradients };
  return words[view.kernels]();
}

function partPanel(part: FramePart, bytes: Uint8Array, order: KernelOrder): FigurePanel {
  const planes = Array.from({ length: part.planes }, (_, plane) => planeNumbers(bytes, part, plane));
  const scale: ColourScale = scaleFor(planes, { colours: part.part === 'kernels' ? 'blue-orange' : 'automatic' });
  const isColour = order.kind === 'colour';
  const mosaic =
    order.kind === 'table'
      ? mosaicOf(planes.length, part, order.filters)
      : fittingMosaic(isColour ? planes.length / 3 : planes.length, part, room);
  const pixels = new Uint8ClampedArray(mosaic.height * mosaic.width * 4);
  const cells = new Uint32Array(pixels.buffer);
  // Figures are for paper: what lies between the planes is its white.
  if (isColour) paintColourMosaic(cells, mosaic, planes, scale.max, 0xffffffff);
  else paintMosaic(cells, mosaic, planes, scale, tableFor(scale.colours, scale.isSigned, 'light'), 0xffffffff);
  return {
    title: isColour ? m.export_figure_colour({ reach: ltr(significant(scale.max)) }) : partTitle(part),
    note: `${part.planes} × ${part.height}×${part.width}`,
    body: {
      kind: 'picture',
      raster: { height: mosaic.height, width: mosaic.width, pixels },
      scale: isColour ? null : { colours: rasterFromScale(scale), marks: figureLegend(scale) },
    },
    lines: [],
  };
}

function partTitle({ part, planes, height }: FramePart): string {
  if (part === 'input') return m.input();
  if (part === 'kernels') return m.time_kernels();
  return planes === 1 && height === 1 ? m.export_figure_units() : m.time_maps();
}
