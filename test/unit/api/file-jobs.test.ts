/** Imports that do not come to their end: cancelled, they leave nothing; cut off by the end of Vario, they go on at its next start. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, test, expect } from 'vitest';
import { startHeadless, type Client } from '../../../src/main/hosts/headless/headless.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';

const ROWS = 25_000;
const PASSPHRASE = 'correct horse battery staple';

async function open(dir: string, isNew: boolean) {
  const headless = startHeadless({ dataDir: join(dir, 'data'), documentsDir: dir, program: 'test', stderrLevel: null });
  if (isNew) await headless.client.session.create({ keychain: false, passphrase: PASSPHRASE });
  else await headless.client.session.unlock({ passphrase: PASSPHRASE });
  let closed: Promise<void> | null = null;
  const close = () => (closed ??= headless.close());
  onTestFinished(close);
  return { headless, client: headless.client, close };
}

/** Resolves when the job says that rows are being stored, or is over. */
async function storing(client: Client, jobId: number): Promise<void> {
  for await (const job of await client.jobs.watch())
    if (
      job.jobId === jobId &&
      (job.endedAt !== null || (job.step?.startsWith('Importing') === true && (job.done ?? 0) > 0))
    )
      return;
}

async function over(client: Client, jobId: number) {
  for (;;) {
    const job = await client.jobs.get({ jobId });
    if (job.endedAt !== null) return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function begin(dir: string) {
  const path = join(dir, 'usage.csv');
  const rows = Array.from({ length: ROWS }, (_, index) => `customer_${index},2026-01-05,calls,${index + 1}\n`);
  writeFileSync(path, `Customer ID,Day,Meter,Quantity\n${rows.join('')}`);
  const opened = await open(dir, true);
  const { client, headless } = opened;
  const uploadId = headless.workspace.engine().takeFile(path, 'usage.csv');
  await over(client, (await client.files.read({ uploadId })).jobId);
  const { mapping } = await client.files.preview({ uploadId, kind: 'usage' });
  const { jobId } = await client.files.import({ uploadId, mapping });
  await storing(client, jobId);
  return { ...opened, jobId };
}

test('a cancelled import leaves nothing', async () => {
  const { client, jobId } = await begin(temporaryFolder());
  await client.jobs.cancel({ jobId });
  const job = await over(client, jobId);
  expect(job.state).toBe('cancelled');
  expect(await client.files.records({ kind: 'usage' })).toMatchObject({ total: 0 });
  expect((await client.files.imports({})).rows.map(({ state }) => state)).toEqual(['undone']);
});

test('an import that the end of Vario cuts off goes on at its next start, and counts as one', async () => {
  const dir = temporaryFolder();
  const first = await begin(dir);
  await first.close();
  const { client } = await open(dir, false);
  const job = await over(client, first.jobId);
  expect(job).toMatchObject({ state: 'done', result: { rows: ROWS, added: ROWS, changed: 0, unchanged: 0 } });
  expect(await client.files.records({ kind: 'usage' })).toMatchObject({ total: ROWS });
  expect((await client.files.imports({})).rows).toMatchObject([{ state: 'done', added: ROWS }]);
});
