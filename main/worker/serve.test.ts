import { expect, it } from 'vitest';
import type { WorkerEvent } from '../../shared/contract.ts';
import { serve } from './serve.ts';

it('answers a message that is no command: a request by its number, anything else as a fault', () => {
  const events: WorkerEvent[] = [];
  let say: (message: unknown) => void = () => {};
  const channel = {
    emit: (event: WorkerEvent) => events.push(event),
    listen: (receive: typeof say) => (say = receive),
  };
  serve(channel, { datasets: 'no-such-folder' }, 'towers');
  events.length = 0;
  say({ type: 'write-kernel', request: 5, layer: 'C1', filter: -1, channel: null, weights: new Float32Array(25) });
  say({ type: 'write-kernel', request: 6, layer: 'C1', filter: 0, channel: null, weights: '0 1 0' });
  say({ type: 'dance', request: 7 });
  say({ type: 'dance' });
  expect(
    events.map(({ type, ...event }) => [type, 'code' in event && event.code, 'request' in event && event.request]),
  ).toEqual([
    ['refused', 'command-invalid', 5],
    ['refused', 'command-invalid', 6],
    ['refused', 'command-invalid', 7],
    ['failed', 'command-invalid', false],
  ]);
});
