/**
 * The key of the encrypted database, and the ways to get at it.
 * Answers: making a key; wrapping it by passphrases and by keychains; opening
 * it with any one of them; changing, adding and removing ways in; throw-away keys.
 * Never: keeps a key in memory after handing it over, logs one, opens the database.
 */
export { createAttemptLimit } from './attempt-limit.ts';
export {
  addProtector,
  changePassphrase,
  createKeyring,
  describeKeyring,
  keyringExists,
  removeWrapping,
  setPassphrase,
  unlockKeyring,
  type Unlock,
} from './keyring.ts';
export type { KeyProtector } from './protector.ts';
export { startThrowAway, type ThrowAway } from './throw-away.ts';
