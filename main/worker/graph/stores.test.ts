import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../../shared/tensor/shape.ts';
import { loadTensorFlow } from '../tensorflow.ts';
import { Arithmetic } from './arithmetic.ts';
import { float32, Graph, int32, type Type } from './graph.ts';
import { NativeGraph } from './native.ts';
import { rowsOf, Stores } from './stores.ts';
import { Dice } from './testing/dice.ts';

const { tf } = loadTensorFlow('cpu');
const dice = new Dice();

/** Tensors that share a variable, and two that are large enough for one of their own; an axis of 11 leaves rows unaligned. */
const mixed = [[3, 3, 2, 5], [7], [64, 8, 11, 48], [512, 512], [2, 11]];

/** Stores of these shapes in a graph of their own, filled with random numbers. */
function filled(shapes: readonly (readonly number[])[]) {
  const graph = new Graph();
  const math = new Arithmetic(graph);
  const stores = new Stores(math, 'stores', shapes);
  const input = (name: string, type: Type, shape: number[]) => ({
    tensor: graph.placeholder(name, type, shape),
    shape,
  });
  const named = Object.fromEntries(
    shapes.map((shape, index) => [`t${index}`, input(`t${index}`, float32, [...shape])]),
  );
  const all = Object.values(named).map(({ tensor }) => tensor);
  graph.signature('fill', named, { done: graph.done(stores.assign(all)) });
  const tensors = Object.fromEntries(
    stores.read().map((tensor, index) => [`t${index}`, { tensor, shape: shapes[index]! }]),
  );
  graph.signature('all', {}, tensors);
  const variables = stores.variables.length;
  const [columns, column] = [input('columns', int32, []), input('column', int32, [])];
  const [begins, ends, numbers] = [
    input('begins', int32, [variables]),
    input('ends', int32, [variables]),
    input('numbers', float32, [-1]),
  ];
  graph.signature(
    'read',
    { begins, ends, columns, column },
    {
      numbers: {
        tensor: stores.readRows(begins.tensor, ends.tensor, columns.tensor, column.tensor),
        shape: [-1],
      },
    },
  );
  graph.signature(
    'write',
    { begins, ends, numbers },
    { done: graph.done(stores.assignRows(begins.tensor, ends.tensor, numbers.tensor)) },
  );
  const native = NativeGraph.load(tf, graph.written());
  const given = shapes.map((shape) => dice.numbers(sizeOf(shape)));
  native.call(
    'fill',
    Object.fromEntries(given.map((values, index) => [`t${index}`, { values, shape: shapes[index]! }])),
  );
  return {
    given,
    read: (index: number, columns = 1, column = 0) =>
      native.call('read', { ...rowsOf(shapes, index), columns, column }).numbers as Float32Array,
    write: (index: number, numbers: Float32Array) => native.call('write', { ...rowsOf(shapes, index), numbers }),
    all: () => {
      const tensors = native.call('all', {});
      return shapes.map((_, index) => tensors[`t${index}`] as Float32Array);
    },
    dispose: () => native.dispose(),
  };
}

/** Bit for bit: Vitest's own comparison takes seconds for half a million numbers. */
function isSame(a: Float32Array, b: Float32Array): boolean {
  return Buffer.from(a.buffer).equals(Buffer.from(b.buffer));
}

describe(`stores (seed ${dice.seed})`, () => {
  it.each([
    ['side by side and apart', mixed],
    ['one alone, and so in its own shape', [[3, 3, 1, 4]]],
  ])('read and write each tensor by its rows, and no other: %s', (_, shapes) => {
    const { given, read, write, all, dispose } = filled(shapes);
    const expected = [...given];
    for (const [index, shape] of shapes.entries()) {
      expect(isSame(read(index), given[index]!)).toBe(true);
      expected[index] = dice.numbers(sizeOf(shape));
      write(index, expected[index]);
      expect(all().map((tensor, place) => isSame(tensor, expected[place]!))).toEqual(shapes.map(() => true));
    }
    dispose();
  });

  it('read one column of a tensor’s last axis, wherever it stands', () => {
    const { given, read, dispose } = filled(mixed);
    for (const [index, shape] of mixed.entries()) {
      const columns = shape.at(-1)!;
      for (const column of new Set([0, columns - 1])) {
        const expected = given[index]!.filter((_, at) => at % columns === column);
        expect(isSame(read(index, columns, column), expected)).toBe(true);
      }
    }
    dispose();
  });
});
