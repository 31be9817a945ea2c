/** What becomes of the rows of a file: facts, counts, and what stands in their place when they are taken back. */
import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import {
  appendPiece,
  beginUpload,
  dropForgotten,
  forgetMapping,
  importFile,
  listMappings,
  listUploads,
  recallMapping,
  takeBack,
} from '../../../src/main/engine/files/index.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';
import { DAY_MS } from '../../../src/shared/kernel/instant.ts';
import { csvOf, fileBench } from '../../support/file-imports.ts';
import { rejectionOf } from '../../support/store.ts';
import { workbook } from '../../support/workbook.ts';

const PAYMENTS = [
  'id',
  'Created date (UTC)',
  'Amount',
  'Amount Refunded',
  'Currency',
  'Status',
  'Customer ID',
  'Customer Email',
];
const payment = (id: string, amount: string, customer = 'cus_1', refunded = '0') => [
  id,
  '2026-01-05 10:00',
  amount,
  refunded,
  'usd',
  'Paid',
  customer,
  `${customer}@kestrel.example`,
];

test('payments become charges and refunds, their customers stand behind them', async () => {
  const files = fileBench();
  const report = await files.bring(
    'stripe_payments',
    csvOf(PAYMENTS, [payment('ch_1', '49.00'), payment('ch_2', '99.00', 'cus_2', '9.50')]),
  );
  expect(report).toMatchObject({ rows: 2, accepted: 2, added: 2, changed: 0, rejected: 0 });
  const { db } = files;
  expect(db.all(db.build.selectFrom('charge').select(['id', 'amount_minor', 'status']))).toEqual([
    { id: 'ch_1', amount_minor: 4_900, status: 'succeeded' },
    { id: 'ch_2', amount_minor: 9_900, status: 'succeeded' },
  ]);
  expect(db.all(db.build.selectFrom('refund').select(['charge_id', 'amount_minor']))).toEqual([
    { charge_id: 'ch_2', amount_minor: 950 },
  ]);
  expect(db.all(db.build.selectFrom('billing_customer').select(['id', 'email']))).toEqual([
    { id: 'cus_1', email: 'cus_1@kestrel.example' },
    { id: 'cus_2', email: 'cus_2@kestrel.example' },
  ]);
});

test('the same file changes nothing, a newer one that overlaps it only what is different', async () => {
  const files = fileBench();
  const first = csvOf(PAYMENTS, [payment('ch_1', '49.00'), payment('ch_2', '99.00')]);
  await files.bring('stripe_payments', first);
  const stood = files.dump();
  expect(await files.bring('stripe_payments', first)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
  expect(files.dump()).toEqual(stood);
  const newer = csvOf(PAYMENTS, [payment('ch_2', '99.00', 'cus_1', '99.00'), payment('ch_3', '9.00')]);
  expect(await files.bring('stripe_payments', newer)).toMatchObject({ added: 1, changed: 1, unchanged: 0 });
});

test('columns may come in any order, and a file without a column says nothing about it', async () => {
  const files = fileBench();
  await files.bring('customers', 'Customer ID,Name,Email,Created\nc1,Kestrel,a@kestrel.example,2026-01-01\n');
  const again = await files.bring('customers', 'Name,Customer ID\nKestrel,c1\n');
  expect(again).toMatchObject({ unchanged: 1, changed: 0 });
  await files.bring('customers', 'Name,Customer ID\nKestrel Ltd,c1\n');
  const { db } = files;
  expect(db.all(db.build.selectFrom('billing_customer').select(['name', 'email']))).toEqual([
    { name: 'Kestrel Ltd', email: 'a@kestrel.example' },
  ]);
});

test('rows without an id are known by their content, and by how often it came before', async () => {
  const files = fileBench();
  const header = 'Invoice ID,Customer ID,Date,Amount,Currency\n';
  const twice = `${header}1,c1,2026-01-01,10.00,EUR\n1,c1,2026-01-01,10.00,EUR\n`;
  expect(await files.bring('invoices', twice)).toMatchObject({ added: 2, repeated: 0 });
  expect(await files.bring('invoices', twice)).toMatchObject({ added: 0, unchanged: 2 });
  const { db } = files;
  expect(db.all(db.build.selectFrom('invoice').select(['id', 'total_minor']))).toEqual([
    { id: '1', total_minor: 2_000 },
  ]);
});

test('rows that do not fit are set aside with line, field, reason and text; the others are imported', async () => {
  const files = fileBench();
  const text = [
    PAYMENTS.join(','),
    'ch_1,2026-01-05,49.00,0,usd,Paid,cus_1,a@b.example',
    'ch_2,2026-02-30,49.00,0,usd,Paid,cus_1,a@b.example',
    'ch_3,2026-01-05,forty,0,usd,Paid,cus_1,a@b.example',
    'ch_4,2026-01-05,49.005,0,usd,Paid,cus_1,a@b.example',
    'ch_5,2026-01-05,49.00,0,xxq,Paid,cus_1,a@b.example',
    'ch_6,2026-01-05,49.00,0,usd,Perhaps,cus_1,a@b.example',
    ',2026-01-05,49.00,0,usd,Paid,cus_1,a@b.example',
    'ch_8,"2026-01-05" x,49.00,0,usd,Paid,cus_1,a@b.example',
    'ch_9,2026-01-05,49.00,0,usd,Paid,cus_1,a@b.example,more',
    'ch_10,2026-01-05,49,0,jpy,Paid,cus_1,a@b.example',
  ].join('\n');
  const report = await files.bring('stripe_payments', text);
  expect(report).toMatchObject({ rows: 10, added: 2, rejected: 8 });
  const { db } = files;
  const stored = db.all(db.build.selectFrom('file_reject').select(['line', 'field', 'reason']).orderBy('line'));
  expect(stored.map(({ line, field }) => [line, field])).toEqual([
    [3, 'Created date (UTC)'],
    [4, 'Amount'],
    [5, 'Amount'],
    [6, 'Currency'],
    [7, 'Status'],
    [8, 'id'],
    [9, null],
    [10, null],
  ]);
  expect(stored[2]?.reason).toContain('more decimals than USD');
  expect(report.reasons[0]).toMatchObject({ rows: 1 });
  expect(db.all(db.build.selectFrom('charge').select(['id', 'amount_minor']))).toEqual([
    { id: 'ch_1', amount_minor: 4_900 },
    // Yen have no decimals.
    { id: 'ch_10', amount_minor: 49 },
  ]);
});

test('what a file leaves open is asked, never guessed; an answer settles it', async () => {
  const files = fileBench();
  const text =
    'Deal name,Stage,Amount,Currency,Created\nKestrel,Open,"1,234",EUR,03/04/2026\nHeron,Open,"2,500",EUR,05/06/2026\n';
  const uploadId = await files.read(text);
  const shown = files.preview(uploadId, 'deals');
  expect(shown.ready).toBe(false);
  expect(shown.questions.map(({ about, field }) => [about, field])).toEqual([
    ['decimal_mark', 'amount'],
    ['date_format', 'created_at'],
  ]);
  const failure = await rejectionOf(importFile(files.deps, uploadId, shown.mapping));
  expect(failure.code).toBe('invalid_input');
  await files.bring('deals', text, { dateFormats: { created_at: 'mdy' }, decimalMarks: { amount: '.' } });
  const { db } = files;
  expect(
    db.all(db.build.selectFrom('crm_deal').select(['name', 'amount_minor', 'created_at']).orderBy('name', 'desc')),
  ).toEqual([
    { name: 'Kestrel', amount_minor: 123_400, created_at: Date.UTC(2026, 2, 4) },
    { name: 'Heron', amount_minor: 250_000, created_at: Date.UTC(2026, 4, 6) },
  ]);
});

test('a mapping that was forgotten is suggested anew, and comes back when that is taken back', async () => {
  const files = fileBench();
  const columns = { name: 0, stage: 1, amount: 2, created_at: 3 };
  const constants = { currency: 'EUR' };
  await files.bring('deals', 'Titel,Phase,Wert,Beginn\nKestrel,Open,10,2026-01-01\n', { columns, constants });
  const read = async () =>
    files.preview(await files.read('Titel,Phase,Wert,Beginn\nHeron,Open,20,2026-02-01\n'), 'deals').mappingFrom;
  const [kept] = listMappings(files.db);
  const mappingId = kept?.mappingId ?? -1;
  forgetMapping(files.db, mappingId, files.clock.now());
  expect([listMappings(files.db), await read()]).toEqual([[], 'suggested']);
  recallMapping(files.db, mappingId);
  expect([listMappings(files.db), await read()]).toEqual([[kept], 'saved']);
  forgetMapping(files.db, mappingId, files.clock.now());
  await files.bring('deals', 'Titel,Phase,Wert,Beginn\nOsprey,Open,30,2026-03-01\n', { columns, constants });
  expect(listMappings(files.db), 'using it again keeps it again').toHaveLength(1);
});

test('a mapping is remembered for the next file with the same header', async () => {
  const files = fileBench();
  const text = 'Titel,Phase,Wert,Beginn\nKestrel,Open,10,2026-01-01\n';
  const columns = { name: 0, stage: 1, amount: 2, created_at: 3 };
  await files.bring('deals', text, { columns, constants: { currency: 'EUR' } });
  const next = files.preview(await files.read('Titel,Phase,Wert,Beginn\nHeron,Open,20,2026-02-01\n'), 'deals');
  expect(next).toMatchObject({
    mappingFrom: 'saved',
    ready: true,
    mapping: { columns, constants: { currency: 'EUR' } },
  });
});

test.each([
  [
    'windows-1252',
    Buffer.concat([
      Buffer.from('Customer ID;Name\n1;M'),
      Buffer.from([0xfc]),
      Buffer.from('ller & S\xf6hne'.replace('ö', ''), 'latin1'),
      Buffer.from('\n'),
    ]),
  ],
  [
    'utf-16le with a mark',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Customer ID;Name\n1;Müller & Söhne\n', 'utf16le')]),
  ],
  ['utf-16le without one', Buffer.from('Customer ID;Name\n1;Müller & Söhne\n', 'utf16le')],
  [
    'utf-8 with a mark',
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('Customer ID;Name\n1;Müller & Söhne\n')]),
  ],
])('letters with accents are read from %s', async (_name, bytes) => {
  const files = fileBench();
  await files.bring('customers', bytes);
  const { db } = files;
  expect(db.one(db.build.selectFrom('billing_customer').select('name'), 'customer').name).toMatch(/^Müller/);
});

test('amounts with decimal commas, thousands, signs of currencies and minus behind', async () => {
  const files = fileBench();
  const text =
    'Rechnungsnummer;Kunde;Rechnungsdatum;Betrag;Währung\n1;c1;25.12.2026;1.234,50 €;EUR\n2;c1;03.04.2026;99,90-;EUR\n';
  await files.bring('invoices', text);
  const { db } = files;
  expect(db.all(db.build.selectFrom('invoice').select(['id', 'total_minor', 'created_at']).orderBy('id'))).toEqual([
    { id: '1', total_minor: 123_450, created_at: Date.UTC(2026, 11, 25) },
    { id: '2', total_minor: -9_990, created_at: Date.UTC(2026, 3, 3) },
  ]);
});

test('a column without a name can be mapped by its place', async () => {
  const files = fileBench();
  const uploadId = await files.read('Customer ID,\nc1,Kestrel\n');
  const { mapping, fields } = files.preview(uploadId, 'customers');
  expect(fields.map(({ column }) => column)).toEqual(['Customer ID']);
  await importFile(files.deps, uploadId, { ...mapping, columns: { ...mapping.columns, name: 1 } });
  const { db } = files;
  expect(db.all(db.build.selectFrom('billing_customer').select('name'))).toEqual([{ name: 'Kestrel' }]);
});

test('a workbook: its sheets are named, days and digits come as they are, the line is the row of the sheet', async () => {
  const files = fileBench();
  const book = workbook({
    Notes: [],
    Invoices: [
      ['Invoices of 2026'],
      ['Invoice ID', 'Customer ID', 'Date', 'Amount'],
      ['1', 'c1', { day: 46_115 }, 1_234.5],
      ['2', 'c1', { day: 46_116.5 }, 0.1],
      ['3', 'c1', 'soon', 5],
    ],
  });
  const uploadId = await files.read(book);
  const { mapping } = files.preview(uploadId, 'invoices');
  const report = await importFile(files.deps, uploadId, { ...mapping, constants: { currency: 'EUR' } });
  expect(report).toMatchObject({ added: 2, rejected: 1, rejectedRows: [{ line: 5, field: 'Date' }] });
  const { db } = files;
  expect(db.all(db.build.selectFrom('invoice').select(['id', 'total_minor', 'created_at']).orderBy('id'))).toEqual([
    { id: '1', total_minor: 123_450, created_at: Date.UTC(2026, 3, 3) },
    { id: '2', total_minor: 10, created_at: Date.UTC(2026, 3, 4, 12) },
  ]);
  expect((await rejectionOf(files.read(book, { sheet: 'Payments' }))).message).toContain('no sheet “Payments”');
});

test('a dry run says what an import will, and writes nothing', async () => {
  const files = fileBench();
  await files.bring('stripe_payments', csvOf(PAYMENTS, [payment('ch_1', '49.00'), payment('ch_2', '99.00')]));
  const stood = files.dump();
  const text = csvOf(PAYMENTS, [
    payment('ch_1', '49.00'),
    payment('ch_2', '98.00'),
    payment('ch_3', '1.00'),
    payment('', '1.00'),
  ]);
  const tried = await files.attempt('stripe_payments', text);
  expect(files.dump()).toEqual(stood);
  const done = await files.bring('stripe_payments', text);
  const counts = ({ rows, accepted, rejected, added, changed, unchanged, repeated }: typeof done) => [
    rows,
    accepted,
    rejected,
    added,
    changed,
    unchanged,
    repeated,
  ];
  expect(counts(tried)).toEqual(counts(done));
  expect(tried).toMatchObject({ importId: null, dryRun: true });
});

test('an import is taken back after the ones over it, and leaves what stood before', async () => {
  const files = fileBench();
  const empty = files.dump();
  const a = await files.bring('stripe_payments', csvOf(PAYMENTS, [payment('ch_1', '49.00'), payment('ch_2', '99.00')]));
  const afterA = files.dump();
  const b = await files.bring(
    'stripe_payments',
    csvOf(PAYMENTS, [payment('ch_2', '98.00'), payment('ch_3', '1.00', 'cus_9')]),
  );
  const refused = await rejectionOf(takeBack(files.deps, a.importId ?? 0));
  expect(refused).toMatchObject({ code: 'conflict' });
  expect(refused.message).toContain('file-2.csv');
  await files.undo(b.importId);
  expect(files.dump()).toEqual(afterA);
  await files.undo(a.importId);
  expect(files.dump()).toEqual(empty);
  // A job that was killed after its work is begun again, and finds it done.
  expect(await takeBack(files.deps, a.importId ?? 0)).toEqual({ rows: 0 });
});

test('imports of other rows may be taken back in any order', async () => {
  const files = fileBench();
  const january = await files.bring('stripe_payments', csvOf(PAYMENTS, [payment('ch_1', '49.00')]));
  await files.bring('stripe_payments', csvOf(PAYMENTS, [payment('ch_2', '99.00')]));
  await files.undo(january.importId);
  const { db } = files;
  expect(db.all(db.build.selectFrom('charge').select('id'))).toEqual([{ id: 'ch_2' }]);
});

test('an import that is cut off goes on where it was, with the same result', async () => {
  const rows = Array.from({ length: 11_000 }, (_, index) =>
    payment(`ch_${index}`, index % 7 === 0 ? 'x' : '49.00', `cus_${index % 50}`),
  );
  const text = csvOf(PAYMENTS, rows);
  const whole = fileBench();
  const report = await whole.bring('stripe_payments', text);

  const cut = fileBench();
  const uploadId = await cut.read(text);
  const { mapping } = cut.preview(uploadId, 'stripe_payments');
  const stop = new AbortController();
  const deps = { ...cut.deps, signal: stop.signal, onProgress: () => stop.abort(new AppError('cancelled', 'Cut off')) };
  expect((await rejectionOf(importFile(deps, uploadId, mapping))).code).toBe('cancelled');
  expect(cut.db.all(cut.db.build.selectFrom('charge').select('id')).length).toBeGreaterThan(0);
  const { seconds: _a, ...resumed } = await importFile(cut.deps, uploadId, mapping);
  const { seconds: _b, ...undisturbed } = report;
  expect({ ...resumed, reasons: [], rejectedRows: [] }).toEqual({ ...undisturbed, reasons: [], rejectedRows: [] });
  expect(cut.dump()).toEqual(whole.dump());
});

test('what a connected source holds itself is left to it', async () => {
  const files = fileBench();
  const { db } = files;
  const source_id = db.run(
    db.build
      .insertInto('source')
      .values({ vendor: 'stripe', name: 'Stripe', config: '{}', state: 'ready', connected_at: 0 }),
  ).lastId;
  db.run(
    db.build.insertInto('charge').values({
      source_id,
      id: 'ch_1',
      status: 'succeeded',
      currency: 'USD',
      amount_minor: 4_900,
      amount_captured_minor: 4_900,
      amount_refunded_minor: 0,
      created_at: 0,
    }),
  );
  const text = csvOf(PAYMENTS, [payment('ch_1', '49.00'), payment('ch_2', '99.00')]);
  expect(files.preview(await files.read(text), 'stripe_payments').warnings[0]).toContain('Stripe');
  expect(await files.bring('stripe_payments', text)).toMatchObject({ added: 1, conflicts: 1 });
});

test('a file that nobody came back to for a week is removed', async () => {
  const files = fileBench();
  const spool = { db: files.db, folder: files.deps.folder };
  const { clock } = files.deps;
  const left = beginUpload(spool, { name: 'left.csv', bytes: 4 }, new Uint8Array(32), clock.now());
  appendPiece(spool, left, 0, Buffer.from('a,b\n').toString('base64'));
  await files.clock.advance(8 * DAY_MS);
  const fresh = beginUpload(spool, { name: 'fresh.csv', bytes: 4 }, new Uint8Array(32), clock.now());
  dropForgotten(spool, clock.now());
  expect(listUploads(files.db).map(({ uploadId }) => uploadId)).toEqual([fresh]);
});

test('an invoice is whole wherever its lines stand: in one batch, in two, and corrected in between', async () => {
  const files = fileBench();
  const header = 'Invoice ID,Line ID,Customer ID,Date,Amount,Currency\n';
  const line = (invoice: string, id: string, amount: string) => `${invoice},${id},c1,2026-01-01,${amount},EUR\n`;
  // More rows than a batch holds lie between the first line of an invoice and its last.
  const between = Array.from({ length: 10_050 }, (_, index) => line(`other-${index}`, '1', '1.00')).join('');
  const text = `${header}${line('far', '1', '10.00')}${line('near', '1', '5.00')}${line('near', '2', '7.00')}${line('near', '1', '6.00')}${between}${line('far', '2', '20.00')}`;
  await files.bring('invoices', text);
  const { db } = files;
  const totals = db.all(
    db.build
      .selectFrom('invoice')
      .select(['id', 'total_minor'])
      .where('id', 'in', ['far', 'near', 'other-7'])
      .orderBy('id'),
  );
  expect(totals).toEqual([
    { id: 'far', total_minor: 3_000 },
    { id: 'near', total_minor: 1_300 },
    { id: 'other-7', total_minor: 100 },
  ]);
  expect(db.all(db.build.selectFrom('file_dirty_object').selectAll())).toEqual([]);
});
