import { contextBridge, ipcRenderer } from 'electron';
import { channels, type Bridge } from '../../shared/contract.ts';

const bridge: Bridge = {
  preferences: () => ipcRenderer.invoke(channels.preferences),
  savePreferences: (preferences) => ipcRenderer.invoke(channels.savePreferences, preferences),
  startWorker: (threading) => ipcRenderer.invoke(channels.startWorker, threading),
  onWorkerExit: (listener) => hear(channels.workerExit, listener),
  repairDataset: (dataset) => ipcRenderer.invoke(channels.repairDataset, dataset),
  onRepairProgress: (listener) => hear(channels.repairProgress, listener),
  saveFile: (name, bytes) => ipcRenderer.invoke(channels.saveFile, { name, bytes }),
  showSavedFile: () => ipcRenderer.invoke(channels.showSavedFile),
  allowCamera: (isAllowed) => ipcRenderer.invoke(channels.allowCamera, isAllowed),
  onMenu: (listener) => hear(channels.menu, listener),
};

contextBridge.exposeInMainWorld('convolens', bridge);

// Ports do not pass the context bridge; a window message carries them into the page's world.
ipcRenderer.on(channels.workerPort, (event) => {
  window.postMessage({ type: 'worker-port' }, location.origin, event.ports);
});

/**
 * Hands on what main says without the event, through which a page could reach ipcRenderer.
 *
 * What arrives is typed by the contract alone: main, which is trusted, sends it.
 */
function hear(channel: string, listener: (payload: never) => void): void {
  ipcRenderer.on(channel, (_event, payload) => listener(payload as never));
}
