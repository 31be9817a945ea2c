/** Runs in the sandbox before the page: two facts, and the hand-over of ports to the engine. No IPC for the page. */
import { contextBridge, ipcRenderer } from 'electron';
import { PORT_MESSAGE, type PreloadApi } from './bridge.ts';

const READY_CHANNEL = 'vario:ready';
const PORT_CHANNEL = 'vario:port';
const VERSION = '--vario-version=';

/** Of this page only: a port that was meant for the page before it is not taken. */
const nonce = crypto.randomUUID();

ipcRenderer.on(PORT_CHANNEL, (event, message: { readonly nonce: string }) => {
  if (message.nonce === nonce) window.postMessage(PORT_MESSAGE, window.location.origin, [...event.ports]);
});

const api: PreloadApi = {
  version: process.argv.find((argument) => argument.startsWith(VERSION))?.slice(VERSION.length) ?? '',
  platform: process.platform,
  connect: () => ipcRenderer.send(READY_CHANNEL, { nonce }),
};

contextBridge.exposeInMainWorld('vario', api);
