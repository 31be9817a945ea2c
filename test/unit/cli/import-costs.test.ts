/** `vario import costs`: files in, a document out, and an end that scripts can read. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vario } from './run-vario.ts';

const env = { VARIO_PASSPHRASE: 'correct horse battery staple' };
const HEADER = 'month,kind,channel,amount,currency';

let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vario-import-'));
  await vario(['config', 'set', 'timeZone', 'UTC', '--data-dir', join(dir, 'data')], { env });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function file(name: string, ...lines: string[]): string {
  const path = join(dir, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

async function importing(...args: string[]) {
  const run = await vario(['import', 'costs', '--json', ...args, '--data-dir', join(dir, 'data')], { env });
  return { ...run, json: JSON.parse(run.out) };
}

describe('vario import costs', () => {
  test('says what it did with every row, and ends with 0 also where some do not fit', async () => {
    const path = file(
      'first.csv',
      HEADER,
      '2026-01,marketing,ads,4587,USD',
      '2026-01,sales,,3000,USD',
      '2026-01,fun,,1,USD',
    );
    const { code, json } = await importing(path);
    expect(code).toBe(0);
    expect(json).toMatchObject({
      dryRun: false,
      imported: 2,
      replaced: 0,
      unchanged: 0,
      quarantined: [{ file: 'first.csv', line: 4, reason: expect.stringContaining('no kind of cost') }],
    });
  });

  test('the second time finds everything as it stands', async () => {
    const path = file('second.csv', HEADER, '2026-02,marketing,ads,10,USD');
    await importing(path);
    expect((await importing(path)).json).toMatchObject({ imported: 0, replaced: 0, unchanged: 1, quarantined: [] });
  });

  test('takes several files; a later one stands', async () => {
    const { json } = await importing(
      file('a.csv', HEADER, '2026-03,ga,,1,USD'),
      file('b.csv', HEADER, '2026-03,ga,,2,USD', '2026-04,ga,,2,USD'),
    );
    expect(json).toMatchObject({
      imported: 2,
      replaced: 1,
      files: [{ file: 'a.csv', imported: 1 }, { file: 'b.csv' }],
    });
  });

  test('with --dry-run changes nothing', async () => {
    const path = file('dry.csv', HEADER, '2026-05,rnd,,5,USD');
    expect((await importing('--dry-run', path)).json).toMatchObject({ dryRun: true, imported: 1 });
    expect((await importing(path)).json).toMatchObject({ dryRun: false, imported: 1 });
  });

  test('where one file is none of costs, nothing of the others is imported', async () => {
    const good = file('good.csv', HEADER, '2026-06,rnd,,5,USD');
    const { code, json } = await importing(good, file('bad.csv', 'a,b', '1,2'));
    expect(code).toBe(1);
    expect(json).toEqual({ error: { code: 'invalid_input', message: expect.stringContaining('bad.csv') } });
    expect((await importing('--dry-run', good)).json).toMatchObject({ imported: 1 });
  });

  test('refuses what is not there and what is not text', async () => {
    expect((await importing(join(dir, 'none.csv'))).json.error).toMatchObject({ code: 'not_found' });
    const path = join(dir, 'sheet.xlsx');
    writeFileSync(path, Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0xff, 0xfe]));
    expect((await importing(path)).json.error).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('UTF-8'),
    });
  });

  test('without a file, or with a format that is none, is wrong usage', async () => {
    expect((await vario(['import', 'costs'])).code).toBe(2);
    expect((await vario(['import', 'gold', 'x.csv'])).code).toBe(2);
  });

  test('for people: one line per file, one per row that does not fit', async () => {
    const path = file('words.csv', HEADER, '2026-07,ga,,1,USD', '2026-07,ga,,1,USD', '2026-07,ga,,1.5,JPY');
    const { out } = await vario(['import', 'costs', path, '--data-dir', join(dir, 'data')], { env });
    expect(out).toBe(
      'words.csv: 1 new, 0 replaced, 0 unchanged, 1 added to another row\n' +
        '  line 4: “1.5” has more decimals than JPY, which has none\n',
    );
  });
});
