/** Boots the shell on a fresh stand-in for Electron, over a small built renderer. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { startShell } from '../../../src/main/shell/start.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { FakeElectron, holder, settle } from './fake-electron.ts';

export const NONCE = '7b0d5a3e-0e53-4b7e-9a43-0f6a4b1f2c11';

export interface BootOptions {
  readonly argv?: readonly string[];
  readonly before?: (electron: FakeElectron) => void;
  /** Stop before the app is ready. */
  readonly ready?: boolean;
}

export async function boot({ argv = [], before, ready = true }: BootOptions = {}): Promise<FakeElectron> {
  const electron = new FakeElectron();
  holder.electron = electron;
  electron.app.root = builtApp();
  electron.app.paths = { appData: temporaryFolder() };
  mkdirSync(join(electron.app.paths['appData']!, 'Vario Desktop'));
  vi.stubEnv('VARIO_DATA_DIR', '/vario/data');
  vi.stubEnv('VARIO_DOCUMENTS_DIR', temporaryFolder());
  before?.(electron);
  const realArgv = process.argv;
  process.argv = ['vario', ...argv];
  onTestFinished(() => void (process.argv = realArgv));
  startShell();
  if (ready) await electron.app.becomeReady();
  return electron;
}

/** The engine is up, and the page in the window has asked for its port. */
export async function bootWithPage(options: BootOptions = {}): Promise<FakeElectron> {
  const electron = await boot(options);
  electron.engine.say({ type: 'ready' });
  electron.page.send('vario:ready', { nonce: NONCE });
  await settle();
  return electron;
}

function builtApp(): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'out/renderer/assets'), { recursive: true });
  writeFileSync(join(root, 'out/renderer/index.html'), '<!doctype html><title>Vario</title>');
  writeFileSync(join(root, 'out/renderer/assets/page.js'), 'export {};');
  writeFileSync(join(root, 'out/secret.txt'), 'not the renderer’s');
  return root;
}
