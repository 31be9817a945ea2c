/**
 * The key of the encrypted database, and the ways to get at it.
 * Answers: making a key; wrapping it by passphrases and by keychains; opening
 * it with any one of them; changing, adding and removing ways in; throw-away keys.
 * Never: keeps a key in memory after handing it over, logs one, opens the database.
 */
export { createAttemptLimit, type AttemptLimit } from './attempt-limit.ts';
export {
  addProtector,
  changePassphrase,
  createKeyring,
  describeKeyring,
  keyringExists,
  removeWrapping,
  setPassphrase,
  unlockKeyring,
  type KeyringSummary,
  type Unlock,
} from './keyring.ts';
export type { KeyProtector } from './protector.ts';
export { MIN_PASSPHRASE_LENGTH } from './passphrase.ts';
export { isThrowAway, startThrowAway, type ThrowAway } from './throw-away.ts';
