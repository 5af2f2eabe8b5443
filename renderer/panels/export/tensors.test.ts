import { describe, expect, it } from 'vitest';
import { presets } from '../../../shared/network/presets/index.ts';
import { trace } from '../../../shared/network/shapes.ts';
import { LearnedError } from '../../state/requests.ts';
import { idOf, readTensors, tensorChoices } from './tensors.ts';

const lenet = trace(presets['lenet5-1998'].choose({}).network);
const image = { source: 'test', index: 0 } as const;

/** A network that answers after these steps, one an answer; the last again and again. */
function learned(steps: readonly number[], hasWeights = true) {
  let asked = 0;
  const answer = (size: number) => {
    const step = steps[Math.min(asked, steps.length - 1)]!;
    asked += 1;
    return { step, shape: [size], values: new Float32Array(size).fill(step) };
  };
  return {
    asked: () => asked,
    layers: [
      { name: 'C1', shape: [5, 5, 1, 6], connections: null },
      { name: 'C3', shape: [5, 5, 6, 16], connections: null },
    ],
    readKernels: () => Promise.resolve(answer(4)),
    readActivations: () => Promise.resolve(answer(3)),
    readWeights: () => {
      if (!hasWeights) return Promise.reject(new LearnedError('no-weights', 'A pool has none'));
      const { step, ...tensor } = answer(2);
      return Promise.resolve({
        step,
        tensors: [
          { name: 'kernel', ...tensor },
          { name: 'bias', ...tensor },
        ],
      });
    },
  };
}

describe('the tensors of a layer', () => {
  it('are what it gives, its sums and gradients, its weights, and all of it together', () => {
    expect(tensorChoices(lenet, 'C1').map(idOf)).toEqual([
      'C1.outputs',
      'C1.sums',
      'C1.gradients',
      'C1.kernel',
      'C1.bias',
      'C1',
      'kernels',
    ]);
    expect(tensorChoices(lenet, 'input').map(idOf)).toEqual(['input.outputs', 'kernels']);
    expect(tensorChoices(lenet, 'C1')[3]).toMatchObject({ shape: [5, 5, 1, 6] });
  });

  it('are read one, or several of one step', async () => {
    const one = { kind: 'weights', layer: 'C1', name: 'bias', shape: [6] } as const;
    expect((await readTensors(one, learned([7]), image)).arrays.map(({ name }) => name)).toEqual(['bias']);
    const { step, arrays } = await readTensors({ kind: 'layer', layer: 'C1' }, learned([7]), image);
    expect(step).toBe(7);
    expect(arrays.map(({ name }) => name)).toEqual(['kernel', 'bias', 'outputs', 'sums']);
    const kernels = await readTensors({ kind: 'kernels' }, learned([7]), image);
    expect(kernels.arrays.map(({ name }) => name)).toEqual(['C1', 'C3']);
  });

  it('are read again where the network learned in between', async () => {
    const source = learned([7, 8, 8, 9]);
    const { step, arrays } = await readTensors({ kind: 'layer', layer: 'C1' }, source, image);
    expect(step).toBe(9);
    expect(source.asked()).toBe(6);
    expect(arrays.every(({ values }) => values.every((value) => value === 9))).toBe(true);
  });

  it('are refused where it learns too fast', async () => {
    const steps = Array.from({ length: 20 }, (_, step) => step);
    await expect(readTensors({ kind: 'kernels' }, learned(steps), image)).rejects.toThrow(
      'The network learned while its tensors were read',
    );
  });

  it('have no weights where the layer has none, and no other trouble is hidden', async () => {
    const pool = await readTensors({ kind: 'layer', layer: 'S2' }, learned([7], false), image);
    expect(pool.arrays.map(({ name }) => name)).toEqual(['outputs', 'sums']);
    const gone = { ...learned([7]), readWeights: () => Promise.reject(new LearnedError('worker-gone', 'It is gone')) };
    await expect(readTensors({ kind: 'layer', layer: 'C1' }, gone, image)).rejects.toThrow('It is gone');
  });
});
