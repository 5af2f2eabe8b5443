import type { Command, WorkerEvent } from '../../shared/contract.ts';
import { parseWorkerEvent } from './worker-event.ts';

/** One worker's end of the line. */
export type Channel = {
  send(command: Command): void;
  close(): void;
};

/** Calls `onPort` with each port that the preload hands to this window; messages from anywhere else are not looked at. */
export function receiveWorkerPorts(window: Window, onPort: (port: MessagePort) => void): () => void {
  function receive(event: MessageEvent<unknown>): void {
    if (event.source !== window || event.origin !== window.location.origin) return;
    if ((event.data as { type?: unknown } | null)?.type !== 'worker-port') return;
    const [port] = event.ports;
    if (port) onPort(port);
  }
  window.addEventListener('message', receive);
  return () => window.removeEventListener('message', receive);
}

/** Opens a port: checked events come out, commands go in. */
export function openChannel(port: MessagePort, onEvent: (event: WorkerEvent) => void): Channel {
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const event = parseWorkerEvent(data);
    if (typeof event === 'string') console.warn(event);
    else onEvent(event);
  };
  port.start();
  return {
    send: (command) => port.postMessage(command),
    close() {
      port.onmessage = null;
      port.close();
    },
  };
}
