import { describe, expect, it } from 'vitest';
import { defaultSettings, settingsFor } from '../../shared/defaults.ts';
import type { RunPhase, WorkerEvent } from '../../shared/contract.ts';
import { RunState } from './run.svelte.ts';

function configured(): WorkerEvent {
  return {
    type: 'configured',
    settings: defaultSettings,
    trainImages: 60_000,
    testImages: 10_000,
    stepsPerEpoch: 469,
    skipped: [],
  };
}

function stepped(step: number): WorkerEvent {
  return {
    type: 'stepped',
    step,
    loss: 0.5,
    accuracy: 0.9,
    imagesPerSecond: 20_000,
    epoch: Math.floor((step - 1) / 469),
    secondsLeftInEpoch: 1,
    secondsLeft: 9,
  };
}

function ready(): RunState {
  const run = new RunState();
  run.receive(configured());
  run.receive({ type: 'phase', phase: 'ready' });
  return run;
}

describe('the run', () => {
  it('counts epochs from one, and none before the first step', () => {
    const run = ready();
    expect([run.epoch, run.epochProgress]).toEqual([0, 0]);
    run.receive(stepped(1));
    expect(run.epoch).toBe(1);
    run.receive(stepped(469));
    expect([run.epoch, run.epochProgress]).toEqual([1, 1]);
    run.receive(stepped(470));
    expect(run.epoch).toBe(2);
  });

  it.each<[RunPhase, boolean, boolean, boolean, boolean, boolean]>([
    // phase, train, pause, step, stop, locked
    ['empty', false, false, false, false, false],
    ['preparing', true, false, false, false, false],
    ['ready', true, false, true, false, false],
    ['training', false, true, false, true, true],
    ['paused', true, false, true, true, true],
    ['finished', true, false, false, true, false],
  ])('offers what can be done when it is %s', (phase, train, pause, step, stop, locked) => {
    const run = ready();
    run.receive({ type: 'phase', phase });
    expect([run.canTrain, run.canPause, run.canStep, run.canStop, run.locked]).toEqual([
      train,
      pause,
      step,
      stop,
      locked,
    ]);
  });

  it('forgets its curves and numbers when the weights are fresh again', () => {
    const run = ready();
    run.receive(stepped(23));
    expect(run.training.length).toBe(1);
    run.receive({ type: 'phase', phase: 'ready' });
    expect([run.training.length, run.step, run.latest]).toEqual([0, 0, null]);
  });

  it('knows that weights were written by hand until they are fresh again, to which it can go back', () => {
    const run = ready();
    expect([run.edited, run.canStop]).toEqual([false, false]);
    run.receive({ type: 'kernel-written', request: 1, layer: 'C1', filter: 0, channel: null, step: 0 });
    expect([run.edited, run.canStop]).toEqual([true, true]);
    run.receive(stepped(1));
    expect(run.edited).toBe(true);
    run.receive({ type: 'phase', phase: 'ready' });
    expect([run.edited, run.canStop]).toEqual([false, false]);
  });

  it('knows the chosen network’s shapes', () => {
    const run = ready();
    run.setSwitches({ pooling: 'max', activation: 'relu' });
    expect(run.trace.parameters).toBe(61_706);
    expect(run.settings.network).toEqual({
      preset: 'lenet5-textbook',
      switches: { activation: 'relu', pooling: 'max' },
    });
  });

  it('takes another network as published', () => {
    const run = ready();
    run.setSwitches({ pooling: 'max' });
    run.choosePreset('lenet1');
    expect(run.settings.network).toEqual({ preset: 'lenet1', switches: {} });
    expect(run.trace.parameters).toBe(2_578);
    run.choosePreset('lenet5-textbook');
    expect(run.settings.network.switches).toEqual({ activation: 'logistic', pooling: 'average' });
  });

  it('lets hyper-parameters that nobody has touched follow the recipe', () => {
    const run = new RunState();
    run.setSwitches({ activation: 'relu' });
    expect(run.settings).toEqual(settingsFor({ preset: 'lenet5-textbook', switches: { activation: 'relu' } }));
    run.choosePreset('lenet1');
    expect(run.settings).toEqual(settingsFor({ preset: 'lenet1', switches: {} }));
  });

  it('keeps a learning rate that was typed, whatever the activation', () => {
    const run = new RunState();
    run.setHyperParameters({ learningRate: 0.3 });
    run.setSwitches({ activation: 'relu' });
    expect(run.settings.hyperParameters.learningRate).toBe(0.3);
  });
});
