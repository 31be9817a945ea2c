/** One customer's data on the command line: all of it in a file, and erased for good. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { vario } from './run-vario.ts';

const PASSPHRASE = 'a long passphrase';

it('exports what is known of a customer, and erases it where its name is typed', async () => {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'data');
  const run = async (...args: string[]) =>
    await vario(['--data-dir', dataDir, ...args], { env: { VARIO_PASSPHRASE: PASSPHRASE } });
  const file = join(folder, 'customers.csv');
  writeFileSync(file, 'Customer ID,Name,Email\nc1,Kestrel Labs,ada@kestrel.example\nc2,Heron,bo@heron.example\n');
  expect((await run('import', 'customers', file)).code).toBe(0);

  const out = join(folder, 'kestrel.json');
  const exported = await run('customers', 'export', 'ada@kestrel.example', '--out', out, '--json');
  expect(JSON.parse(exported.out)).toMatchObject({ name: 'Kestrel Labs', file: out });
  expect(readFileSync(out, 'utf8')).toContain('ada@kestrel.example');
  // All that is known of somebody is nobody else's to read.
  expect(statSync(out).mode & 0o077).toBe(0);

  const erased = await run('erase-customer', 'c1', '--confirm', 'Kestrel Labs', '--json');
  const { customerId, name, remains } = JSON.parse(erased.out) as {
    customerId: number;
    name: string;
    remains: string[];
  };
  expect(name).toBe(`Erased customer ${customerId}`);
  expect(remains.join(' ')).toContain('Backups');
}, 180_000);
