import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { KeyProtector } from '../../../src/main/hosts/keyring/index.ts';
import { DATABASE_FILE, KEYRING_FILE } from '../../../src/main/hosts/workspace-host.ts';
import { testWorkspace, type TestWorkspace, type TestWorkspaceOptions } from '../../contract/test-workspace.ts';
import { PATIENTLY } from '../../support/patience.ts';

const PASSPHRASE = 'correct horse battery';
const RECOVERY = 'a note in the drawer of my desk';

const open: TestWorkspace[] = [];
function workspaceWith(options: TestWorkspaceOptions = {}): TestWorkspace {
  const made = testWorkspace(options);
  open.push(made);
  return made;
}
afterEach(async () => {
  vi.useRealTimers();
  for (const each of open.splice(0)) await each.remove();
});

/** Keeps what it wraps, as an operating system's keychain does; `locked` refuses. */
function keychain(state: { locked: boolean } = { locked: false }): KeyProtector {
  const kept = new Map<number, Uint8Array>();
  return {
    id: 'keychain',
    available: () => Promise.resolve(true),
    wrap: (key) => {
      kept.set(kept.size, Uint8Array.from(key));
      return Promise.resolve(Uint8Array.of(kept.size - 1));
    },
    unwrap: ([number = -1]) => {
      const key = kept.get(number);
      return state.locked || !key ? Promise.reject(new Error('refused')) : Promise.resolve(Uint8Array.from(key));
    },
  };
}

describe('a data directory goes from new to unlocked', () => {
  test('by a passphrase', async () => {
    const { host, dataDir } = workspaceWith();
    expect(host.state).toBe('new');
    const status = await host.context.session.create({ keychain: false, passphrase: PASSPHRASE });
    expect(status).toMatchObject({ state: 'unlocked', protections: ['passphrase'], keychainAvailable: false });
    expect(existsSync(join(dataDir, KEYRING_FILE))).toBe(true);
  });

  test('by the keychain, which opens it again without a question', async () => {
    const { host } = workspaceWith({ keychain: keychain() });
    const { session } = host.context;
    await session.create({ keychain: true, passphrase: null });
    await session.lock();
    expect(await session.unlock({ passphrase: null })).toMatchObject({ state: 'unlocked', protections: ['keychain'] });
  });

  test('never without any protection', async () => {
    const { host, dataDir } = workspaceWith();
    await expect(host.context.session.create({ keychain: false, passphrase: null })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(existsSync(join(dataDir, DATABASE_FILE))).toBe(false);
  });

  test('once: a second keyring is never made over the first', async () => {
    const { host } = workspaceWith();
    await host.context.session.create({ keychain: false, passphrase: PASSPHRASE });
    await host.context.session.lock();
    await expect(
      host.context.session.create({ keychain: false, passphrase: 'another passphrase' }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  test('not over a database whose keyring is gone: its key may come back', async () => {
    const { host, dataDir } = workspaceWith();
    await host.context.session.create({ keychain: false, passphrase: PASSPHRASE });
    await host.context.session.lock();
    rmSync(join(dataDir, KEYRING_FILE));
    await expect(host.context.session.create({ keychain: false, passphrase: PASSPHRASE })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('backup'),
    });
  });
});

describe('while locked', () => {
  test('there is no engine', async () => {
    const { host } = workspaceWith();
    await host.context.session.create({ keychain: false, passphrase: PASSPHRASE });
    await host.context.session.lock();
    expect(host.state).toBe('locked');
    expect(() => host.context.engine()).toThrow(expect.objectContaining({ code: 'locked' }));
  });

  test('the database is closed: another process may open it', async () => {
    const first = workspaceWith();
    await first.host.context.session.create({ keychain: false, passphrase: PASSPHRASE });
    const second = workspaceWith({ dataDir: first.dataDir });
    await expect(second.host.context.session.unlock({ passphrase: PASSPHRASE })).rejects.toMatchObject({
      code: 'conflict',
    });
    await first.host.context.session.lock();
    expect(await second.host.context.session.unlock({ passphrase: PASSPHRASE })).toMatchObject({ state: 'unlocked' });
    await second.host.close();
  });

  test('two windows may unlock at the same moment', async () => {
    const { host } = workspaceWith();
    const { session } = host.context;
    await session.create({ keychain: false, passphrase: PASSPHRASE });
    await session.lock();
    const both = await Promise.all([
      session.unlock({ passphrase: PASSPHRASE }),
      session.unlock({ passphrase: PASSPHRASE }),
    ]);
    expect(both.map(({ state }) => state)).toEqual(['unlocked', 'unlocked']);
  });
});

describe('passphrases', () => {
  test('guessing is slowed after five wrong ones', async () => {
    const { host } = workspaceWith();
    const { session } = host.context;
    await session.create({ keychain: false, passphrase: PASSPHRASE });
    await session.lock();
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(session.unlock({ passphrase: 'wrong passphrase' })).rejects.toMatchObject({ code: 'auth_failed' });
    await expect(session.unlock({ passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'rate_limited' });
  });

  test('changing one ends the old one', async () => {
    const { session } = workspaceWith().host.context;
    await session.create({ keychain: false, passphrase: PASSPHRASE });
    await session.changePassphrase({ current: PASSPHRASE, next: 'a better passphrase' });
    await session.lock();
    await expect(session.unlock({ passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'auth_failed' });
    expect(await session.unlock({ passphrase: 'a better passphrase' })).toMatchObject({ state: 'unlocked' });
  });

  test('a recovery passphrase opens when the keychain refuses', async () => {
    const refusal = { locked: false };
    const { session } = workspaceWith({ keychain: keychain(refusal) }).host.context;
    await session.create({ keychain: true, passphrase: null });
    expect(await session.setRecovery({ passphrase: RECOVERY, current: null })).toMatchObject({
      protections: ['keychain', 'recovery'],
    });
    await session.lock();
    refusal.locked = true;
    await expect(session.unlock({ passphrase: null })).rejects.toMatchObject({ code: 'auth_failed' });
    expect(await session.unlock({ passphrase: RECOVERY })).toMatchObject({ state: 'unlocked' });
  });

  test('a recovery passphrase needs a way that opens now', async () => {
    const { session } = workspaceWith().host.context;
    await session.create({ keychain: false, passphrase: PASSPHRASE });
    await expect(session.setRecovery({ passphrase: RECOVERY, current: 'wrong passphrase' })).rejects.toMatchObject({
      code: 'auth_failed',
    });
  });
});

describe('what cannot be opened is said', () => {
  test('a damaged keyring', async () => {
    const { host, dataDir } = workspaceWith();
    writeFileSync(join(dataDir, KEYRING_FILE), '{');
    expect(await host.context.session.status()).toMatchObject({ state: 'broken', problem: { code: 'storage_failed' } });
  });

  test('a database of another program', async () => {
    const { host, dataDir } = workspaceWith();
    await host.context.session.create({ keychain: false, passphrase: PASSPHRASE });
    await host.context.session.lock();
    writeFileSync(join(dataDir, DATABASE_FILE), 'not a database at all, but long enough to have a header');
    await expect(host.context.session.unlock({ passphrase: PASSPHRASE })).rejects.toThrow();
    expect(await host.context.session.status()).toMatchObject({ state: 'broken' });
    expect(readFileSync(join(dataDir, DATABASE_FILE), 'utf8')).toContain('not a database');
  });
});

describe('locking by itself', () => {
  const MINUTE = 60_000;
  /** Only the timer of the idle lock is faked: the engine's threads need real ones. */
  const fakeTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

  test('after the minutes without a call', async () => {
    const { host } = workspaceWith({ idleLockMinutes: 5 });
    await host.context.session.create({ keychain: false, passphrase: PASSPHRASE });
    fakeTimers();
    host.context.onActivity();
    vi.advanceTimersByTime(4 * MINUTE);
    host.context.onActivity();
    vi.advanceTimersByTime(4 * MINUTE);
    expect(host.state).toBe('unlocked');
    vi.advanceTimersByTime(MINUTE);
    vi.useRealTimers();
    await vi.waitFor(() => expect(host.state).toBe('locked'), PATIENTLY);
  });

  test('as the settings say, from the moment they say it', async () => {
    const { host } = workspaceWith();
    await host.context.session.create({ keychain: false, passphrase: PASSPHRASE });
    fakeTimers();
    host.context.onActivity();
    vi.advanceTimersByTime(600 * MINUTE);
    expect(host.state).toBe('unlocked');
    await host.engine().calls.commands['workspace.update']({ autoLockMinutes: 5 }, undefined);
    // The change is told within a tenth of a second; from then on the minutes run.
    await vi.waitFor(
      () => {
        vi.advanceTimersByTime(MINUTE);
        expect(host.state).toBe('locked');
      },
      { ...PATIENTLY, interval: 20 },
    );
    vi.useRealTimers();
  });

  test('never with a throw-away key: nothing could open it again', async () => {
    const { host } = workspaceWith({ idleLockMinutes: 5 });
    await host.context.session.openDemo();
    fakeTimers();
    host.context.onActivity();
    vi.advanceTimersByTime(600 * MINUTE);
    vi.useRealTimers();
    expect(host.state).toBe('unlocked');
    expect(await host.context.session.status()).toMatchObject({ protections: ['throw_away'] });
  });
});

describe('the demo company', () => {
  test('opens in one call, without a passphrase, in a folder of its own', async () => {
    const { host, dataDir } = workspaceWith();
    expect(await host.context.session.openDemo()).toMatchObject({ state: 'unlocked', protections: ['throw_away'] });
    expect(existsSync(join(dataDir, 'vario.db'))).toBe(false);
    expect(existsSync(join(dataDir, 'keyring.json'))).toBe(false);
    const [folder = ''] = readdirSync(join(dataDir, 'demo'));
    expect(readdirSync(join(dataDir, 'demo', folder))).toEqual(expect.arrayContaining(['THROW-AWAY.txt', 'vario.db']));
  });

  test('is gone without a trace when it is left, and the first start is there again', async () => {
    const { host, dataDir } = workspaceWith();
    await host.context.session.openDemo();
    expect(await host.context.session.leaveDemo()).toMatchObject({ state: 'new', protections: [] });
    expect(readdirSync(join(dataDir, 'demo'))).toEqual([]);
    await expect(host.context.session.leaveDemo()).rejects.toMatchObject({ code: 'conflict' });
  });

  test('leaves an own database beside it alone: it is locked meanwhile, and opens afterwards', async () => {
    const { host } = workspaceWith();
    const { session } = host.context;
    await session.create({ keychain: false, passphrase: PASSPHRASE });
    await host.engine().calls.commands['workspace.update']({ companyName: 'Kestrel Labs' }, undefined);
    await session.openDemo();
    expect(await host.engine().calls.ask('workspace.get', undefined)).toMatchObject({ companyName: 'My company' });
    expect(await session.leaveDemo()).toMatchObject({ state: 'locked', protections: ['passphrase'] });
    await session.unlock({ passphrase: PASSPHRASE });
    expect(await host.engine().calls.ask('workspace.get', undefined)).toMatchObject({ companyName: 'Kestrel Labs' });
  });

  test('is not locked, because nothing could open it again', async () => {
    const { host } = workspaceWith();
    await host.context.session.openDemo();
    expect(await host.context.session.lock()).toMatchObject({ state: 'unlocked' });
  });

  test('goes with the host', async () => {
    const { host, dataDir } = workspaceWith();
    await host.context.session.openDemo();
    await host.close();
    expect(readdirSync(join(dataDir, 'demo'))).toEqual([]);
  });
});

test('the key is overwritten once the database is open', async () => {
  const handedOut: Uint8Array[] = [];
  const kept = keychain();
  const { host } = workspaceWith({
    keychain: {
      ...kept,
      unwrap: async (blob) => {
        const key = await kept.unwrap(blob);
        handedOut.push(key);
        return key;
      },
    },
  });
  await host.context.session.create({ keychain: true, passphrase: null });
  await host.context.session.lock();
  await host.context.session.unlock({ passphrase: null });
  expect(handedOut).toHaveLength(1);
  expect(handedOut[0]?.every((byte) => byte === 0)).toBe(true);
});

describe('ways to the key', () => {
  test('the keychain is added to a passphrase and taken away again with it', async () => {
    const { session } = workspaceWith({ keychain: keychain() }).host.context;
    await session.create({ keychain: false, passphrase: PASSPHRASE });
    await expect(session.addKeychain({ passphrase: 'a wrong passphrase' })).rejects.toMatchObject({
      code: 'auth_failed',
    });
    expect(await session.addKeychain({ passphrase: PASSPHRASE })).toMatchObject({
      protections: ['passphrase', 'keychain'],
    });
    // The keychain itself is no proof that somebody gets in without it.
    await expect(session.removeWay({ way: 'keychain', current: null })).rejects.toMatchObject({ code: 'not_found' });
    await session.removeWay({ way: 'keychain', current: PASSPHRASE });
    expect(session.ways()).toMatchObject([{ way: 'passphrase' }]);
  });

  test('a forgotten passphrase is replaced while the keychain opens', async () => {
    const { session } = workspaceWith({ keychain: keychain() }).host.context;
    await session.create({ keychain: true, passphrase: PASSPHRASE });
    await session.setPassphrase({ passphrase: 'a better passphrase', current: null });
    await session.lock();
    await expect(session.unlock({ passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'auth_failed' });
    expect(await session.unlock({ passphrase: 'a better passphrase' })).toMatchObject({ state: 'unlocked' });
  });

  test('the only one stays', async () => {
    const { session } = workspaceWith().host.context;
    await session.create({ keychain: false, passphrase: PASSPHRASE });
    await expect(session.removeWay({ way: 'passphrase', current: PASSPHRASE })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('erasing everything', () => {
  test('needs the company’s name, and leaves neither database, key nor backup', async () => {
    const { host, dataDir } = workspaceWith();
    const { session } = host.context;
    await session.create({ keychain: false, passphrase: PASSPHRASE });
    await host.engine().calls.commands['workspace.update']({ companyName: 'Kestrel Labs' }, undefined);
    host.engine().backup();
    await expect(session.eraseAll({ companyName: 'My company' })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(existsSync(join(dataDir, DATABASE_FILE))).toBe(true);
    expect(await session.eraseAll({ companyName: 'Kestrel Labs ' })).toMatchObject({ state: 'new', protections: [] });
    for (const gone of [DATABASE_FILE, KEYRING_FILE, 'backups', 'uploads'])
      expect(existsSync(join(dataDir, gone))).toBe(false);
    // And the folder can be begun with again.
    expect(await session.create({ keychain: false, passphrase: PASSPHRASE })).toMatchObject({ state: 'unlocked' });
  });

  test('is not how a demo ends', async () => {
    const { session } = workspaceWith().host.context;
    await session.openDemo();
    await expect(session.eraseAll({ companyName: 'x' })).rejects.toMatchObject({ code: 'conflict' });
  });
});
