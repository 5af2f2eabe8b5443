import * as v from 'valibot';
import { commandSchema, type WorkerEvent } from '../../shared/contract.ts';
import { Session } from './session.ts';
import { DeviceError, loadTensorFlow } from './tensorflow.ts';

/** Main's introduction: the folder of datasets, and the window's port. */
const introductionSchema = v.object({ type: v.literal('port'), datasets: v.string() });

process.parentPort.once('message', ({ data, ports }) => {
  const { datasets } = v.parse(introductionSchema, data);
  const port = ports[0];
  if (!port) throw new Error('The introduction brought no port');
  const emit = (event: WorkerEvent): void => port.postMessage(event);
  try {
    const { tf, device } = loadTensorFlow('auto');
    const session = new Session(tf, device, datasets, emit);
    port.on('message', ({ data: message }: { data: unknown }) => {
      const command = v.safeParse(commandSchema, message);
      if (command.success) void session.handle(command.output);
      else emit({ type: 'failed', code: 'command-invalid', message: v.summarize(command.issues), subject: 'command' });
    });
    emit({ type: 'device', device });
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    emit({ type: 'failed', code: 'device-unavailable', message: error.message, subject: 'TensorFlow' });
  }
  port.start();
});
