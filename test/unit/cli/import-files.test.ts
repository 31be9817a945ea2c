/** `vario import`: a company that has nothing but files. */
import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startHeadless } from '../../../src/main/hosts/headless/headless.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { vario } from './run-vario.ts';

const PASSPHRASE = 'correct horse battery staple';

function workplace() {
  const dir = temporaryFolder();
  const env = { VARIO_PASSPHRASE: PASSPHRASE };
  return {
    dir,
    file(name: string, text: string): string {
      const path = join(dir, name);
      writeFileSync(path, text);
      return path;
    },
    async run(...args: string[]) {
      return await vario(['--data-dir', join(dir, 'data'), ...args], { env });
    },
    async json(...args: string[]) {
      const { out, err, code } = await vario(['--data-dir', join(dir, 'data'), '--json', ...args], { env });
      if (code !== 0) throw new Error(`${args.join(' ')}: ${err}`);
      return JSON.parse(out) as Record<string, unknown>;
    },
  };
}

const SUBSCRIPTIONS = `Subscription ID,Customer ID,Customer name,Plan,Status,Amount,Currency,Interval,Started
s1,c1,=HYPERLINK("https://evil.example"),Team,active,1200.00,USD,year,2026-01-01
s2,c2,Heron,Solo,active,19.00,USD,month,2026-01-01
s3,c3,Robin,Solo,active,nineteen,USD,month,2026-01-01
`;

test('a file comes to MRR, and leaves nothing when it is taken back', async () => {
  const place = workplace();
  const file = place.file('contracts.csv', SUBSCRIPTIONS);
  const done = await place.json('import', 'auto', file);
  expect(done).toMatchObject({
    dryRun: false,
    imported: 2,
    quarantined: [{ file: 'contracts.csv', line: 4, field: 'Amount', reason: '“nineteen” is no amount' }],
  });
  expect(await place.json('metrics', '--as-of', '2026-03-01')).toMatchObject({ mrr: 11_900, customers: 2 });
  // Nothing that a spreadsheet would run.
  const printed = await place.run('import', '--rows', 'subscriptions');
  expect(printed.out).toContain(`"'=HYPERLINK(""https://evil.example"")"`);

  expect(await place.json('import', '--undo', '1')).toMatchObject({ importId: 1, undone: true });
  expect(await place.json('metrics', '--as-of', '2026-03-01')).toMatchObject({ mrr: 0, customers: 0 });
});

test('what a file leaves open has to be said, and can be', async () => {
  const place = workplace();
  const file = place.file('deals.csv', 'Title,Stage,Worth,Created\nKestrel,Open,"1,234",03/04/2026\n');
  const asked = await place.run('import', 'deals', file, '--map', 'amount=Worth', '--set', 'currency=EUR');
  expect(asked.code).toBe(1);
  expect(asked.err).toMatch(/What stands before the decimals|day or the month/);
  const done = await place.json(
    'import',
    'deals',
    file,
    '--map',
    'amount=Worth',
    '--set',
    'currency=EUR',
    '--dates',
    'dmy',
    '--decimal',
    'amount=.',
  );
  expect(done).toMatchObject({ imported: 1 });
});

test('wrong usage and files that are none are said so', async () => {
  const place = workplace();
  expect((await place.run('import')).code).toBe(2);
  const picture = place.file('logo.png', '\u0000\u0000PNG');
  expect((await place.run('import', 'customers', picture)).err).toContain('neither a table in text nor a workbook');
  expect((await place.run('import', 'unheard-of', picture)).code).toBe(2);
  expect((await place.run('import', '--kinds')).out).toContain('chartmogul-invoices');
});

test('a file that comes in pieces lies encrypted on the disk, in order, and is gone after its import', async () => {
  const place = workplace();
  const headless = startHeadless({
    dataDir: join(place.dir, 'data'),
    documentsDir: place.dir,
    program: 'test',
    stderrLevel: null,
  });
  try {
    const { client } = headless;
    await client.session.create({ keychain: false, passphrase: PASSPHRASE });
    const rows = Array.from({ length: 20_000 }, (_, index) => `customer_${index},Kestrel number ${index}\n`);
    const bytes = Buffer.from(`Customer ID,Name\n${rows.join('')}`);
    const { uploadId, pieceBytes } = await client.files.begin({ name: 'customers.csv', bytes: bytes.length });
    const piece = (offset: number) => bytes.subarray(offset, offset + pieceBytes).toString('base64');
    await client.files.append({ uploadId, offset: 0, base64: piece(0) });
    await expect(client.files.append({ uploadId, offset: 0, base64: piece(0) })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(client.files.read({ uploadId })).rejects.toMatchObject({ code: 'conflict' });
    for (let offset = pieceBytes; offset < bytes.length; offset += pieceBytes)
      await client.files.append({ uploadId, offset, base64: piece(offset) });
    const folder = join(place.dir, 'data', 'uploads');
    const [name = ''] = readdirSync(folder);
    const spooled = readFileSync(join(folder, name));
    expect(spooled.length).toBe(bytes.length);
    expect(spooled.includes('Kestrel')).toBe(false);

    const ended = async (jobId: number) => {
      for await (const job of await client.jobs.watch()) if (job.jobId === jobId && job.endedAt !== null) return job;
      throw new Error('The stream of jobs ended');
    };
    await ended((await client.files.read({ uploadId })).jobId);
    expect(await client.files.upload({ uploadId })).toMatchObject({
      state: 'ready',
      rows: 20_000,
      detection: { delimiter: ',' },
    });
    const { mapping } = await client.files.preview({ uploadId, kind: 'customers' });
    expect((await ended((await client.files.import({ uploadId, mapping })).jobId)).result).toMatchObject({
      added: 20_000,
    });
    expect(readdirSync(folder)).toEqual([]);
    expect(await client.files.uploads()).toEqual([]);
    expect(await client.files.records({ kind: 'customers', search: 'number 19999' })).toMatchObject({
      total: 1,
      rows: [{ line: 20_001 }],
    });
  } finally {
    await headless.close();
  }
});
