import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { startHeadless } from '../../../src/main/hosts/headless/headless.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';

// The program, which is a process of its own, has to open what is made here.
vi.unmock('../../../src/main/hosts/keyring/stretch.ts');

const CLI = join(import.meta.dirname, '../../../src/main/hosts/headless/cli.ts');
const SECRET = 'correct horse battery staple';

const vario = async (cache: string, args: readonly string[]) =>
  await promisify(execFile)(process.execPath, [CLI, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: cache, NODE_COMPILE_CACHE: cache, VARIO_PASSPHRASE: SECRET },
  });

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('the compiled code of a start is kept, and holds nothing of the company', async () => {
  const cache = temporaryFolder();
  const dataDir = join(temporaryFolder(), 'data');
  const headless = startHeadless({ dataDir, documentsDir: dataDir, program: 'test', stderrLevel: null });
  await headless.client.session.create({ keychain: false, passphrase: SECRET });
  await headless.close();
  await vario(cache, ['config', 'set', 'companyName', 'Northwind Gliders', '--data-dir', dataDir]);
  const kept = filesIn(cache);
  expect(kept.length).toBeGreaterThan(100);
  for (const file of kept) {
    const bytes = readFileSync(file);
    for (const private_ of [SECRET, 'Northwind Gliders', dataDir]) expect(bytes.includes(private_), file).toBe(false);
  }
});

test('a folder that cannot be written costs nothing but time', async () => {
  const notAFolder = join(temporaryFolder(), 'file');
  writeFileSync(notAFolder, '');
  const { stdout } = await vario(notAFolder, ['--version']);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+/);
  expect(existsSync(join(notAFolder, 'code'))).toBe(false);
});
