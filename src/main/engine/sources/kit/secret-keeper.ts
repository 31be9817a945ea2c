/** Secrets that a vendor exchanges while they are used: whoever holds an old one has nothing. */
import type { Http } from '../../runtime/ports.ts';

/** By the names of the secrets' schema; a source may keep further values of its own beside them. */
export type SecretValues = Readonly<Record<string, string>>;

/** Where one connection's secrets are kept. */
export interface SecretKeeper {
  /** Those in force now: another session of the same connection may have exchanged them meanwhile. */
  current(): SecretValues;
  /**
   * Exchanges secrets for new ones. Of all sessions of a connection only one does so at a time; a session whose `used`
   * are no longer in force gets those that are, and nothing is exchanged. What `exchange` gives is kept for good before
   * this resolves, and the former ones are only then forgotten. @throws whatever `exchange` throws; then nothing has changed.
   */
  rotate(used: SecretValues, exchange: (current: SecretValues) => Promise<SecretValues>): Promise<SecretValues>;
}

/** Keeps secrets in memory alone: for a session of which nothing is to be stored. */
export function memoryKeeper(values: SecretValues): SecretKeeper {
  let current = values;
  const rotate = oneAfterTheOther(
    () => current,
    (next) => {
      current = next;
    },
  );
  return { current: () => current, rotate };
}

/** The part of a keeper that lets one exchange follow the other. @param keep stores values for good, or throws. */
export function oneAfterTheOther(
  current: () => SecretValues,
  keep: (next: SecretValues) => void,
): SecretKeeper['rotate'] {
  let last: Promise<unknown> = Promise.resolve();
  return (used, exchange) => {
    const mine = last.then(async () => {
      const inForce = current();
      if (!areSame(used, inForce)) return inForce;
      const exchanged = await exchange(inForce);
      keep(exchanged);
      return exchanged;
    });
    // Whoever comes next waits for the end of this one, however it ends.
    last = mine.then(
      () => undefined,
      () => undefined,
    );
    return mine;
  };
}

function areSame(a: SecretValues, b: SecretValues): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}

/** What a founder has to be sent to, and what is made of the vendor's word when they come back. */
export interface SignIn {
  /** The vendor's page, to be opened in a browser. */
  readonly address: string;
  /** Settings and secrets of the connection, out of the code that the browser brought. @throws AppError. */
  redeem(code: string, http: Http): Promise<{ readonly config: SecretValues; readonly secrets: SecretValues }>;
}

/** A vendor that is connected by signing in (OAuth 2 with PKCE, RFC 7636) instead of by a key. */
export interface SignInSpec<Config> {
  /** Names of the settings that it needs. */
  readonly fields: readonly (keyof Config & string)[];
  /** Where the vendor sends the browser back to; port 0 is any free one. */
  readonly redirectUri: (config: Config) => string;
  /** @param redirectUri with the port that was taken. @param state comes back with the answer, so that no other page can give one. */
  readonly begin: (
    config: Config,
    secrets: SecretValues,
    request: { readonly redirectUri: string; readonly state: string },
  ) => Promise<SignIn>;
}
