import { systemPreferences } from 'electron';
import { mainWindow } from './window.ts';

let isAllowed = false;

/** Whether the page may ask for the camera now. */
export function isCameraAllowed(): boolean {
  return isAllowed;
}

/** Lets the page ask for the camera, or no more: someone has switched it on or off there. A page that is loaded anew has it off. */
export async function allowCamera(allowed: boolean): Promise<void> {
  isAllowed = allowed;
  mainWindow()?.webContents.off('did-start-navigation', withdraw);
  if (!allowed) return;
  mainWindow()?.webContents.once('did-start-navigation', withdraw);
  // There the system asks by itself, once, whether this app may use the camera at all.
  if (process.platform === 'darwin') await systemPreferences.askForMediaAccess('camera');
}

function withdraw(): void {
  isAllowed = false;
}
