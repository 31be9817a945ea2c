/** The ways to the key as settings show and change them. Every change needs a way that opens the key now. */
import { z } from 'zod';
import type { KeyWay } from '../../shared/contract/session.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { instant, type Instant } from '../../shared/kernel/instant.ts';
import { addProtector, describeKeyring, removeWrapping, type KeyProtector, type Unlock } from './keyring/index.ts';

const WaySchema = z.enum(['keychain', 'passphrase', 'recovery']);

/** What ways there are and since when; a way of another version is not told. */
export function keyWays(keyringFile: string): KeyWay[] {
  return describeKeyring(keyringFile).wrappings.flatMap(({ way, createdAt }) => {
    const known = WaySchema.safeParse(way);
    return known.success ? [{ way: known.data, since: instant(createdAt) }] : [];
  });
}

/** Adds the computer's keychain, or renews what it keeps. @throws AppError `auth_failed` for a wrong passphrase. */
export async function addKeychain(
  keyringFile: string,
  passphrase: string,
  keychain: KeyProtector,
  now: Instant,
): Promise<void> {
  await addProtector(keyringFile, { passphrase }, keychain, now);
}

/**
 * Takes a way in away. `current` must open by a way that stays: whoever removes the keychain shows that a passphrase is
 * known, and the other way round.
 * @throws AppError `not_found` for a way that there is not, `conflict` for the only one, `auth_failed` when `current`
 *   does not open what stays.
 */
export async function removeWay(keyringFile: string, way: KeyWay['way'], current: Unlock): Promise<void> {
  const found = describeKeyring(keyringFile).wrappings.find((wrapping) => wrapping.way === way);
  if (found === undefined) throw new AppError('not_found', `The key has no ${WORDS[way]}`);
  await removeWrapping(keyringFile, found.id, current);
}

const WORDS: Readonly<Record<KeyWay['way'], string>> = {
  keychain: 'keychain',
  passphrase: 'passphrase',
  recovery: 'recovery passphrase',
};
