import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addProtector,
  changePassphrase,
  createKeyring,
  describeKeyring,
  keyringExists,
  removeWrapping,
  setPassphrase,
  unlockKeyring,
  type KeyProtector,
} from '../../../src/main/hosts/keyring/index.ts';
import { instantOfIso } from '../../../src/shared/kernel/instant.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { rejectionOf } from '../../support/store.ts';

const NOW = instantOfIso('2026-11-21T02:00:00Z');
const DAILY = 'correct horse battery staple';
const RECOVERY = 'a second one, on paper in a drawer';

function newFile(): string {
  return join(temporaryFolder(), 'keyring.json');
}

/** A keychain in memory. `forget` stands for a new computer, or a keychain that was reset. */
function fakeKeychain(): KeyProtector & { forget(): void; present: boolean } {
  const kept = new Map<string, Uint8Array>();
  let next = 0;
  return {
    id: 'keychain',
    present: true,
    async available() {
      return this.present;
    },
    async wrap(key) {
      const name = `blob ${(next += 1)}`;
      kept.set(name, Uint8Array.from(key));
      return Buffer.from(name);
    },
    async unwrap(blob) {
      const key = kept.get(Buffer.from(blob).toString());
      if (!key) throw new Error('errSecItemNotFound');
      return key;
    },
    forget: () => kept.clear(),
  };
}

function edit(
  file: string,
  change: (keyring: { wrappings: Record<string, never>[] } & Record<string, unknown>) => void,
) {
  const keyring = JSON.parse(readFileSync(file, 'utf8'));
  change(keyring);
  writeFileSync(file, JSON.stringify(keyring));
}

/** Changes one character of a base64 text, and with it the bytes. */
function bent(text: string): string {
  return (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
}

describe('a new keyring', () => {
  it('holds a fresh key of 32 bytes that its passphrase opens', async () => {
    const file = newFile();
    const key = await createKeyring(file, [{ passphrase: DAILY }], NOW);
    expect(key).toHaveLength(32);
    expect(await unlockKeyring(file, { passphrase: DAILY })).toEqual(Buffer.from(key));
    expect(await createKeyring(newFile(), [{ passphrase: DAILY }], NOW)).not.toEqual(key);
  });

  it('is readable by its owner only, and shows neither key nor passphrase', async () => {
    const file = newFile();
    const key = await createKeyring(file, [{ passphrase: DAILY }], NOW);
    const text = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    for (const secret of [DAILY, Buffer.from(key).toString('hex'), Buffer.from(key).toString('base64')])
      expect(text).not.toContain(secret);
  });

  it('states the cost of guessing: scrypt with N = 2^17, r = 8, p = 1', async () => {
    const file = newFile();
    await createKeyring(file, [{ passphrase: DAILY }], NOW);
    expect(JSON.parse(readFileSync(file, 'utf8')).wrappings[0].cost).toEqual({
      name: 'scrypt',
      n: 131_072,
      r: 8,
      p: 1,
    });
  });

  it('never replaces one that is there', async () => {
    const file = newFile();
    const key = await createKeyring(file, [{ passphrase: DAILY }], NOW);
    expect(await rejectionOf(createKeyring(file, [{ passphrase: RECOVERY }], NOW))).toMatchObject({ code: 'conflict' });
    expect(await unlockKeyring(file, { passphrase: DAILY })).toEqual(Buffer.from(key));
  });

  it('needs a way in, and a passphrase that is no guess', async () => {
    const file = newFile();
    expect(await rejectionOf(createKeyring(file, [], NOW))).toMatchObject({ code: 'invalid_input' });
    expect(await rejectionOf(createKeyring(file, [{ passphrase: 'short' }], NOW))).toMatchObject({
      code: 'invalid_input',
    });
    expect(keyringExists(file)).toBe(false);
  });

  it('that is missing, damaged or newer is told apart', async () => {
    const file = newFile();
    expect(await rejectionOf(unlockKeyring(file, { passphrase: DAILY }))).toMatchObject({ code: 'not_found' });
    writeFileSync(file, '{ "version": 1, "wrapp');
    expect(await rejectionOf(unlockKeyring(file, { passphrase: DAILY }))).toMatchObject({ code: 'storage_failed' });
    writeFileSync(file, '{ "version": 2 }');
    expect(await rejectionOf(unlockKeyring(file, { passphrase: DAILY }))).toMatchObject({ code: 'conflict' });
  });
});

describe('a passphrase', () => {
  it('that is wrong fails as auth_failed', async () => {
    const file = newFile();
    await createKeyring(file, [{ passphrase: DAILY }], NOW);
    expect(await rejectionOf(unlockKeyring(file, { passphrase: `${DAILY}r` }))).toMatchObject({ code: 'auth_failed' });
  });

  it('is the same however the keyboard composes its letters', async () => {
    const file = newFile();
    const composed = 'caf\u00e9 au lait, deux sucres';
    const key = await createKeyring(file, [{ passphrase: composed }], NOW);
    expect(await unlockKeyring(file, { passphrase: composed.normalize('NFD') })).toEqual(Buffer.from(key));
  });

  it('is changed without touching the key: the new one opens, the old one does not', async () => {
    const file = newFile();
    const key = await createKeyring(file, [{ passphrase: DAILY }], NOW);
    await changePassphrase(file, DAILY, 'tr0ubador and three more', NOW);
    expect(await unlockKeyring(file, { passphrase: 'tr0ubador and three more' })).toEqual(Buffer.from(key));
    expect(await rejectionOf(unlockKeyring(file, { passphrase: DAILY }))).toMatchObject({ code: 'auth_failed' });
  });

  it('is not changed by somebody who does not know it, nor to a weak one', async () => {
    const file = newFile();
    await createKeyring(file, [{ passphrase: DAILY }], NOW);
    const before = readFileSync(file, 'utf8');
    expect(await rejectionOf(changePassphrase(file, 'not the right one', RECOVERY, NOW))).toMatchObject({
      code: 'auth_failed',
    });
    expect(await rejectionOf(changePassphrase(file, DAILY, 'short', NOW))).toMatchObject({ code: 'invalid_input' });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('for recovery opens beside the daily one, and is replaced by itself', async () => {
    const file = newFile();
    const key = Buffer.from(await createKeyring(file, [{ passphrase: DAILY }], NOW));
    await setPassphrase(file, { passphrase: DAILY }, RECOVERY, 'recovery', NOW);
    expect(await unlockKeyring(file, { passphrase: RECOVERY })).toEqual(key);
    expect(await unlockKeyring(file, { passphrase: DAILY })).toEqual(key);
    expect(describeKeyring(file).wrappings.map(({ way }) => way)).toEqual(['passphrase', 'recovery']);

    await setPassphrase(file, { passphrase: RECOVERY }, 'yet another on paper', 'recovery', NOW);
    expect(await rejectionOf(unlockKeyring(file, { passphrase: RECOVERY }))).toMatchObject({ code: 'auth_failed' });
    expect(await unlockKeyring(file, { passphrase: DAILY })).toEqual(key);
  });
});

describe('a keychain', () => {
  it('opens without a passphrase', async () => {
    const file = newFile();
    const protector = fakeKeychain();
    const key = await createKeyring(file, [{ protector }], NOW);
    expect(await unlockKeyring(file, { protector })).toEqual(key);
    expect(describeKeyring(file).wrappings).toMatchObject([{ way: 'keychain', createdAt: NOW }]);
    expect(await rejectionOf(unlockKeyring(file, { passphrase: DAILY }))).toMatchObject({ code: 'not_found' });
  });

  it('that hides nothing counts as none', async () => {
    const protector = fakeKeychain();
    protector.present = false;
    expect(await rejectionOf(createKeyring(newFile(), [{ protector }], NOW))).toMatchObject({ code: 'unavailable' });
  });

  it('that lost the key leaves the recovery passphrase, which gives the key to it again', async () => {
    const file = newFile();
    const protector = fakeKeychain();
    const key = Buffer.from(await createKeyring(file, [{ protector }], NOW));
    await setPassphrase(file, { protector }, RECOVERY, 'recovery', NOW);
    protector.forget();
    const failure = await rejectionOf(unlockKeyring(file, { protector }));
    expect(failure).toMatchObject({ code: 'auth_failed' });
    expect(failure.message).toContain('recovery passphrase');

    await addProtector(file, { passphrase: RECOVERY }, protector, NOW);
    expect(Buffer.from(await unlockKeyring(file, { protector }))).toEqual(key);
    expect(describeKeyring(file).wrappings.map(({ way }) => way)).toEqual(['recovery', 'keychain']);
  });

  it('that was never given the key, or gives out something else, is told', async () => {
    const file = newFile();
    await createKeyring(file, [{ passphrase: DAILY }], NOW);
    const protector = fakeKeychain();
    expect(await rejectionOf(unlockKeyring(file, { protector }))).toMatchObject({ code: 'not_found' });
    await addProtector(file, { passphrase: DAILY }, protector, NOW);
    const liar: KeyProtector = { ...protector, unwrap: async () => new Uint8Array(31) };
    expect(await rejectionOf(unlockKeyring(file, { protector: liar }))).toMatchObject({ code: 'auth_failed' });
  });
});

describe('removing a way in', () => {
  it('works while another one stays that opens, and never takes the last', async () => {
    const file = newFile();
    const protector = fakeKeychain();
    await createKeyring(file, [{ protector }, { passphrase: DAILY }], NOW);
    const [keychain, passphrase] = describeKeyring(file).wrappings;
    // The keychain is no proof that somebody gets in without it, and neither is a wrong passphrase.
    expect(await rejectionOf(removeWrapping(file, keychain!.id, { protector }))).toMatchObject({ code: 'not_found' });
    const wrong = removeWrapping(file, keychain!.id, { passphrase: 'a wrong passphrase' });
    expect(await rejectionOf(wrong)).toMatchObject({ code: 'auth_failed' });
    await removeWrapping(file, keychain!.id, { passphrase: DAILY });
    expect(await rejectionOf(unlockKeyring(file, { protector }))).toMatchObject({ code: 'not_found' });
    const daily = { passphrase: DAILY };
    expect(await rejectionOf(removeWrapping(file, passphrase!.id, daily))).toMatchObject({ code: 'conflict' });
    expect(await rejectionOf(removeWrapping(file, keychain!.id, daily))).toMatchObject({ code: 'not_found' });
    expect(await unlockKeyring(file, { passphrase: DAILY })).toHaveLength(32);
  });
});

describe('tampering with keyring.json', () => {
  it.each([
    ['another key id', (keyring: Record<string, unknown>) => (keyring['keyId'] = crypto.randomUUID())],
    ['a bent box', (_: unknown, wrapping: Record<string, string>) => (wrapping['box'] = bent(wrapping['box']!))],
    ['a bent salt', (_: unknown, wrapping: Record<string, string>) => (wrapping['salt'] = bent(wrapping['salt']!))],
    ['a bent nonce', (_: unknown, wrapping: Record<string, string>) => (wrapping['nonce'] = bent(wrapping['nonce']!))],
    ['another purpose', (_: unknown, wrapping: Record<string, string>) => (wrapping['purpose'] = 'recovery')],
  ])('%s makes the passphrase fail', async (_what, change) => {
    const file = newFile();
    await createKeyring(file, [{ passphrase: DAILY }], NOW);
    edit(file, (keyring) => void change(keyring, keyring.wrappings[0]!));
    expect(await rejectionOf(unlockKeyring(file, { passphrase: DAILY }))).toMatchObject({ code: 'auth_failed' });
  });

  it.each([
    ['cheap to guess', { name: 'scrypt', n: 2, r: 8, p: 1 }],
    ['more than the machine has', { name: 'scrypt', n: 2 ** 30, r: 8, p: 1 }],
    ['another function', { name: 'md5', n: 131_072, r: 8, p: 1 }],
  ])('a cost that is %s is refused before anything is computed', async (_what, cost) => {
    const file = newFile();
    await createKeyring(file, [{ passphrase: DAILY }], NOW);
    edit(file, (keyring) => void Object.assign(keyring.wrappings[0]!, { cost }));
    expect(await rejectionOf(unlockKeyring(file, { passphrase: DAILY }))).toMatchObject({ code: 'storage_failed' });
  });

  it('a wrapping moved from another keyring does not open', async () => {
    const [mine, other] = [newFile(), newFile()];
    await createKeyring(mine, [{ passphrase: DAILY }], NOW);
    await createKeyring(other, [{ passphrase: RECOVERY }], NOW);
    const foreign = JSON.parse(readFileSync(other, 'utf8')).wrappings[0];
    edit(mine, (keyring) => void keyring.wrappings.push(foreign));
    expect(await rejectionOf(unlockKeyring(mine, { passphrase: RECOVERY }))).toMatchObject({ code: 'auth_failed' });
  });
});
