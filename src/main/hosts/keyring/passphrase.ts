/** Wraps a key with a passphrase: scrypt makes a wrapping key, AES-256-GCM seals the database key with it. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../../../shared/kernel/errors.ts';
import { KEY_BYTES, stretch, type ScryptCost } from './stretch.ts';

/**
 * scrypt as OWASP recommends it (N = 2^17, r = 8, p = 1: 128 MiB and some
 * 0.4 s per guess). scrypt and not Argon2id, because Electron's crypto library
 * has only the former.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
 */
const SCRYPT: ScryptCost = { name: 'scrypt', n: 131_072, r: 8, p: 1 };

/** The same number as in the contract's PassphraseSchema; here it protects every host and the command line. */
const MIN_PASSPHRASE_LENGTH = 12;

const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Everything but the passphrase that is needed to get the key back; safe to store. */
export interface SealedKey {
  readonly cost: ScryptCost;
  readonly salt: Uint8Array;
  readonly nonce: Uint8Array;
  /** Ciphertext and tag. */
  readonly box: Uint8Array;
}

/** @throws AppError `invalid_input` when the passphrase is too short to resist guessing. */
export function assertStrongEnough(passphrase: string): void {
  // Code points, not the halves of surrogate pairs: an emoji counts once.
  if (Array.from(normalised(passphrase)).length < MIN_PASSPHRASE_LENGTH)
    throw new AppError('invalid_input', `A passphrase needs at least ${MIN_PASSPHRASE_LENGTH} characters`);
}

/** Seals the key. `context` is authenticated too: the box opens only in the place it was made for. */
export async function sealKey(key: Uint8Array, passphrase: string, context: string): Promise<SealedKey> {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const wrappingKey = await stretch(normalised(passphrase), salt, SCRYPT);
  try {
    const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(additionalData(context, SCRYPT));
    const box = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return { cost: SCRYPT, salt, nonce, box };
  } finally {
    wrappingKey.fill(0);
  }
}

/**
 * Opens a sealed key.
 * @throws AppError `auth_failed` when the passphrase is wrong or the keyring was changed; the two cannot be told apart.
 */
export async function openSealedKey(sealed: SealedKey, passphrase: string, context: string): Promise<Uint8Array> {
  const wrappingKey = await stretch(normalised(passphrase), sealed.salt, sealed.cost);
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey, sealed.nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(additionalData(context, sealed.cost));
    decipher.setAuthTag(sealed.box.subarray(KEY_BYTES));
    const head = decipher.update(sealed.box.subarray(0, KEY_BYTES));
    return Buffer.concat([head, decipher.final()]);
  } catch (cause) {
    throw new AppError('auth_failed', 'The passphrase does not fit', { cause });
  } finally {
    wrappingKey.fill(0);
  }
}

function additionalData(context: string, { name, n, r, p }: ScryptCost): Buffer {
  return Buffer.from(`${context}|${name}|${n}|${r}|${p}`, 'utf8');
}

/** The same letters typed on another keyboard are the same passphrase. */
function normalised(passphrase: string): string {
  return passphrase.normalize('NFKC');
}
