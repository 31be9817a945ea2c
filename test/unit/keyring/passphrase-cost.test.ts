/** The real work behind a passphrase, which all other tests leave out (test/support/quick-program.ts). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createKeyring, unlockKeyring } from '../../../src/main/hosts/keyring/index.ts';
import { stretch } from '../../../src/main/hosts/keyring/stretch.ts';
import { instantOfIso } from '../../../src/shared/kernel/instant.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { rejectionOf } from '../../support/store.ts';

vi.unmock('../../../src/main/hosts/keyring/stretch.ts');

const PASSPHRASE = 'correct horse battery staple';

test('a keyring states the cost of guessing, and does the work: scrypt with N = 2^17, r = 8, p = 1', async () => {
  const file = join(temporaryFolder(), 'keyring.json');
  const before = process.cpuUsage();
  const key = await createKeyring(file, [{ passphrase: PASSPHRASE }], instantOfIso('2026-11-21T02:00:00Z'));
  expect(process.cpuUsage(before).user, 'microseconds').toBeGreaterThan(100_000);
  expect(JSON.parse(readFileSync(file, 'utf8')).wrappings).toMatchObject([
    { cost: { name: 'scrypt', n: 131_072, r: 8, p: 1 } },
  ]);
  expect(await unlockKeyring(file, { passphrase: PASSPHRASE })).toEqual(Buffer.from(key));
  expect(await rejectionOf(unlockKeyring(file, { passphrase: 'wrong horse battery staple' }))).toMatchObject({
    code: 'auth_failed',
  });
});

test('scrypt is the one of RFC 7914', async () => {
  // Python's hashlib.scrypt(b'correct horse', salt=bytes(range(16)), n=2**17, r=8, p=1, maxmem=2**28, dklen=32).
  const made = await stretch(
    'correct horse',
    Uint8Array.from({ length: 16 }, (_, n) => n),
    {
      name: 'scrypt',
      n: 131_072,
      r: 8,
      p: 1,
    },
  );
  expect(made.toString('hex')).toBe('4c6bc95145350a07e4000e6b475195a0b9c727c25a0517bbc2ac76edc10e426c');
});
