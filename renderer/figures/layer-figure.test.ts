import { afterEach, describe, expect, it } from 'vitest';
import { frameLayout, planeOf } from '../../shared/frame/layout.ts';
import { partOf } from '../../shared/frame/planes.ts';
import { wholeView } from '../../shared/frame/view.ts';
import { presets } from '../../shared/network/presets/index.ts';
import { type NetworkTrace, trace } from '../../shared/network/shapes.ts';
import { overwriteGetLocale } from '../messages/compiled/runtime.js';
import { kernelOrder } from './kernel-order.ts';
import { layerFigure, layerParts } from './layer-figure.ts';

afterEach(() => overwriteGetLocale(() => 'en'));

const lenet = trace(presets['lenet5-1998'].choose({}).network);
const alexnet = trace(presets['alexnet-cifar'].choose({}).network);

/** A frame in which each plane goes from −1 to 1 and is 0 but for its first and last cell. */
function frameOf(network: NetworkTrace) {
  const layout = frameLayout(network);
  const bytes = new Uint8Array(layout.bytes);
  for (const part of layout.parts) {
    for (let plane = 0; plane < part.planes; plane++) {
      new Float32Array(bytes.buffer).set([-1, 1], part.rangesIndex + 2 * plane);
      const cells = planeOf(bytes, part, plane).fill(127);
      cells[0] = 0;
      cells[cells.length - 1] = 255;
    }
  }
  return { type: 'frame', step: 240, view: wholeView, bytes } as const;
}

function figureOf(network: NetworkTrace, layer: string, parts: 'both' | 'kernels' | 'maps' = 'both') {
  return layerFigure({ trace: network, frame: frameOf(network), layer, parts, network: 'LeNet-5', image: 'a drawing' });
}
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '');

describe('the figure of a layer', () => {
  it('shows kernels and maps, or one of them, each with its scale', () => {
    const { title, rows, caption } = figureOf(lenet, 'C3');
    expect(plain(title)).toBe('LeNet-5: C3 after step 240');
    expect(rows.map(({ panels }) => [panels[0]!.title, panels[0]!.note])).toEqual([
      ['Kernels', '96 × 5×5'],
      ['Maps', '16 × 10×10'],
    ]);
    for (const { panels } of rows) {
      const { body } = panels[0]!;
      expect(body.kind === 'picture' && body.scale?.marks.map(({ text }) => text)).toEqual(['−1', '0', '1']);
    }
    expect(caption.join(' ')).toContain('a drawing');
    expect(figureOf(lenet, 'C3', 'maps').rows).toHaveLength(1);
    expect(figureOf(lenet, 'S2').rows.map(({ panels }) => panels[0]!.title)).toEqual(['Maps']);
    expect(figureOf(lenet, 'F6').rows.map(({ panels }) => panels[0]!.title)).toEqual(['Units']);
  });

  it('has a column a filter and a row a channel, and says so', () => {
    const { rows, caption } = figureOf(lenet, 'C3', 'kernels');
    const { body } = rows[0]!.panels[0]!;
    // Sixteen filters beside each other and six channels below each other, a cell between them.
    expect(body).toMatchObject({ kind: 'picture', raster: { width: 16 * 6 - 1, height: 6 * 6 - 1 } });
    expect(caption.join(' ')).toContain('Each column of kernels is a filter');
  });

  it('shows kernels that read an image of three colours in colour', () => {
    expect(kernelOrder(alexnet, 'conv1')).toEqual({ kind: 'colour' });
    const { body, title, note } = figureOf(alexnet, 'conv1', 'kernels').rows[0]!.panels[0]!;
    expect(plain(title)).toContain('red, green and blue');
    const part = partOf(frameLayout(alexnet), 'conv1', 'kernels')!;
    expect(note).toContain(String(part.planes));
    if (body.kind !== 'picture') throw new Error('This panel is no picture');
    expect(body.scale).toBeNull();
    // The first cell of all three planes is the least there is.
    expect([...body.raster.pixels.slice(0, 4)]).toEqual([0, 0, 0, 255]);
  });

  it('has what a frame holds of the layer', () => {
    const frame = frameOf(lenet);
    expect(layerParts({ trace: lenet, frame, layer: 'C1' }).map(({ part }) => part)).toEqual(['kernels', 'maps']);
    expect(layerParts({ trace: lenet, frame, layer: 'input' }).map(({ part }) => part)).toEqual(['input']);
  });

  it('is in the language of the window', () => {
    overwriteGetLocale(() => 'he');
    expect(figureOf(lenet, 'C1')).toMatchObject({ language: 'he', direction: 'rtl' });
    expect(plain(figureOf(lenet, 'C1').title)).toBe('LeNet-5: C1 אחרי צעד 240');
  });
});
