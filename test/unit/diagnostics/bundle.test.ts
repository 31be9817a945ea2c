import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, strFromU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import {
  bundleParts,
  bundleZip,
  databaseFacts,
  logTail,
  processVersions,
  versionsPart,
} from '../../../src/main/engine/diagnostics/index.ts';
import { createLogger, openLogFile } from '../../../src/main/engine/runtime/index.ts';
import { readWorkspace, writeWorkspace } from '../../../src/main/engine/api/workspace-settings.ts';
import { openWriter } from '../../../src/main/engine/store/index.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';
import { minor } from '../../../src/shared/kernel/money.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { newKey } from '../../support/store.ts';
import { fillEveryTable, tablesOf } from '../store/fill-every-table.ts';

/** What must not be in a bundle, whichever column it stands in: a name, an address, a key, an amount. */
const NAME = 'Kanarie GmbH';
const ADDRESS = 'ada@kanarie.example';
const SECRET = 'sk_live_kanarie4711';
const AMOUNT = 987_654_321;

/** A database with a row in every table, and a canary in every column that takes one. */
function fullOfCanaries() {
  const file = join(temporaryFolder(), 'vario.db');
  const { db, connection } = openWriter(file, newKey());
  connection.pragma('foreign_keys = OFF');
  connection.pragma('ignore_check_constraints = ON');
  fillEveryTable(connection);
  const triggers = connection.prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`);
  for (const { name } of triggers.all()) connection.exec(`DROP TRIGGER "${name}"`);
  for (const table of tablesOf(connection)) {
    // The program's own marks, several in number, are keys that cannot all be alike.
    if (['setting', 'ledger_head'].includes(table)) continue;
    const columns = connection
      .prepare<[string], { name: string; type: string; pk: number }>('SELECT name, type, pk FROM pragma_table_info(?)')
      .all(table);
    for (const { name, type, pk } of columns) {
      if (pk > 0 && type !== 'TEXT') continue;
      const value =
        type === 'TEXT' ? JSON.stringify(`${NAME} ${ADDRESS} ${SECRET}`) : name.endsWith('_minor') ? AMOUNT : null;
      if (value !== null) connection.prepare(`UPDATE OR IGNORE "${table}" SET "${name}" = ?`).run(value);
    }
  }
  // Times that are picked must be recent enough to be told at all.
  connection.prepare('UPDATE job SET created_at = ?').run(NOW);
  connection.prepare('UPDATE sync_run SET started_at = ?').run(NOW);
  db.run(db.build.deleteFrom('setting'));
  writeWorkspace(db, {
    companyName: NAME,
    backupFolder: `/home/${ADDRESS}`,
    milestoneMinor: minor(AMOUNT),
    policy: { base: 'vario', name: NAME },
  });
  return { db, close: () => connection.close() };
}

const NOW = Date.UTC(2026, 10, 21);

describe('the bundle for whoever is to help', () => {
  test('holds no name, address, key or amount, wherever in the database they stand', () => {
    const { db, close } = fullOfCanaries();
    const parts = databaseFacts(db, readWorkspace(db), NOW);
    close();
    const text = parts.map((part) => part.text).join('\n');
    for (const canary of [NAME, 'anarie', ADDRESS, SECRET, String(AMOUNT), '9876543.21'])
      expect(text).not.toContain(canary);
    // It is not empty for that: tables are counted, streams and jobs told, with their foreign words replaced.
    const told = Object.fromEntries(parts.map((part) => [part.name, JSON.parse(part.text) as unknown]));
    expect(told['database.json']).toMatchObject({ rows: { customer: 1, invoice: 1 } });
    expect(told['streams.json']).toMatchObject([{ vendor: 'other', stream: 'other' }]);
    expect(told['jobs.json']).toMatchObject([{ kind: 'other', error: 'other' }]);
    expect(told['settings.json']).toMatchObject({
      policy: 'own, based on vario',
      milestoneSet: true,
      backupFolderSet: true,
    });
  });

  test('tells of the log what the program wrote, and of failures where they arose, not what they said', () => {
    const dir = temporaryFolder();
    const file = openLogFile(dir);
    const logger = createLogger({ file, stderrLevel: null });
    logger.info('Engine started', { schema: 158, customerOf: NAME });
    const cause = new Error(`${NAME} has no plan`);
    logger.error('The database could not be locked', {
      error: new AppError('storage_failed', `${ADDRESS} was refused`, { cause }),
      source: NAME,
    });
    logger.warn(`Could not read ${NAME} 4711`);
    file.close();
    writeFileSync(join(dir, 'vario.log'), `${readFileSync(join(dir, 'vario.log'), 'utf8')}{"cut off by ${NAME}\n`);
    const { name, text } = logTail(dir);
    expect(name).toBe('log.json');
    expect(text).not.toContain('anarie');
    const { lines, leftOut } = JSON.parse(text) as { lines: Record<string, unknown>[]; leftOut: number };
    expect(leftOut).toBe(1);
    expect(lines).toMatchObject([
      { level: 'info', message: 'Engine started', schema: 158 },
      { message: 'The database could not be locked', error: { type: 'AppError', code: 'storage_failed' } },
      { level: 'warn', message: 'other' },
    ]);
    expect(JSON.stringify(lines[1])).toContain('bundle.test.ts:');
  });

  test('a log that is not there is no failure', () => {
    expect(JSON.parse(logTail(join(temporaryFolder(), 'none')).text)).toEqual({ lines: [], leftOut: 0 });
  });

  test('is a zip of its previewed texts, with a page that says what they are', () => {
    const versions = versionsPart(processVersions('1.2.3', { commit: 'abc', builtAt: NOW }));
    const parts = bundleParts([versions]);
    const files = unzipSync(bundleZip(parts));
    expect(Object.keys(files)).toEqual(['about.txt', 'versions.json']);
    expect(JSON.parse(strFromU8(files['versions.json']!))).toMatchObject({ vario: '1.2.3', commit: 'abc' });
  });
});

test('every message of the log is a fixed sentence: figures and names are fields, which the bundle picks', () => {
  const offences = sourceFiles('src/main').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\blogger\s*\.\s*(?:debug|info|warn|error)\(\s*([^'\s])/g)]
      // The shell's copy of the log hands on what it was given.
      .filter(() => !file.endsWith('engine-host.ts') && !file.endsWith('create-logger.ts'))
      .map((match) => `${file}: ${match[0]}`),
  );
  expect(offences).toEqual([]);
});

function sourceFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(dir, name));
}
