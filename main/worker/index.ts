import * as v from 'valibot';
import { threadings } from '../../shared/training/threading.ts';
import { serve } from './serve.ts';

/** Main's introduction: the folder of datasets, one for the time machine, how threads are laid out, and the window's port. */
const introductionSchema = v.object({
  type: v.literal('port'),
  datasets: v.string(),
  moments: v.string(),
  threading: v.picklist(threadings),
});

process.parentPort.once('message', ({ data, ports }) => {
  const { datasets, moments, threading } = v.parse(introductionSchema, data);
  const port = ports[0];
  if (!port) throw new Error('The introduction brought no port');
  serve(
    {
      emit: (event) => port.postMessage(event),
      listen: (receive) => port.on('message', ({ data: message }: { data: unknown }) => receive(message)),
    },
    { datasets, moments },
    threading,
  );
  port.start();
});
