/** Makes guessing a passphrase slow: scrypt turns it into the key that wraps the database's. */
import { scrypt } from 'node:crypto';

export const KEY_BYTES = 32;

/** The costs that are accepted from a file: below them guessing gets cheap, above them opening takes the machine's memory. */
export interface ScryptCost {
  readonly name: 'scrypt';
  readonly n: 131_072 | 262_144 | 524_288 | 1_048_576;
  readonly r: 8;
  readonly p: number;
}

/** `KEY_BYTES` bytes, after as much work as `cost` asks for. The passphrase is normalised already. */
export function stretch(passphrase: string, salt: Uint8Array, { n, r, p }: ScryptCost): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 256 * n * r };
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, KEY_BYTES, options, (error, wrappingKey) => {
      if (error) reject(error);
      else resolve(wrappingKey);
    });
  });
}
