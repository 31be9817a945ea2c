/** Ways to the key: making, using, changing them. Every function reads the file afresh and writes it whole. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { readKeyring, writeKeyring, type Keyring, type PassphraseWrapping, type Wrapping } from './keyring-file.ts';
import { assertStrongEnough, openSealedKey, sealKey } from './passphrase.ts';
import type { KeyProtector } from './protector.ts';

const KEY_BYTES = 32;

/** One way in. A passphrase is tried on the daily and the recovery wrapping alike. */
export type Unlock = { readonly passphrase: string } | { readonly protector: KeyProtector };

export interface KeyringSummary {
  readonly keyId: string;
  readonly wrappings: readonly {
    readonly id: string;
    /** `passphrase`, `recovery`, or the protector's id (`keychain`). */
    readonly way: string;
    readonly createdAt: number;
  }[];
}

export function keyringExists(file: string): boolean {
  return existsSync(file);
}

/**
 * Makes a fresh key of 32 random bytes and writes the keyring with the given ways in.
 * @returns the key; the caller overwrites it with zeros once the database is open.
 * @throws AppError `conflict` when there is a keyring already: its key may be the only one to a database.
 */
export async function createKeyring(file: string, unlocks: readonly Unlock[], now: Instant): Promise<Uint8Array> {
  if (existsSync(file)) throw new AppError('conflict', `There is a keyring ${file} already; it was not replaced`);
  if (unlocks.length === 0) throw new AppError('invalid_input', 'A key needs a keychain or a passphrase to protect it');
  const key = Uint8Array.from(randomBytes(KEY_BYTES));
  const keyId = randomUUID();
  const wrappings: Wrapping[] = [];
  for (const unlock of unlocks) wrappings.push(await wrapping(key, keyId, unlock, 'daily', now));
  writeKeyring(file, { version: 1, keyId, createdAt: now, wrappings });
  return key;
}

/**
 * Gets the key.
 * @returns the key; the caller overwrites it with zeros once the database is open.
 * @throws AppError `auth_failed` (wrong passphrase, refused by the keychain), `not_found` (no such way in), or of the file.
 */
export async function unlockKeyring(file: string, unlock: Unlock): Promise<Uint8Array> {
  return await keyFrom(readKeyring(file), unlock);
}

/** What ways there are; asks for no secret and gives none away. */
export function describeKeyring(file: string): KeyringSummary {
  const { keyId, wrappings } = readKeyring(file);
  return { keyId, wrappings: wrappings.map((each) => ({ id: each.id, way: wayOf(each), createdAt: each.createdAt })) };
}

/**
 * Sets the daily or the recovery passphrase, replacing the one before. `current` is any way that opens the keyring now.
 * @throws AppError `invalid_input` when the passphrase is too short, `auth_failed` when `current` does not open.
 */
export async function setPassphrase(
  file: string,
  current: Unlock,
  passphrase: string,
  purpose: PassphraseWrapping['purpose'],
  now: Instant,
): Promise<void> {
  assertStrongEnough(passphrase);
  await withKey(file, current, async (key, keyring) => {
    const added = await wrapping(key, keyring.keyId, { passphrase }, purpose, now);
    const others = keyring.wrappings.filter((each) => each.kind !== 'passphrase' || each.purpose !== purpose);
    return [...others, added];
  });
}

/** Replaces exactly the passphrase that `current` is, daily or recovery. The database itself is not rewritten. */
export async function changePassphrase(file: string, current: string, next: string, now: Instant): Promise<void> {
  assertStrongEnough(next);
  const keyring = readKeyring(file);
  const { key, wrapping: opened } = await openByPassphrase(keyring, current);
  try {
    const replacement = await wrapping(key, keyring.keyId, { passphrase: next }, opened.purpose, now);
    const wrappings = keyring.wrappings.map((each) => (each.id === opened.id ? replacement : each));
    writeKeyring(file, { ...keyring, wrappings });
  } finally {
    key.fill(0);
  }
}

/** Adds a keychain, or renews what it keeps. @throws AppError `unavailable` when it cannot keep anything. */
export async function addProtector(
  file: string,
  current: Unlock,
  protector: KeyProtector,
  now: Instant,
): Promise<void> {
  await withKey(file, current, async (key, keyring) => {
    const added = await wrapping(key, keyring.keyId, { protector }, 'daily', now);
    return [...keyring.wrappings.filter((each) => wayOf(each) !== protector.id), added];
  });
}

/**
 * Takes a way in away, but never the last one. `proof` must open the key by a way that stays: nobody locks themselves out.
 * @throws AppError `not_found`, `conflict`, `auth_failed` when `proof` does not open what stays.
 */
export async function removeWrapping(file: string, id: string, proof: Unlock): Promise<void> {
  const keyring = readKeyring(file);
  const wrappings = keyring.wrappings.filter((each) => each.id !== id);
  if (wrappings.length === keyring.wrappings.length)
    throw new AppError('not_found', 'The keyring has no such way to open it');
  if (wrappings.length === 0)
    throw new AppError('conflict', 'This is the only way to open the database. Add another one before removing it');
  const remaining = { ...keyring, wrappings };
  const key = await keyFrom(remaining, proof);
  key.fill(0);
  writeKeyring(file, remaining);
}

async function withKey(
  file: string,
  current: Unlock,
  change: (key: Uint8Array, keyring: Keyring) => Promise<Wrapping[]>,
): Promise<void> {
  const keyring = readKeyring(file);
  const key = await keyFrom(keyring, current);
  try {
    writeKeyring(file, { ...keyring, wrappings: await change(key, keyring) });
  } finally {
    key.fill(0);
  }
}

async function keyFrom(keyring: Keyring, unlock: Unlock): Promise<Uint8Array> {
  if ('passphrase' in unlock) return (await openByPassphrase(keyring, unlock.passphrase)).key;
  const { protector } = unlock;
  const found = keyring.wrappings.find((each) => each.kind === 'protector' && each.protector === protector.id);
  if (found?.kind !== 'protector')
    throw new AppError('not_found', `The key was never given to the ${protector.id}. Use the passphrase`);
  let key: Uint8Array;
  try {
    const given = await protector.unwrap(found.blob);
    key = Uint8Array.from(given);
    given.fill(0);
  } catch (cause) {
    throw new AppError('auth_failed', `The ${protector.id} does not give the key out. Use the recovery passphrase`, {
      cause,
    });
  }
  if (key.length !== KEY_BYTES)
    throw new AppError('auth_failed', `What the ${protector.id} gave out is no key. Use the recovery passphrase`);
  return key;
}

async function openByPassphrase(
  keyring: Keyring,
  passphrase: string,
): Promise<{ key: Uint8Array; wrapping: PassphraseWrapping }> {
  const candidates = keyring.wrappings.filter((each) => each.kind === 'passphrase');
  if (candidates.length === 0)
    throw new AppError('not_found', 'The key has no passphrase; it opens with the keychain of this computer only');
  let failure: unknown = null;
  for (const candidate of candidates) {
    try {
      const key = await openSealedKey(candidate, passphrase, contextOf(keyring.keyId, candidate));
      return { key, wrapping: candidate };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'auth_failed') throw error;
      failure = error;
    }
  }
  throw failure;
}

async function wrapping(
  key: Uint8Array,
  keyId: string,
  unlock: Unlock,
  purpose: PassphraseWrapping['purpose'],
  now: Instant,
): Promise<Wrapping> {
  const common = { id: randomUUID(), createdAt: now };
  if ('passphrase' in unlock) {
    assertStrongEnough(unlock.passphrase);
    const sealed = await sealKey(key, unlock.passphrase, contextOf(keyId, { ...common, purpose }));
    return { ...common, kind: 'passphrase', purpose, ...sealed };
  }
  const { protector } = unlock;
  if (!(await protector.available()))
    throw new AppError('unavailable', `The ${protector.id} of this computer cannot keep a key. Use a passphrase`);
  const blob = Uint8Array.from(await protector.wrap(Uint8Array.from(key)));
  return { ...common, kind: 'protector', protector: protector.id, blob };
}

/** What a sealed box is bound to: moving it to another keyring, place or purpose makes it useless. */
function contextOf(keyId: string, { id, purpose }: { id: string; purpose: PassphraseWrapping['purpose'] }): string {
  return `vario-keyring/1|${keyId}|${id}|${purpose}`;
}

function wayOf(each: Wrapping): string {
  if (each.kind === 'protector') return each.protector;
  return each.purpose === 'recovery' ? 'recovery' : 'passphrase';
}
