import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startThrowAway } from '../../../src/main/hosts/keyring/index.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';

/** The pid of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('a throw-away key', () => {
  it('is 32 bytes that are written nowhere, in a folder that says what it is', () => {
    const { dataDir, key } = startThrowAway(temporaryFolder());
    expect(key).toHaveLength(32);
    expect(readdirSync(dataDir)).toEqual(['THROW-AWAY.txt']);
    expect(readFileSync(join(dataDir, 'THROW-AWAY.txt'), 'utf8')).toMatch(/exists only in the memory/);
  });

  it('is another one each time, in a folder of its own, while the first still runs', () => {
    const parent = temporaryFolder();
    const first = startThrowAway(parent);
    const second = startThrowAway(parent);
    expect(second.key).not.toEqual(first.key);
    expect(existsSync(first.dataDir)).toBe(true);
    first.remove();
    expect(existsSync(first.dataDir)).toBe(false);
    expect(existsSync(second.dataDir)).toBe(true);
  });

  it('clears away what a program that is gone left behind, and nothing else', () => {
    const parent = temporaryFolder();
    const left = startThrowAway(parent).dataDir;
    const note = join(left, readdirSync(left)[0]!);
    writeFileSync(note, readFileSync(note, 'utf8').replace(/process \d+/, `process ${deadPid()}`));
    const own = join(parent, 'throw-away-plans');
    mkdirSync(own);
    writeFileSync(join(own, 'vario.db'), 'precious');
    startThrowAway(parent);
    expect(existsSync(left)).toBe(false);
    expect(readFileSync(join(own, 'vario.db'), 'utf8')).toBe('precious');
  });
});
