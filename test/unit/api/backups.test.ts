import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createCallRouter } from '../../../src/main/engine/index.ts';
import { DAY_MS, HOUR_MS } from '../../../src/shared/kernel/instant.ts';
import { testWorkspace, type TestWorkspace } from '../../contract/test-workspace.ts';
import { fakeClock, type FakeClock } from '../../support/engine-ports.ts';
import { PATIENTLY } from '../../support/patience.ts';

const PASSPHRASE = 'correct horse battery';

let workspace: TestWorkspace;
let clock: FakeClock;
let client: ReturnType<typeof clientOf>;

function clientOf({ host }: TestWorkspace) {
  return createRouterClient(createCallRouter(), { context: host.context });
}

beforeEach(async () => {
  clock = fakeClock('2026-11-21T02:00:00Z');
  workspace = testWorkspace({ ports: { clock } });
  client = clientOf(workspace);
  await client.session.create({ keychain: false, passphrase: PASSPHRASE });
});
afterEach(() => workspace.remove());

/** Lets a day pass, with what falls due in it. */
async function nextDay(): Promise<void> {
  const before = (await client.jobs.list({ limit: 100 })).filter(({ kind }) => kind === 'backup').length;
  await clock.advance(1.2 * DAY_MS);
  await vi.waitFor(async () => {
    const jobs = (await client.jobs.list({ limit: 100 })).filter(({ kind }) => kind === 'backup');
    expect(jobs.length).toBeGreaterThan(before);
    expect(jobs.every(({ endedAt }) => endedAt !== null)).toBe(true);
  }, PATIENTLY);
}

async function backUp(): Promise<{ state: string; message: string | undefined }> {
  const { jobId } = await client.workspace.backUp();
  await vi.waitFor(async () => expect((await client.jobs.get({ jobId })).endedAt).not.toBeNull(), PATIENTLY);
  const { state, error } = await client.jobs.get({ jobId });
  return { state, message: error?.message };
}

const failing = async () =>
  (await client.alerts.list({ state: 'open' })).rows.filter(({ rule }) => rule === 'backup_failing');

describe('a backup a day', () => {
  test('is written while Vario is open, encrypted, beside the database', async () => {
    expect(await client.session.backups()).toEqual([]);
    await nextDay();
    const [backup, ...others] = await client.session.backups();
    expect(others).toEqual([]);
    expect(backup).toMatchObject({ reason: 'scheduled' });
    expect(backup?.file.startsWith(join(workspace.dataDir, 'backups'))).toBe(true);
  });

  test('is kept as often as is set, and not made at all where none is to be kept', async () => {
    await client.workspace.update({ dailyBackups: 2 });
    for (let day = 0; day < 3; day++) await nextDay();
    expect(await client.session.backups()).toHaveLength(2);
    await client.workspace.update({ dailyBackups: 0 });
    await clock.advance(3 * DAY_MS);
    expect(await client.session.backups()).toHaveLength(2);
  });

  test('that fell due while Vario was closed is made after the next start', async () => {
    await client.session.lock();
    await clock.advance(2 * DAY_MS);
    await client.session.unlock({ passphrase: PASSPHRASE });
    await clock.advance(HOUR_MS);
    await vi.waitFor(async () => expect(await client.session.backups()).toHaveLength(1), PATIENTLY);
  });
});

describe('a folder of one’s own', () => {
  const folder = () => join(workspace.dataDir, 'drive', 'vario');

  test('holds the backups, and those beside the database are still listed', async () => {
    await backUp();
    mkdirSync(folder(), { recursive: true });
    await client.workspace.update({ backupFolder: folder() });
    await clock.advance(1_000);
    expect(await backUp()).toMatchObject({ state: 'done' });
    expect(readdirSync(folder())).toHaveLength(1);
    expect((await client.session.backups()).map(({ file }) => file.startsWith(folder()))).toEqual([true, false]);
  });

  test('that is not there is told by an alert until it is back, and nothing is written in its stead', async () => {
    await client.workspace.update({ backupFolder: folder() });
    await nextDay();
    expect(existsSync(folder())).toBe(false);
    expect(await failing()).toMatchObject([{ title: 'The backup could not be written', target: '/settings' }]);
    expect((await failing())[0]?.body).toContain(folder());
    await nextDay();
    expect(await failing(), 'one spell, one alert').toHaveLength(1);
    mkdirSync(folder(), { recursive: true });
    await nextDay();
    expect(await failing()).toEqual([]);
  });
});

/** A file system of 128 kB, which no database fits on; null where this account may not mount one. */
function tinyDisk(): string | null {
  const place = mkdtempSync(join(tmpdir(), 'vario-tiny-'));
  const { status } = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', place], { stdio: 'ignore' });
  onTestFinished(() => {
    if (status === 0) spawnSync('/bin/umount', [place]);
    rmSync(place, { recursive: true, force: true });
  });
  return status === 0 ? place : null;
}

test('a full disk fails the backup with a sentence and an alert, leaves no half of it, and everything else goes on', async ({
  skip,
}) => {
  const disk = tinyDisk();
  skip(disk === null, 'needs the right to mount a small file system');
  await client.workspace.update({ backupFolder: disk });
  const { state, message } = await backUp();
  expect(state).toBe('failed');
  expect(message).toMatch(/disk is full/);
  expect(readdirSync(disk ?? '')).toEqual([]);
  expect(await failing()).toHaveLength(1);
  expect(await client.workspace.update({ companyName: 'Goes on' })).toMatchObject({ companyName: 'Goes on' });
});

describe('a restore', () => {
  test('brings the moment of the backup back, and keeps the database before aside', async () => {
    await client.workspace.update({ companyName: 'As it was' });
    await backUp();
    await client.workspace.update({ companyName: 'A mistake' });
    const [backup] = await client.session.backups();
    const restored = await client.session.restore({ file: backup?.file ?? '', passphrase: PASSPHRASE });
    expect(restored).toMatchObject({ state: 'unlocked', problem: null });
    expect(await client.workspace.get()).toMatchObject({ companyName: 'As it was' });
    expect(existsSync(join(workspace.dataDir, 'vario.db.before-restore'))).toBe(true);
  });

  test('is the way out of a damaged database', async () => {
    await client.workspace.update({ companyName: 'As it was' });
    await backUp();
    await client.session.lock();
    const file = join(workspace.dataDir, 'vario.db');
    writeFileSync(file, readFileSync(file).fill(7, 4_096));
    await expect(client.session.unlock({ passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'storage_failed' });
    expect(await client.session.status()).toMatchObject({ state: 'broken', problem: { code: 'storage_failed' } });
    const [backup] = await client.session.backups();
    await client.session.restore({ file: backup?.file ?? '', passphrase: PASSPHRASE });
    expect(await client.session.status()).toMatchObject({ state: 'unlocked', problem: null });
    expect(await client.workspace.get()).toMatchObject({ companyName: 'As it was' });
  });

  test('with a wrong passphrase, or of a file that is no backup here, changes nothing', async () => {
    await client.workspace.update({ companyName: 'As it is' });
    await backUp();
    const [backup] = await client.session.backups();
    const wrong = client.session.restore({ file: backup?.file ?? '', passphrase: 'not the passphrase' });
    await expect(wrong).rejects.toMatchObject({ code: 'auth_failed' });
    const foreign = client.session.restore({ file: '/etc/passwd', passphrase: PASSPHRASE });
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' });
    expect(await client.workspace.get()).toMatchObject({ companyName: 'As it is' });
  });
});
