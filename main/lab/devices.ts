import { parseArgs } from 'node:util';
import { loadTensorFlow } from '../worker/tensorflow.ts';

/** Prints what really computes here. */
export function devices(args: string[]): void {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const { device } = loadTensorFlow('auto');
  if (values.json) process.stdout.write(`${JSON.stringify(device)}\n`);
  else {
    const oneDnn = device.oneDnn ? 'with oneDNN' : 'without oneDNN';
    process.stdout.write(
      `${device.device.toUpperCase()}, ${device.threads} threads, TensorFlow ${device.library} ${oneDnn}\n`,
    );
  }
}
