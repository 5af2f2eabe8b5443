import { describe, expect, it } from 'vitest';
import { plane } from '../../shared/math/plane.ts';
import { type ColourScale, directionScale, imageScale } from './colour-scale.ts';
import { tableFor, tableSteps } from './colour-table.ts';
import { fadePixels, paintImage, paintNumbers } from './paint.ts';

const signed: ColourScale = { ...imageScale, colours: 'automatic', min: -2, max: 2, isSigned: true };
const table = tableFor('automatic', true, 'light');

describe('painting', () => {
  it('gives each number the colour of its place on the scale, and the last colours to what is beyond', () => {
    const pixels = new Uint32Array(6);
    paintNumbers(pixels, plane(1, 6, [-2, 0, 2, -9, 9, 1]), signed, table);
    const last = tableSteps - 1;
    const at = (step: number) => table[step];
    expect([...pixels]).toEqual([0, last / 2, last, 0, last, Math.round(last * 0.75)].map(at));
  });

  it('does not fail on what is no number', () => {
    const pixels = new Uint32Array(1);
    paintNumbers(pixels, plane(1, 1, [Number.NaN]), signed, table);
    expect(pixels[0]).toBe(table[0]);
  });

  it('shows half a turn to the left as half a turn to the right', () => {
    const pixels = new Uint32Array(2);
    paintNumbers(pixels, plane(1, 2, [-Math.PI, Math.PI]), directionScale, tableFor('direction', false, 'light'));
    expect(pixels[0]).toBe(pixels[1]);
  });

  it('shows an image as it is', () => {
    const pixels = new Uint32Array(2);
    paintImage(pixels, [plane(1, 2, [0, 1])]);
    expect([...new Uint8Array(pixels.buffer)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
    paintImage(pixels, [plane(1, 2, [0.2, 2]), plane(1, 2, [0.4, -1]), plane(1, 2, [0.6, 0])]);
    expect([...new Uint8Array(pixels.buffer)]).toEqual([51, 102, 153, 255, 255, 0, 0, 255]);
  });

  it('makes cells fainter where there is less', () => {
    const pixels = Uint32Array.of(0xff010203, 0xff010203, 0xff010203);
    fadePixels(pixels, { by: plane(1, 3, [0, 1, 9]), full: 2 });
    expect([...pixels]).toEqual([0x00010203, 0x7f010203, 0xff010203]);
  });
});
