import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import type { channels } from '../shared/contract.ts';
import { appOrigin } from './origin.ts';
import { mainWindow } from './window.ts';

type Channel = (typeof channels)[keyof typeof channels];

/**
 * Answers one channel of the contract: for our own page in the main frame of our own window, and with a payload that fits, only.
 *
 * Anything else is rejected before `answer` sees it; a channel without a call to this function is answered by nobody.
 */
export function handle<S extends v.GenericSchema>(
  channel: Channel,
  payloadSchema: S,
  answer: (payload: v.InferOutput<S>) => unknown,
): void {
  ipcMain.handle(channel, async (event: IpcMainInvokeEvent, ...payloads: readonly unknown[]) => {
    if (!comesFromOurPage(event)) throw new Error(`"${channel}" is answered to the lab's own window only.`);
    const parsed = v.safeParse(payloadSchema, payloads[0]);
    if (payloads.length > 1 || !parsed.success)
      throw new Error(`"${channel}" was called with something it cannot take.`);
    return await answer(parsed.output);
  });
}

function comesFromOurPage({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  const contents = mainWindow()?.webContents;
  return (
    contents !== undefined &&
    sender === contents &&
    senderFrame === contents.mainFrame &&
    senderFrame.origin === appOrigin
  );
}
