import { parseArgs } from 'node:util';
import { serve as serveChannel } from '../worker/serve.ts';
import { datasetsFolder } from './datasets-folder.ts';
import { UsageError } from './usage.ts';

/** Obeys the contract's commands as they come from the process that forked this one, until it lets go. */
export function serve(args: string[]): void {
  parseArgs({ args, options: {} });
  if (!process.send) throw new UsageError('serve answers the process that forked it: it has no use by hand');
  const send = process.send.bind(process);
  process.on('disconnect', () => process.exit());
  serveChannel(
    { emit: (event) => void send(event), listen: (receive) => process.on('message', receive) },
    datasetsFolder(),
  );
}
