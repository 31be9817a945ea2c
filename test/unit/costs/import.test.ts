/** Files of costs: what is taken, what is set aside and why, and what a second import does. */
import { describe, expect, test } from 'vitest';
import {
  costEdits,
  costSheet,
  dismissRejected,
  importCosts,
  rejectedRows,
  restoreRejected,
} from '../../../src/main/engine/costs/index.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { plainDay, plainMonth } from '../../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../../src/shared/kernel/instant.ts';
import { failureOf, testStore } from '../../support/store.ts';

const NOW = instantOfIso('2026-11-20T12:00:00Z');
const HEADER = 'month,kind,channel,amount,currency';
const CONTEXT = { currency: currencyCode('USD'), today: plainDay('2026-11-20') };

function costs() {
  const { db } = testStore();
  return {
    db,
    import: (text: string, { file = 'costs.csv', dryRun = false } = {}) => importCosts(db, { file, text, dryRun }, NOW),
    rows: (...lines: string[]) =>
      importCosts(db, { file: 'costs.csv', text: [HEADER, ...lines].join('\n'), dryRun: false }, NOW),
    stored: () =>
      costSheet(db, { from: plainMonth('2025-01'), to: plainMonth('2026-12') }, CONTEXT).costs.map(
        ({ month, kind, channel, amount, currency }) => `${month} ${kind} ${channel ?? '-'} ${amount} ${currency}`,
      ),
  };
}

const reasons = ({ quarantined }: ReturnType<typeof importCosts>) =>
  quarantined.map(({ line, reason }) => `${line}: ${reason}`);

describe('a file of costs', () => {
  test('is read in major units with a dot, into minor units', () => {
    const { rows, stored } = costs();
    expect(rows('2026-01,marketing,ads,4587,USD', '2026-01,sales,,3000.50,usd', '2026-02,cogs,,0,USD')).toMatchObject({
      rows: 3,
      imported: 3,
      replaced: 0,
      unchanged: 0,
      quarantined: [],
    });
    expect(stored()).toEqual([
      '2026-01 marketing ads 458700 USD',
      '2026-01 sales - 300050 USD',
      '2026-02 cogs - 0 USD',
    ]);
  });

  test.each([
    ['semicolons', 'month;kind;channel;amount;currency\n2026-01;ga;;12.50;EUR'],
    ['tabs', 'month\tkind\tchannel\tamount\tcurrency\n2026-01\tga\t\t12.50\tEUR'],
    ['bars', 'month|kind|channel|amount|currency\n2026-01|ga||12.50|EUR'],
    ['a byte order mark and CRLF', '\uFEFFmonth,kind,channel,amount,currency\r\n2026-01,ga,,12.50,EUR\r\n'],
    ['lone CR', 'month,kind,channel,amount,currency\r2026-01,ga,,12.50,EUR\r'],
    ['quotes', '"month","kind","channel","amount","currency"\n"2026-01","ga","","12.50","EUR"'],
    ['columns in another order and case', 'Currency,AMOUNT,Kind,Month\nEUR,12.50,GA,2026-01'],
    ['no names of columns', '2026-01,ga,,12.50,EUR'],
    ['a day where the month was', 'month,kind,channel,amount,currency\n2026-01-01,ga,,12.50,EUR'],
    ['columns that it does not know', 'month,who,kind,amount,currency\n2026-01,Ada,ga,12.50,EUR'],
  ])('may have %s', (_what, text) => {
    const c = costs();
    expect(c.import(text)).toMatchObject({ imported: 1, quarantined: [] });
    expect(c.stored()).toEqual(['2026-01 ga - 1250 EUR']);
  });

  test('keeps what its quotes hold: delimiters and line ends', () => {
    const c = costs();
    c.import(`${HEADER},note\n2026-01,marketing,"Ads, search",10,USD,"two\nlines"\n2026-01,marketing,x,oops,USD,`);
    expect(c.stored()).toEqual(['2026-01 marketing Ads, search 1000 USD']);
    // Lines are those of the file: the quoted line end counts.
    expect(rejectedRows(c.db)[0]?.rows.map(({ line }) => line)).toEqual([4]);
  });

  test.each([
    ['1000,JPY', 'JPY', 1_000],
    ['1000.00,JPY', 'JPY', 1_000],
    ['1.234,KWD', 'KWD', 1_234],
    ['-200,USD', 'USD', -20_000],
    ['+7,USD', 'USD', 700],
    ['-0,USD', 'USD', 0],
    ['100000000000,USD', 'USD', 10_000_000_000_000],
  ])('takes %s as it is in that currency', (cells, currency, amount) => {
    const c = costs();
    c.rows(`2026-01,other,,${cells}`);
    expect(c.stored()).toEqual([`2026-01 other - ${amount} ${currency}`]);
  });

  test.each([
    ['2026-01,other,,10.5,JPY', '“10.5” has more decimals than JPY, which has none'],
    ['2026-01,other,,1.005,USD', '“1.005” has more decimals than USD, which has 2'],
    ['2026-01,other,,"1,000.00",USD', /is not an amount: digits with a dot/],
    ['2026-01,other,,1e6,USD', /is not an amount/],
    ['2026-01,other,,$5,USD', /is not an amount/],
    ['2026-01,other,,=1+1,USD', /is not an amount/],
    ['2026-01,other,,,USD', 'amount is missing'],
    ['2026-01,other,,5,', 'currency is missing'],
    [',other,,5,USD', 'month is missing'],
    ['2026-01,other,,5,XXX', /“XXX” is not a currency/],
    ['2026-13,other,,5,USD', /“2026-13” is not a month/],
    ['Jan 2026,other,,5,USD', /“Jan 2026” is not a month/],
    ['0001-01,other,,5,USD', 'a month from 1990 to 2199'],
    ['2026-01,party,,5,USD', '“party” is no kind of cost; there are marketing, sales, cogs, rnd, ga, other'],
    ['2026-01,other,,100000000000.01,USD', 'an amount beyond ±100 billion is refused'],
    ['2026-01,other,,99999999999999999999,USD', /is not an amount/],
    ['2026-01,other,,999999999999999999,USD', /not a whole amount of minor units/],
    [`2026-01,other,${'x'.repeat(81)},5,USD`, 'a channel has at most 80 characters'],
    ['2026-01,other,,5,USD,6', 'it has 6 fields and the header has 5'],
    ['2026-01,other', 'amount is missing'],
  ])('sets %s aside', (row, reason) => {
    const c = costs();
    const result = c.rows('2026-01,sales,,1,USD', row);
    expect(result).toMatchObject({ imported: 1, quarantined: [{ line: 3, reason: expect.stringMatching(reason) }] });
    expect(c.stored()).toEqual(['2026-01 sales - 100 USD']);
  });

  test('with a quote that never ends loses that row alone', () => {
    const c = costs();
    const result = c.rows('2026-01,sales,,1,USD', '2026-01,marketing,"open,5,USD');
    expect(result.imported).toBe(1);
    expect(reasons(result)).toEqual([expect.stringMatching(/^3: its quotes are not in order/)]);
  });

  test.each([
    ['', /is empty/],
    ['\n\n', /is empty/],
    ['month,kind,amount\n2026-01,sales,5', /has no column currency/],
    ['date,what\n1,2', /has no column month, kind, amount, currency/],
    ['month,month,kind,amount,currency\n', /two columns month/],
  ])('that is none is refused as a whole: %j', (text, message) => {
    const c = costs();
    expect(failureOf(() => c.import(text))).toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(message),
    });
    expect(costEdits(c.db, { limit: 10 })).toEqual([]);
  });
});

describe('what a row is of', () => {
  test('rows of one month, kind, channel and currency add up; a credit lowers them', () => {
    const c = costs();
    const rows = ['2026-01,marketing,Ads,1000,USD', '2026-01,marketing,ads,500,USD', '2026-01,marketing,ADS,-200,USD'];
    expect(c.rows(...rows, '2026-01,marketing,ads,1,EUR')).toMatchObject({ rows: 4, imported: 2, combined: 2 });
    expect(c.stored()).toEqual(['2026-01 marketing ads 100 EUR', '2026-01 marketing Ads 130000 USD']);
  });

  test('the same file again changes nothing, not even its history', () => {
    const c = costs();
    const rows = ['2026-01,marketing,ads,1000,USD', '2026-01,marketing,ads,500,USD', '2026-02,ga,,7,USD'];
    expect(c.rows(...rows).editId).not.toBeNull();
    expect(c.rows(...rows)).toMatchObject({ imported: 0, replaced: 0, unchanged: 2, editId: null });
    expect(costEdits(c.db, { limit: 10 })).toHaveLength(1);
  });

  test('a later file takes the place of what it names, and leaves the rest', () => {
    const c = costs();
    c.rows('2026-01,marketing,ads,1000,USD', '2026-01,sales,,300,USD');
    const later = c.import(`${HEADER}\n2026-01,marketing,ads,900,USD\n2026-02,sales,,300,USD`, { file: 'later.csv' });
    expect(later).toMatchObject({ imported: 1, replaced: 1, unchanged: 0 });
    expect(c.stored()).toEqual([
      '2026-01 marketing ads 90000 USD',
      '2026-01 sales - 30000 USD',
      '2026-02 sales - 30000 USD',
    ]);
  });

  test('a dry run says the same and writes nothing', () => {
    const c = costs();
    c.rows('2026-01,sales,,300,USD');
    const text = `${HEADER}\n2026-01,sales,,301,USD\n2026-02,sales,,1,USD\nx,sales,,1,USD`;
    const dry = c.import(text, { dryRun: true });
    expect(dry).toMatchObject({ dryRun: true, imported: 1, replaced: 1, editId: null, quarantined: [{ line: 4 }] });
    expect(dry.preview).toEqual([
      expect.objectContaining({ month: '2026-01', amount: 30_100, before: 30_000 }),
      expect.objectContaining({ month: '2026-02', amount: 100, before: null }),
    ]);
    expect(c.stored()).toEqual(['2026-01 sales - 30000 USD']);
    expect(rejectedRows(c.db)).toEqual([]);
    const { dryRun: _run, editId: _edit, ...real } = c.import(text);
    expect(real).toEqual((({ dryRun: _, editId: __, ...rest }) => rest)(dry));
  });

  test('rows that did not fit stand until the file is imported again', () => {
    const c = costs();
    c.import(`${HEADER}\n2026-01,sales,,ten,USD`, { file: 'a.csv' });
    c.import(`${HEADER}\n2026-01,sales,,eleven,USD`, { file: 'b.csv' });
    expect(rejectedRows(c.db).map(({ file, rows }) => `${file} ${rows[0]?.text}`)).toEqual([
      'b.csv 2026-01, sales, , eleven, USD',
      'a.csv 2026-01, sales, , ten, USD',
    ]);
    c.import(`${HEADER}\n2026-01,sales,,10,USD`, { file: 'a.csv' });
    expect(rejectedRows(c.db).map(({ file }) => file)).toEqual(['b.csv']);
  });

  test('rows that were dismissed come back as they were', () => {
    const c = costs();
    c.import(`${HEADER}\n2026-01,sales,,ten,USD`);
    const before = rejectedRows(c.db);
    const editId = before[0]?.editId ?? -1;
    expect(dismissRejected(c.db, editId, NOW)).toEqual({ done: true });
    expect(rejectedRows(c.db)).toEqual([]);
    expect(restoreRejected(c.db, editId)).toEqual({ done: true });
    expect(rejectedRows(c.db)).toEqual(before);
    expect(dismissRejected(c.db, 99, NOW)).toEqual({ done: false });
  });
});

test('a hundred thousand rows are taken, and told apart when they come again', () => {
  const c = costs();
  const lines = Array.from({ length: 100_000 }, (_, n) => {
    const month = `${2020 + (Math.floor(n / 1_200) % 6)}-${String(1 + (n % 12)).padStart(2, '0')}`;
    return `${month},marketing,channel ${n},${n}.25,USD`;
  });
  expect(c.rows(...lines)).toMatchObject({ imported: 100_000, quarantined: [] });
  expect(c.rows(...lines)).toMatchObject({ unchanged: 100_000 });
});
