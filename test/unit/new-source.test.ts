/** The generator of sources, on a copy of what it touches: what it writes compiles, and says what is missing. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSource } from '../../scripts/new-source.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** Where the kit's callers stand, so that the skeleton is compiled against the real one; the registry is a small one. */
function copyOfProject(): string {
  const root = mkdtempSync(join(tmpdir(), 'vario-new-source-'));
  for (const path of [
    'src/shared/kernel',
    'src/main/engine/domain',
    'src/main/engine/runtime',
    'src/main/engine/sources/kit',
  ])
    cpSync(join(project, path), join(root, path), { recursive: true });
  cpSync(join(project, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'));
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
  write(root, 'package.json', '{ "type": "module" }');
  write(root, 'src/main/engine/sources/registry.ts', REGISTRY);
  write(root, 'test/conformance/vendor-fixture.ts', FIXTURES);
  write(
    root,
    'tsconfig.json',
    JSON.stringify({
      extends: './tsconfig.base.json',
      compilerOptions: { lib: ['ES2024'], types: ['node'] },
      include: ['src/main/engine/sources', 'test/support', 'test/conformance/vendor-fixture.ts'],
    }),
  );
  return root;
}

const REGISTRY = `import { z } from 'zod';
import type { Source } from './kit/index.ts';

export const SOURCES: readonly Source[] = [
];
export const Name = z.string();
`;

const FIXTURES = `import type { Http } from '../../src/main/engine/runtime/ports.ts';
import type { Source } from '../../src/main/engine/sources/kit/index.ts';

export interface VendorFixture {
  readonly vendor: string;
  connection(servers: object): { config: Record<string, string>; secrets: Record<string, string> };
  spoil(text: string, url: URL): string;
  change(servers: object): (text: string, url: URL) => string;
  readonly source?: Source;
  readonly http?: Http;
}

export const FIXTURES: readonly VendorFixture[] = [
];
`;

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe('npm run new:source', () => {
  let root = '';
  let written: string[] = [];
  beforeAll(() => {
    root = copyOfProject();
    written = newSource(root, { vendor: 'acme-crm', title: 'Acme CRM' });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('writes a folder, a fixture, a test and a line in each list', () => {
    expect(written).toEqual([
      'src/main/engine/sources/acme-crm/index.ts',
      'src/main/engine/sources/acme-crm/client.ts',
      'src/main/engine/sources/acme-crm/records-stream.ts',
      'src/main/engine/sources/acme-crm/objects/record.ts',
      'test/support/acme-crm/fixture.ts',
      'test/unit/sources/acme-crm.test.ts',
      'test/conformance/acme-crm.test.ts',
      'src/main/engine/sources/registry.ts',
      'test/conformance/vendor-fixture.ts',
    ]);
    expect(readFileSync(join(root, 'src/main/engine/sources/registry.ts'), 'utf8')).toContain('[\n  acmeCrmSource,\n]');
    expect(readFileSync(join(root, 'test/conformance/vendor-fixture.ts'), 'utf8')).toContain('[\n  acmeCrmFixture,\n]');
  });

  it('compiles as it is', () => {
    const { stdout, status } = spawnSync(join(project, 'node_modules/.bin/tsc'), ['-p', root], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it('says in a sentence what is missing, wherever it is reached', () => {
    const asked = `
      import { SOURCES } from './src/main/engine/sources/registry.ts';
      import { FIXTURES } from './test/conformance/vendor-fixture.ts';
      import { recordType } from './src/main/engine/sources/acme-crm/objects/record.ts';
      const said = (work) => { try { work(); return null; } catch (error) { return error.message; } };
      const [source] = SOURCES;
      const session = source.parse({}, { apiToken: 'token-of-acme' }).open({}, () => undefined);
      console.log(JSON.stringify([
        (await session.check()).problem,
        said(() => recordType.read({ id: '7' }).facts(0)),
        said(() => FIXTURES[0].connection({})),
      ]));`;
    const out = execFileSync(process.execPath, ['--input-type=module', '--eval', asked], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(JSON.parse(out)).toEqual([
      'Acme CRM cannot be connected yet: sources/acme-crm/index.ts does not say how a token is checked.',
      '“id”: nothing says yet what the record 7 of Acme CRM means (sources/acme-crm/objects/record.ts)',
      'Acme CRM has no local server yet: test/support/acme-crm/fixture.ts does not say how one is started, what spoils a record and what changes one',
    ]);
  });

  it('leaves what is there alone, and refuses a name that cannot be one', () => {
    expect(() => newSource(root, { vendor: 'acme-crm' })).toThrow(
      'There is a src/main/engine/sources/acme-crm/index.ts already',
    );
    expect(() => newSource(root, { vendor: 'Acme CRM' })).toThrow('is no name for a folder');
    expect(() => newSource(root, { vendor: 'other', family: 'weather' })).toThrow('is no family of sources');
    expect(() => newSource(root, { vendor: 'other', title: "it's" })).toThrow('cannot stand in code');
  });
});
