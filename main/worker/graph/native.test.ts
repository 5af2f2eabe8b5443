import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { float32, Graph, int32, type WrittenGraph } from './graph.ts';
import { NativeGraph } from './native.ts';
import { tf } from './testing/run-graph.ts';

/** A variable that is set, and read times a number. */
function written(name = 'kept'): WrittenGraph {
  const graph = new Graph();
  const variable = graph.variable(name, float32, [2]);
  const values = graph.placeholder('values', float32, [2]);
  const assigned = graph.effect('AssignVariableOp', [variable, values], { dtype: { type: float32 } });
  graph.signature('set', { values: { tensor: values, shape: [2] } }, { done: graph.done([assigned]) });
  const factor = graph.placeholder('factor', float32, []);
  const read = graph.op('ReadVariableOp', [variable], { dtype: { type: float32 } });
  const product = graph.op('Mul', [read, factor], { T: { type: float32 } });
  const answer = graph.constant(int32, [], [42]);
  graph.signature(
    'times',
    { factor: { tensor: factor, shape: [] } },
    { product: { tensor: product, shape: [2] }, answer: { tensor: answer, shape: [] } },
  );
  return graph.written();
}

describe('a native graph', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('keeps its variables between calls, and gives its outputs by name', () => {
    const graph = NativeGraph.load(tf, written());
    graph.call('set', { values: Float32Array.of(1, -2) });
    const { product, answer } = graph.call('times', { factor: 3 });
    expect([...product!]).toEqual([3, -6]);
    expect([...answer!]).toEqual([42]);
    graph.dispose();
  });

  it('shares no variables with another of the same bytes', () => {
    const [first, second] = [NativeGraph.load(tf, written()), NativeGraph.load(tf, written())];
    first.call('set', { values: Float32Array.of(1, 1) });
    second.call('set', { values: Float32Array.of(5, 5) });
    expect([...first.call('times', { factor: 1 }).product!]).toEqual([1, 1]);
    first.dispose();
    expect([...second.call('times', { factor: 1 }).product!]).toEqual([5, 5]);
    second.dispose();
  });

  it('lies in memory once, however often the same bytes are loaded', () => {
    const ops = vi.spyOn(tf.backend() as unknown as NodeJSKernelBackend, 'executeMultipleOutputs');
    const fresh = written('kept_otherwise');
    for (let times = 0; times < 3; times += 1) NativeGraph.load(tf, fresh).dispose();
    expect(ops.mock.calls.filter(([op]) => op === 'WriteFile')).toHaveLength(1);
    ops.mockRestore();
  });

  it('is loaded where nothing can be written to the disk, and so is left behind by no process that ends', () => {
    const nowhere = join(tmpdir(), 'convolens-no-such-folder');
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, nowhere);
    expect(tmpdir()).toBe(nowhere);
    const graph = NativeGraph.load(tf, written());
    graph.call('set', { values: Float32Array.of(1, 1) });
    graph.dispose();
    expect(existsSync(nowhere)).toBe(false);
  });

  it('leaves no tensors behind, of calls that fail neither', () => {
    const before = tf.memory().numTensors;
    const graph = NativeGraph.load(tf, written());
    expect(() => graph.call('times', { factor: 2 })).toThrow('Could not find variable kept');
    graph.call('set', { values: Float32Array.of(1, 1) });
    graph.call('times', { factor: 2 });
    graph.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('says which signature or input is not there', () => {
    const graph = NativeGraph.load(tf, written());
    expect(() => graph.call('divide', {})).toThrow('The graph has no signature divide');
    expect(() => graph.call('times', {})).toThrow('times needs factor');
    expect(() => graph.call('times', { factor: 1, base: 2 })).toThrow('times takes no base');
    graph.dispose();
  });

  it('is not made of bytes that TensorFlow cannot read', () => {
    const savedModel = new Uint8Array([255, 255, 255]);
    expect(() => NativeGraph.load(tf, { savedModel, signatures: new Map() })).toThrow(/SavedModel/);
  });
});
