import { app, dialog, shell } from 'electron';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { type SaveAnswer, type SaveRequest, savedKindOf } from '../shared/contract.ts';
import { fileNameFromSuggestion } from './file-name.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { mainWindow } from './window.ts';
import { saveFailureFromError, writeFileWhole } from './write-file.ts';

const folderSchema = v.object({ folder: v.string() });

/** What each kind of file is called in a dialog: the same in every language. */
const kindNames = {
  png: 'PNG',
  svg: 'SVG',
  npy: 'NumPy',
  npz: 'NumPy',
  webm: 'WebM',
  mp4: 'MP4',
  'convolens-bench.json': 'Convolens',
} as const;

let isAsking = false;
let lastSaved: string | undefined;

/**
 * Asks where a file should go, in the folder of the last one, and writes it there. The page suggests a name and never learns of a path:
 * where it goes is said in the system's own dialog.
 */
export async function saveFile({ name, bytes }: SaveRequest): Promise<SaveAnswer> {
  const window = mainWindow();
  const kind = savedKindOf(name);
  // One dialog at a time, whatever a page may ask for.
  if (isAsking || !window || !kind) return { outcome: 'cancelled' };
  isAsking = true;
  try {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: join(rememberedFolder(), fileNameFromSuggestion(name, kind)),
      filters: [{ name: kindNames[kind], extensions: [kind.split('.').at(-1)!] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    return canceled || filePath === '' ? { outcome: 'cancelled' } : await written(filePath, bytes);
  } finally {
    isAsking = false;
  }
}

/** Shows the file that was saved last in the system's own file manager. */
export function showSavedFile(): void {
  if (lastSaved !== undefined) shell.showItemInFolder(lastSaved);
}

async function written(path: string, bytes: Uint8Array): Promise<SaveAnswer> {
  const file = basename(path);
  try {
    await writeFileWhole(path, bytes);
  } catch (error) {
    console.error(`"${file}" could not be saved:`, error);
    return { outcome: 'failed', file, reason: saveFailureFromError(error) };
  }
  lastSaved = path;
  writeJsonFile(folderFile(), { folder: dirname(path) });
  return { outcome: 'saved', file };
}

function rememberedFolder(): string {
  const folder = readJsonFile(folderFile(), folderSchema)?.folder;
  return folder !== undefined && existsSync(folder) ? folder : app.getPath('documents');
}

function folderFile(): string {
  return join(app.getPath('userData'), 'save-folder.json');
}
