import { describe, expect, it } from 'vitest';
import { Dock } from './dock.svelte.ts';

describe('the dock', () => {
  it('opens the inspector when something is chosen', () => {
    const dock = new Dock();
    dock.focusMoved({ kind: 'map', layer: 'C1', map: 2 });
    expect(dock.tab).toBe('inspector');
    expect(dock.hasNews).toBe(false);
  });

  it('stays where it is when nothing is chosen any more', () => {
    const dock = new Dock();
    dock.focusMoved({ kind: 'network' });
    expect(dock.tab).toBe('pooling');
  });

  it('only marks the inspector’s tab while the user is in the time machine', () => {
    const dock = new Dock();
    dock.open('time-machine');
    dock.focusMoved({ kind: 'layer', layer: 'C1' });
    expect([dock.tab, dock.hasNews]).toEqual(['time-machine', true]);
    dock.open('inspector');
    expect(dock.hasNews).toBe(false);
  });

  it('forgets the mark with the network', () => {
    const dock = new Dock();
    dock.open('time-machine');
    dock.focusMoved({ kind: 'layer', layer: 'C1' });
    dock.forget();
    expect(dock.hasNews).toBe(false);
  });
});
