import { describe, expect, it } from 'vitest';
import { centred, Drawing } from './drawing.ts';

describe('a drawing', () => {
  it('is black until something is painted', () => {
    expect(new Drawing(28).pixels()).toEqual(new Uint8Array(784));
  });

  it('is white in the middle of a stroke and soft at its rim', () => {
    const drawing = new Drawing(28);
    drawing.stroke(14.5, 5, 14.5, 23);
    const row = drawing.cells.slice(14 * 28, 15 * 28);
    expect(row[14]).toBe(1);
    expect(row[13]).toBeGreaterThan(0);
    expect(row[13]).toBeLessThan(1);
    expect(row[11]).toBe(0);
  });

  it('leaves no gaps in a fast stroke', () => {
    const drawing = new Drawing(28);
    drawing.stroke(2.5, 2.5, 25.5, 25.5);
    for (let i = 2; i <= 25; i++) expect(drawing.cells[i * 28 + i]).toBeGreaterThan(0.9);
  });

  it('undoes a stroke, and the clearing of the pad', () => {
    const drawing = new Drawing(28);
    drawing.begin();
    drawing.dab(5, 5);
    const painted = drawing.cells.slice();
    drawing.clear();
    expect(drawing.isEmpty).toBe(true);
    drawing.undo();
    expect(drawing.cells).toEqual(painted);
    drawing.undo();
    expect(drawing.isEmpty).toBe(true);
    expect(drawing.canUndo).toBe(false);
  });

  it('is painted with a wider pen where one is wanted, up to the edges', () => {
    const drawing = new Drawing(16, 3);
    drawing.dab(0, 8);
    const inked = [...drawing.bytes()].flatMap((byte, at) =>
      byte > 0 ? [[at % 16, Math.floor(at / 16)] as const] : [],
    );
    // Cells whose middle is less than three and a half from (0, 8).
    expect(Math.max(...inked.map(([column]) => column))).toBe(2);
    expect(Math.min(...inked.map(([, row]) => row))).toBe(5);
    expect(Math.max(...inked.map(([, row]) => row))).toBe(10);
  });

  it('becomes another picture, which nothing leads back from', () => {
    const drawing = new Drawing(2);
    drawing.begin();
    drawing.dab(1, 1);
    drawing.become([0, 0.2, 0.4, 1]);
    expect([...drawing.bytes()]).toEqual([0, 51, 102, 255]);
    expect(drawing.canUndo).toBe(false);
    drawing.become();
    expect(drawing.isEmpty).toBe(true);
  });

  it('is shown to the network with its centre of mass in the middle', () => {
    const drawing = new Drawing(28);
    drawing.stroke(4, 3, 4, 9);
    const pixels = drawing.pixels();
    let [mass, x, y] = [0, 0, 0];
    pixels.forEach((value, at) => {
      mass += value;
      x += value * ((at % 28) + 0.5);
      y += value * (Math.floor(at / 28) + 0.5);
    });
    expect(Math.abs(x / mass - 14)).toBeLessThanOrEqual(0.51);
    expect(Math.abs(y / mass - 14)).toBeLessThanOrEqual(0.51);
  });

  it('keeps all its ink when it is centred', () => {
    const cells = new Float32Array(16);
    cells.set([1, 0.5], 0);
    const moved = centred(cells, 4);
    expect(moved.reduce((sum, cell) => sum + cell)).toBe(1.5);
    expect(moved[1 * 4 + 1] || moved[2 * 4 + 1]).toBe(1);
  });
});
