/**
 * The Electron side of the scene's bench: one window of 1280×800 CSS pixels with nothing in it but the page that `CONVOLENS_BENCH_PAGE` names.
 */
import { app, BrowserWindow } from 'electron';

app.on('window-all-closed', () => app.quit());
// Not awaited here: an app is ready only after its main module has run.
void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    useContentSize: true,
    webPreferences: { sandbox: true, backgroundThrottling: false },
  });
  await window.loadFile(process.env.CONVOLENS_BENCH_PAGE ?? '');
});
