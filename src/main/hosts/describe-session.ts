/** What a window is told of the session: whether the database is open, what opens it, and what is wrong with it. */
import { isAppError } from '../../shared/kernel/errors.ts';
import type { SessionStatus } from '../../shared/contract/session.ts';
import { describeKeyring, keyringExists, type KeyProtector } from './keyring/index.ts';

/** A keyring that cannot be read makes the session broken, whatever its state was: unlocking would fail with the same. */
export async function describeSession(
  keyringFile: string,
  { state, problem, isDemo }: Pick<SessionStatus, 'state' | 'problem'> & { readonly isDemo: boolean },
  keychain: KeyProtector | null,
): Promise<Pick<SessionStatus, 'state' | 'problem' | 'protections' | 'keychainAvailable'>> {
  const keychainAvailable = keychain !== null && (await keychain.available());
  if (isDemo) return { state, problem, protections: ['throw_away'], keychainAvailable };
  if (!keyringExists(keyringFile)) return { state, problem, protections: [], keychainAvailable };
  try {
    const protections = describeKeyring(keyringFile).wrappings.flatMap(({ way }): SessionStatus['protections'] =>
      way === 'keychain' || way === 'passphrase' || way === 'recovery' ? [way] : [],
    );
    return { state, problem, protections, keychainAvailable };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { code, message } = error;
    return { state: 'broken', problem: { code, message }, protections: [], keychainAvailable };
  }
}
