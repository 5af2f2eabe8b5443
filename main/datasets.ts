import { app } from 'electron';
import { join } from 'node:path';

/** Where dataset files are: where CONVOLENS_DATASETS says, else inside the package, else where set-up puts them in a checkout. */
export function datasetsFolder(): string {
  const chosen = process.env['CONVOLENS_DATASETS'];
  if (chosen) return chosen;
  return app.isPackaged ? join(process.resourcesPath, 'datasets') : join(app.getAppPath(), 'resources/datasets');
}
