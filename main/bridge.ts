import * as v from 'valibot';
import { channels, datasetIds, preferencesSchema, saveRequestSchema } from '../shared/contract.ts';
import { threadings } from '../shared/training/threading.ts';
import { allowCamera } from './camera.ts';
import { datasetsFolder } from './datasets.ts';
import { handle } from './ipc.ts';
import type { PreferencesStore } from './preferences.ts';
import { repairDataset } from './repair.ts';
import { saveFile, showSavedFile } from './save-file.ts';
import type { Trainer } from './trainer.ts';
import { sendToWindow } from './window.ts';

/** Answers all that the page can ask of main: the Bridge of the contract, a line each. */
export function answerBridge(preferences: PreferencesStore, trainer: Trainer): void {
  handle(channels.preferences, v.undefined(), () => preferences.current);
  handle(channels.savePreferences, preferencesSchema, (chosen) => preferences.save(chosen));
  handle(channels.startWorker, v.optional(v.picklist(threadings), 'towers'), (threading) =>
    trainer.startFresh(threading),
  );
  handle(channels.repairDataset, v.picklist(datasetIds), (dataset) =>
    repairDataset(dataset, datasetsFolder(), (progress) => sendToWindow(channels.repairProgress, progress)),
  );
  handle(channels.saveFile, saveRequestSchema, (request) => saveFile(request));
  handle(channels.showSavedFile, v.undefined(), () => showSavedFile());
  handle(channels.allowCamera, v.boolean(), (isAllowed) => allowCamera(isAllowed));
}
