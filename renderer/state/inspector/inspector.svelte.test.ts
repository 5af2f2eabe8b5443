import { describe, expect, it } from 'vitest';
import type { Command, LayerStatistics, WorkerEvent } from '../../../shared/contract.ts';
import { Focus } from '../focus.svelte.ts';
import { Learned } from '../learned.svelte.ts';
import { RunState } from '../run.svelte.ts';
import { WatchState } from '../watch.svelte.ts';
import { Inspector } from './inspector.svelte.ts';

/** An inspector, with a worker that a test speaks for. */
function inspected() {
  const commands: Command[] = [];
  const send = (command: Command): void => void commands.push(command);
  const run = new RunState();
  const watch = new WatchState();
  const focus = new Focus();
  const learned = new Learned(run, () => ({ send, close: () => {} }));
  const inspector = new Inspector({ run, watch, focus, learned, send });
  const say = (event: WorkerEvent): void => {
    learned.receive(event);
    inspector.receive(event);
  };
  return { inspector, run, watch, focus, commands, say };
}

const configured = (run: RunState): WorkerEvent => ({
  type: 'configured',
  settings: run.settings,
  trainImages: 600,
  testImages: 100,
  stepsPerEpoch: 6,
  skipped: [],
});
const layerStatistics = (layer: string, updateRatio: number): LayerStatistics => ({
  layer,
  mean: 0.5,
  variance: 2,
  dead: null,
  weights: [{ name: 'kernel', norm: 1, gradientNorm: 0.1, updateRatio }],
});

describe('the inspector', () => {
  it('looks at the middle of a map that is in focus, and at the unit itself', () => {
    const { inspector, focus } = inspected();
    expect([inspector.layer, inspector.unit]).toEqual([null, null]);
    focus.on({ kind: 'map', layer: 'C3', map: 7 });
    expect(inspector.layer?.spec.name).toBe('C3');
    expect(inspector.unit).toEqual({ map: 7, row: 5, column: 5 });
    focus.on({ kind: 'unit', layer: 'F6', map: 0, row: 0, column: 83 });
    expect(inspector.unit).toEqual({ map: 0, row: 0, column: 83 });
  });

  it('has no layer for the image, and keeps within a layer that is smaller', () => {
    const { inspector, focus } = inspected();
    focus.on({ kind: 'layer', layer: 'input' });
    expect(inspector.layer).toBeNull();
    focus.on({ kind: 'unit', layer: 'S4', map: 99, row: 99, column: 99 });
    expect(inspector.unit).toEqual({ map: 15, row: 4, column: 4 });
  });

  it('explains one image where the mean over several is watched', () => {
    const { inspector, watch } = inspected();
    watch.choose({ source: 'test', index: 4 });
    expect(inspector.image).toEqual({ source: 'test', index: 4 });
    watch.choose({ source: 'several', indices: [9, 8] });
    expect(inspector.image).toEqual({ source: 'test', index: 9 });
    watch.choose({ source: 'class', label: 2 });
    expect(inspector.image).toEqual({ source: 'test', index: 4 });
  });

  it('turns to the number when one is chosen, and to the layer when that is', () => {
    const { inspector } = inspected();
    inspector.focusMoved({ kind: 'map', layer: 'C1', map: 0 });
    expect(inspector.page).toBe('unit');
    inspector.focusMoved({ kind: 'layer', layer: 'C1' });
    expect(inspector.page).toBe('layer');
    inspector.openFilter('C1', 3);
    inspector.focusMoved({ kind: 'map', layer: 'C1', map: 4 });
    expect(inspector.page).toBe('filter');
  });

  it('counts kernels that are written, whoever wrote them', () => {
    const { inspector, say } = inspected();
    say({ type: 'kernel-written', request: 99, layer: 'C1', filter: 0, channel: 0, step: 3 });
    expect(inspector.written).toBe(1);
  });

  it('freezes layers, and says so again to a run with fresh weights', () => {
    const { inspector, commands, say } = inspected();
    inspector.freeze('C1', true);
    inspector.freeze('C3', true);
    inspector.freeze('C1', false);
    expect(commands.map((command) => (command.type === 'freeze' ? command.layers : command))).toEqual([
      ['C1'],
      ['C1', 'C3'],
      ['C3'],
    ]);
    say({ type: 'phase', phase: 'ready' });
    expect(commands.at(-1)).toEqual({ type: 'freeze', layers: ['C3'] });
  });

  it('has nothing frozen in another network', () => {
    const { inspector, run, say, commands } = inspected();
    inspector.freeze('C1', true);
    say(configured(run));
    say({ type: 'phase', phase: 'ready' });
    expect(inspector.frozen).toEqual([]);
    expect(commands).toHaveLength(1);
  });

  it('asks for statistics only while someone looks, of a fresh worker too, and keeps how they went', () => {
    const { inspector, run, say, commands } = inspected();
    const { statistics } = inspector;
    statistics.want(true);
    statistics.want(true);
    say({ type: 'statistics', step: 5, layers: [layerStatistics('C1', 0.01), layerStatistics('C3', 0.1)] });
    say({ type: 'statistics', step: 9, layers: [layerStatistics('C1', 0.02), layerStatistics('C3', 0.2)] });
    expect(statistics.of('C3')).toEqual(layerStatistics('C3', 0.2));
    expect(statistics.step).toBe(9);
    expect(statistics.historyOf('C1', 'kernel').updateRatios).toEqual([0.01, 0.02]);
    say(configured(run));
    expect(statistics.latest).toBeNull();
    statistics.want(false);
    expect(commands).toEqual([true, true, false].map((isWanted) => ({ type: 'watch-statistics', isWanted })));
  });

  it('keeps two minutes of them', () => {
    const { inspector, say } = inspected();
    for (let step = 1; step <= 300; step++) {
      say({ type: 'statistics', step, layers: [layerStatistics('C1', step)] });
    }
    const { updateRatios } = inspector.statistics.historyOf('C1', 'kernel');
    expect([updateRatios.length, updateRatios[0]]).toEqual([240, 61]);
  });

  it('compares a score with the one before, the first with what training measured', async () => {
    const { inspector, say, commands } = inspected();
    const { scorer } = inspector;
    const answer = (testAccuracy: number): void => {
      const { request } = commands.at(-1) as { request: number };
      say({ type: 'scored', request, step: 7, testLoss: 1, testAccuracy, top5Error: 0, testImages: 100 });
    };
    const first = scorer.score({ step: 6, accuracy: 0.9, images: 100 });
    void scorer.score(null);
    expect(scorer.isScoring).toBe(true);
    expect(commands).toEqual([{ type: 'score', request: 1 }]);
    answer(0.8);
    await first;
    expect([scorer.before?.accuracy, scorer.latest?.accuracy]).toEqual([0.9, 0.8]);
    const second = scorer.score({ step: 6, accuracy: 0.9, images: 100 });
    answer(0.7);
    await second;
    expect([scorer.before?.accuracy, scorer.latest?.accuracy]).toEqual([0.8, 0.7]);
    say({ type: 'phase', phase: 'ready' });
    expect([scorer.before, scorer.latest]).toEqual([null, null]);
  });

  it('says why the test set could not be put to the network', async () => {
    const { inspector, say } = inspected();
    const asked = inspector.scorer.score(null);
    say({ type: 'refused', request: 1, code: 'native', message: 'Out of memory' });
    await asked;
    expect([inspector.scorer.problem, inspector.scorer.isScoring]).toEqual(['native', false]);
  });
});
