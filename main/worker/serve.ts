import * as v from 'valibot';
import { commandSchema, type WorkerEvent } from '../../shared/contract.ts';
import type { Threading } from '../../shared/training/threading.ts';
import { Session, type Sources } from './session.ts';
import { DeviceError, loadTensorFlow } from './tensorflow.ts';

/** Where commands come from and events go: the window's port, or the process that forked this one. */
export type Channel = {
  readonly emit: (event: WorkerEvent) => void;
  readonly listen: (receive: (message: unknown) => void) => void;
};

/** Loads TensorFlow and obeys a channel's commands with one session; what is no command is answered as a fault. */
export function serve({ emit, listen }: Channel, sources: Sources, threading: Threading): void {
  try {
    const { tf, device } = loadTensorFlow('auto', threading);
    const session = new Session(tf, device, sources, emit);
    listen((message) => {
      const command = v.safeParse(commandSchema, message);
      if (command.success) void session.handle(command.output);
      else emit(complaint(message, v.summarize(command.issues)));
    });
    emit({ type: 'device', device });
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    emit({ type: 'failed', code: 'device-unavailable', message: error.message, subject: 'TensorFlow' });
  }
}

/** What is said to a message that is no command: to a request its answer, so that nobody waits for it. */
function complaint(message: unknown, why: string): WorkerEvent {
  const asked = v.safeParse(v.object({ request: v.number() }), message);
  if (asked.success) return { type: 'refused', request: asked.output.request, code: 'command-invalid', message: why };
  return { type: 'failed', code: 'command-invalid', message: why, subject: 'command' };
}
