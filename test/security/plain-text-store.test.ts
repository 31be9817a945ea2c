/**
 * Known names, addresses, amounts and secrets go in through the store; then
 * every file of the data directory and of the temporary folder is searched
 * for them, while the database is open, after it is closed, and after a crash.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger, openLogFile } from '../../src/main/engine/runtime/index.ts';
import { openStore, restoreBackup, type Store, type StoreOptions } from '../../src/main/engine/store/index.ts';
import { createKeyring } from '../../src/main/hosts/keyring/index.ts';
import { instantOfIso } from '../../src/shared/kernel/instant.ts';
import { fakeClock } from '../support/engine-ports.ts';
import { newKey } from '../support/store.ts';

const CANARIES = {
  name: 'Quirkelbrand Zylinderhut GmbH',
  email: 'olga.canarybird@quirkelbrand.example',
  amount: '918273645546372819',
  token: ['sk', 'live', 'CANARYcanaryCANARY0123456789'].join('_'),
};

/** The texts in the encodings in which they could lie on a disk, and the key in its own. */
function needles(key: Uint8Array): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const [what, text] of Object.entries(CANARIES)) {
    found.set(`${what} (UTF-8)`, Buffer.from(text, 'utf8'));
    found.set(`${what} (UTF-16)`, Buffer.from(text, 'utf16le'));
  }
  const amount = Buffer.alloc(8);
  amount.writeBigInt64BE(BigInt(CANARIES.amount));
  found.set('amount (as SQLite stores it)', amount);
  found.set('key (raw)', Buffer.from(key));
  found.set('key (hex)', Buffer.from(Buffer.from(key).toString('hex')));
  found.set('key (base64)', Buffer.from(Buffer.from(key).toString('base64')));
  return found;
}

function filesUnder(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, name))
    .filter((file) => existsSync(file) && statSync(file).isFile());
}

/** Where something was found, as `file: what`. */
function found(dir: string, key: Uint8Array): string[] {
  return filesUnder(dir).flatMap((file) => {
    const bytes = readFileSync(file);
    return [...needles(key)].filter(([, needle]) => bytes.includes(needle)).map(([what]) => `${file}: ${what}`);
  });
}

let dataDir: string;
let key: Uint8Array;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'vario-canary-'));
  key = newKey();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function options(): StoreOptions {
  const logger = createLogger({ file: openLogFile(join(dataDir, 'logs')), level: 'debug', stderrLevel: null });
  const file = join(dataDir, 'vario.db');
  return { file, key, program: 'test', backupDir: join(dataDir, 'backups'), clock: fakeClock(), logger };
}

function writeCanaries({ db }: Store, rows: number): void {
  db.transaction(() => {
    const source = { vendor: 'stripe', name: CANARIES.name, config: '{}', state: 'ready', connected_at: 0 };
    const { lastId: source_id } = db.run(db.build.insertInto('source').values(source));
    db.run(db.build.insertInto('secret').values({ source_id, name: 'key', value: CANARIES.token }));
    const insert = db.prepareWrite<[string, string]>('INSERT INTO customer (name, email, created_at) VALUES (?, ?, 0)');
    for (let n = 0; n < rows; n += 1) insert.run(`${CANARIES.name} ${n}`, `${n}.${CANARIES.email}`);
    const amount = db.prepareWrite<[string, bigint]>(
      `INSERT INTO balance_transaction VALUES (${source_id}, ?, 'charge', 'charge', NULL, 'EUR', ?, 0, 0, 0, 0)`,
    );
    for (let n = 0; n < 100; n += 1) amount.run(`txn_${n}`, BigInt(CANARIES.amount));
  });
}

describe('what lies on the disk', () => {
  it('is searched by a search that finds things', () => {
    mkdirSync(join(dataDir, 'deep'));
    const plain = join(dataDir, 'deep', 'plain.txt');
    for (const [what, needle] of needles(key)) {
      rmSync(plain, { force: true });
      spawnSync('tee', [plain], { input: Buffer.concat([Buffer.from('…'), needle, Buffer.from('…')]) });
      expect(found(dataDir, key)).toContain(`${plain}: ${what}`);
    }
  });

  it('shows nothing in database, log, index, backups, restored files, lock and logs, open and closed', async () => {
    await createKeyring(
      join(dataDir, 'keyring.json'),
      [{ passphrase: 'a long passphrase' }],
      instantOfIso('2026-11-21T02:00:00Z'),
    );
    const opened = options();
    const store = openStore(opened);
    writeCanaries(store, 3_000);
    opened.logger.info(`Stored ${CANARIES.email}`, {
      customerName: CANARIES.name,
      secret: CANARIES.token,
      amountMinor: CANARIES.amount,
      error: new Error(`401 for ${CANARIES.token} of ${CANARIES.email}`),
    });
    const { file: backup } = store.backup('manual');
    expect(
      filesUnder(dataDir)
        .map((file) => file.slice(dataDir.length + 1))
        .sort(),
    ).toEqual(
      expect.arrayContaining(['vario.db', 'vario.db-wal', 'vario.db-shm', 'logs/vario.log', 'vario.lock.json']),
    );
    expect(statSync(join(dataDir, 'vario.db-wal')).size).toBeGreaterThan(100_000);
    expect(found(dataDir, key)).toEqual([]);

    store.close();
    expect(found(dataDir, key)).toEqual([]);
    restoreBackup(opened.file, backup, key);
    expect(existsSync(`${opened.file}.before-restore`)).toBe(true);
    expect(found(dataDir, key)).toEqual([]);
  });

  it('shows nothing in the temporary folder while a sort is far larger than the cache', async () => {
    const store = openStore(options());
    writeCanaries(store, 20_000);
    store.close();
    const temporary = join(dataDir, 'tmp');
    mkdirSync(temporary);
    // In a process of its own: its open files are listed while the sort runs, deleted ones too.
    const script = fileURLToPath(new URL('../fixtures/store/sort-much.ts', import.meta.url));
    const sort = spawnSync(process.execPath, [script, join(dataDir, 'vario.db')], {
      env: { ...process.env, TMPDIR: temporary, SQLITE_TMPDIR: temporary },
      input: key,
      encoding: 'utf8',
    });
    const { rows, openFiles } = JSON.parse(sort.stdout) as { rows: number; openFiles: string[] };
    expect(rows).toBe(200_000);
    expect(openFiles.filter((name) => name.startsWith(temporary) || name.includes('etilqs'))).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('shows nothing after a crash in the middle of a transaction, nor does what the crash prints', () => {
    const script = fileURLToPath(new URL('../fixtures/store/crash-with-canaries.ts', import.meta.url));
    const input = JSON.stringify({ key: Buffer.from(key).toString('hex'), canaries: CANARIES });
    const crash = spawnSync(process.execPath, [script, join(dataDir, 'vario.db')], { input, encoding: 'utf8' });
    expect(crash.status).not.toBe(0);
    expect(crash.stderr).toContain('UNIQUE constraint failed: customer.customer_id');
    expect(crash.stderr).toContain('Customer could not be stored');
    for (const canary of [...Object.values(CANARIES), Buffer.from(key).toString('hex')])
      expect(crash.stdout + crash.stderr).not.toContain(canary);
    expect(found(dataDir, key)).toEqual([]);
  });
});
