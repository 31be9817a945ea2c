import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockDirectory, openStore } from '../../../src/main/engine/store/index.ts';
import { instantOfIso } from '../../../src/shared/kernel/instant.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { failureOf, storeOptions } from '../../support/store.ts';

const NOW = instantOfIso('2026-11-21T02:00:00Z');

async function otherProcessHolding(dir: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../../fixtures/store/hold-lock.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout!, 'data');
  return child;
}

describe('the lock on a data directory', () => {
  it('keeps a second engine of the same process out', () => {
    const options = storeOptions();
    const store = openStore(options);
    expect(failureOf(() => openStore(options))).toMatchObject({ code: 'conflict', details: { kind: 'in_use' } });
    store.close();
    openStore(options).close();
  });

  it('keeps another process out, and names it with its program and pid', async () => {
    const dir = temporaryFolder();
    const child = await otherProcessHolding(dir);
    const failure = failureOf(() => lockDirectory(dir, 'test', NOW));
    expect(failure).toMatchObject({
      code: 'conflict',
      details: { kind: 'in_use', pid: child.pid, program: 'the other program' },
    });
    expect(failure.message).toContain(`the other program (process ${child.pid}`);
  });

  it('is free again at once after its holder was killed, and says that it was a crash', async () => {
    const dir = temporaryFolder();
    const child = await otherProcessHolding(dir);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = lockDirectory(dir, 'test', NOW);
    expect(lock.afterCrash).toBe(true);
    lock.release();
  });

  it('knows an orderly end from a crash', () => {
    const dir = temporaryFolder();
    lockDirectory(dir, 'first', NOW).release();
    const second = lockDirectory(dir, 'second', NOW);
    expect(second.afterCrash).toBe(false);
    second.release();
  });

  it('records who holds it, and survives a torn record', () => {
    const dir = temporaryFolder();
    const record = join(dir, 'vario.lock.json');
    const lock = lockDirectory(dir, 'vario serve', NOW);
    expect(JSON.parse(readFileSync(record, 'utf8'))).toMatchObject({
      pid: process.pid,
      program: 'vario serve',
      since: '2026-11-21T02:00:00.000Z',
    });
    writeFileSync(record, '{"pid": 1');
    expect(failureOf(() => lockDirectory(dir, 'second', NOW)).message).toContain('another program');
    lock.release();
    lockDirectory(dir, 'third', NOW).release();
  });

  it('releasing twice does not take the next holder’s lock away', () => {
    const dir = temporaryFolder();
    const first = lockDirectory(dir, 'first', NOW);
    first.release();
    const second = lockDirectory(dir, 'second', NOW);
    first.release();
    expect(failureOf(() => lockDirectory(dir, 'third', NOW)).details).toMatchObject({ program: 'second' });
    second.release();
  });

  it('is let go when the database does not open', () => {
    const options = storeOptions();
    openStore(options).close();
    expect(failureOf(() => openStore({ ...options, key: new Uint8Array(32) })).details).toMatchObject({
      kind: 'wrong_key',
    });
    openStore(options).close();
  });
});
