import { parseArgs } from 'node:util';
import { threadings } from '../../shared/training/threading.ts';
import { serve as serveChannel } from '../worker/serve.ts';
import { datasetsFolder } from './datasets-folder.ts';
import { UsageError } from './usage.ts';

/** Obeys the contract's commands as they come from the process that forked this one, until it lets go. */
export function serve(args: string[]): void {
  const { values } = parseArgs({
    args,
    options: {
      threading: { type: 'string', default: 'towers' },
      images: { type: 'string' },
      moments: { type: 'string' },
    },
  });
  const threading = threadings.find((known) => known === values.threading);
  if (!threading) throw new UsageError(`--threading takes ${threadings.join(', ')}, not ${values.threading}`);
  if (!process.send) throw new UsageError('serve answers the process that forked it: it has no use by hand');
  const send = process.send.bind(process);
  process.on('disconnect', () => process.exit());
  serveChannel(
    { emit: (event) => void send(event), listen: (receive) => process.on('message', receive) },
    { datasets: datasetsFolder(), images: values.images, moments: values.moments },
    threading,
  );
}
