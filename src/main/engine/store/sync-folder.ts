/** Makes a rename last through a power cut. */
import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Flushes a folder's entries to the disk; Windows keeps them by itself and cannot open folders. */
export function syncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(dir, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
