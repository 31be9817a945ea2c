/** The operating system's keychain, for the engine's process, which has none of its own. */
import { safeStorage } from 'electron';
import type { KeyProtector } from '../hosts/keyring/protector.ts';

/** Backends that hide nothing: the key to the key lies beside it. */
const HIDES_NOTHING: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

export const KEYCHAIN: KeyProtector = {
  id: 'keychain',
  async available() {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
    return process.platform !== 'linux' || !HIDES_NOTHING.has(safeStorage.getSelectedStorageBackend());
  },
  async wrap(key) {
    return Uint8Array.from(await safeStorage.encryptStringAsync(Buffer.from(key).toString('base64')));
  },
  async unwrap(blob) {
    const { result } = await safeStorage.decryptStringAsync(Buffer.from(blob));
    return Uint8Array.from(Buffer.from(result, 'base64'));
  },
};
