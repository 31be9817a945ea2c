/** Something outside Vario that keeps a key safe: the operating system's keychain. */

export interface KeyProtector {
  /** Written into keyring.json, so that the same one is asked again: `keychain`. */
  readonly id: string;
  /** False where there is none, or only one that hides nothing (Electron's `basic_text`). */
  available(): Promise<boolean>;
  /** Encrypts the 32 bytes; the caller overwrites them afterwards. */
  wrap(key: Uint8Array): Promise<Uint8Array>;
  /** @throws when the blob is another machine's or user's, or the keychain refuses. */
  unwrap(blob: Uint8Array): Promise<Uint8Array>;
}
