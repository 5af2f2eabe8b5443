import { join } from 'node:path';

/** Where dataset files are without Electron: where CONVOLENS_DATASETS says, else where set-up puts them in a checkout. */
export function datasetsFolder(): string {
  return process.env['CONVOLENS_DATASETS'] ?? join(import.meta.dirname, '../../resources/datasets');
}
