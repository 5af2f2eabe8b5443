import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { initialExperiment, initialView } from '../../../../shared/bench/initial.ts';
import { Bench } from '../../../state/bench/bench.svelte.ts';
import type { Story } from './story.ts';
import { Storyteller } from './storyteller.svelte.ts';

const story: Story = {
  id: 'overlap',
  title: () => 'Overlap',
  experiment: { ...initialExperiment, pooling: { ...initialExperiment.pooling, size: 2, stride: 2 } },
  view: { ...initialView, colours: 'grey' },
  steps: [
    { say: () => 'Side by side' },
    { say: () => 'Overlapping', pooling: { size: 3 }, view: { pooledPicture: 'winners' } },
    { say: () => 'The end', pooling: { size: 3 } },
  ],
};

let bench: Bench;
let storyteller: Storyteller;
beforeEach(() => {
  // Nobody starts it: nothing is loaded, nothing is computed.
  const never = () => new Promise<never>(() => undefined);
  bench = new Bench(
    { compute: never, measure: never, giveUpMeasuring: () => undefined },
    { decode: never, loadSample: never, openCamera: never },
  );
  storyteller = new Storyteller(bench);
});

describe('a story', () => {
  it('sets the whole bench when it is opened, as one step of undo', () => {
    bench.editOperation({ bias: 5 });
    const before = bench.experiment;
    storyteller.open(story);
    expect(bench.experiment).toEqual(story.experiment);
    expect(bench.view).toEqual(story.view);
    expect(storyteller.step).toBe(story.steps[0]);
    bench.undo();
    expect(bench.experiment).toBe(before);
  });

  it('goes forth and back, and the bench with it', () => {
    storyteller.open(story);
    storyteller.next();
    expect(bench.experiment.pooling).toMatchObject({ size: 3, stride: 2 });
    expect(bench.view).toMatchObject({ pooledPicture: 'winners', colours: 'grey' });
    storyteller.next();
    expect(bench.view.pooledPicture).toBe('pooled');
    expect(storyteller.hasNext).toBe(false);
    storyteller.next();
    expect(storyteller.index).toBe(2);
    storyteller.back();
    storyteller.back();
    storyteller.back();
    expect(storyteller.index).toBe(0);
    expect(bench.experiment).toEqual(story.experiment);
    expect(bench.view).toEqual(story.view);
  });

  it('leaves alone, from one step to the next, what someone has changed meanwhile', () => {
    storyteller.open(story);
    bench.editOperation({ bias: 5 });
    storyteller.next();
    expect(bench.experiment.operation.bias).toBe(5);
    expect(bench.experiment.pooling.size).toBe(3);
  });

  it('knows when something was changed, and can put it right', () => {
    storyteller.open(story);
    storyteller.next();
    flushSync();
    expect(storyteller.isAltered).toBe(false);
    bench.editPooling({ left: 'l2' });
    expect(storyteller.isAltered).toBe(true);
    storyteller.restore();
    expect(storyteller.isAltered).toBe(false);
    expect(bench.experiment.pooling).toMatchObject({ left: 'max', size: 3 });
  });

  it('leaves the bench as it is when it is closed', () => {
    storyteller.open(story);
    storyteller.next();
    const { experiment, view } = bench;
    storyteller.close();
    expect(storyteller.story).toBeNull();
    expect(bench.experiment).toBe(experiment);
    expect(bench.view).toBe(view);
  });
});
