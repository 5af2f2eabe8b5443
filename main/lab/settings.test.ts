import { describe, expect, it } from 'vitest';
import { settingsFor } from '../../shared/defaults.ts';
import { settingsFrom } from './settings.ts';

const textbook = { network: 'lenet5-textbook', set: [] };

describe('the settings of a command line', () => {
  it('are the recipe of the network where nothing is said', () => {
    const { settings } = settingsFrom({ network: 'residual-20', set: [] });
    expect(settings).toEqual(settingsFor({ preset: 'residual-20', switches: {} }));
  });

  it('take switches, and the recipe that goes with them', () => {
    const { settings } = settingsFrom({ ...textbook, set: ['activation=relu', 'pooling=max'] });
    expect(settings.network.switches).toEqual({ activation: 'relu', pooling: 'max' });
    expect(settings.hyperParameters.learningRate).toBe(0.02);
  });

  it('take hyper-parameters, schedules and augmentation', () => {
    const set = ['learningRate=0.2', 'optimiser=adam', 'schedule=table:2@0.1,3@0.01', 'shift=1', 'crop=4', 'flip=true'];
    const { hyperParameters } = settingsFrom({ ...textbook, epochs: '3', batch: '64', seed: '9', set }).settings;
    expect(hyperParameters).toMatchObject({
      ...{ learningRate: 0.2, optimiser: 'adam', epochs: 3, batch: 64, seed: 9 },
      schedule: {
        kind: 'table',
        rates: [
          [2, 0.1],
          [3, 0.01],
        ],
      },
      augmentation: { shift: 1, crop: { pad: 4 }, flip: true },
    });
  });

  it.each([
    ['cosine:0.1', { kind: 'cosine', last: 0.1 }],
    ['step:0.1:30', { kind: 'step', factor: 0.1, every: 30 }],
    ['plateau:0.1:5', { kind: 'plateau', factor: 0.1, patience: 5 }],
    ['linear:0.5', { kind: 'linear', last: 0.5 }],
    ['constant', { kind: 'constant' }],
  ])('read the schedule %s', (text, schedule) => {
    expect(settingsFrom({ ...textbook, set: [`schedule=${text}`] }).settings.hyperParameters.schedule).toEqual(
      schedule,
    );
  });

  it.each([
    [{ network: 'lenet6', set: [] }, 'There is no network lenet6'],
    [{ ...textbook, set: ['depth=3'] }, '--set does not know depth'],
    [{ ...textbook, set: ['activation=sine'] }, 'activation cannot be sine'],
    [{ ...textbook, set: ['learningRate=fast'] }, 'learningRate takes a number'],
    [{ ...textbook, set: ['learningRate'] }, '--set takes key=value'],
    [{ ...textbook, set: ['optimiser=magic'] }, 'optimiser'],
    [{ ...textbook, set: ['schedule=sometimes'] }, 'schedule cannot be sometimes'],
    [{ ...textbook, batch: '0', set: [] }, 'batch'],
    [{ ...textbook, dataset: 'nowhere', set: [] }, 'There is no dataset nowhere'],
  ])('refuse %j', (given, reason) => {
    expect(() => settingsFrom(given)).toThrow(reason);
  });

  it('take a folder of images as a dataset, and keep its path out of the settings', () => {
    const { settings, images } = settingsFrom({ network: 'alexnet', dataset: import.meta.dirname, set: [] });
    expect([settings.dataset, images]).toEqual(['folder', import.meta.dirname]);
    expect(JSON.stringify(settings)).not.toContain(import.meta.dirname);
  });
});
