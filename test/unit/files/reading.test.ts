/** Files as they come: what is found in them, cell by cell. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { decimalMarksOf, readNumber } from '../../../src/main/engine/files/reading/number-text.ts';
import { dateFormatsOf, readClockTime } from '../../../src/main/engine/files/reading/day-text.ts';
import { RowSplitter } from '../../../src/main/engine/files/reading/delimited.ts';
import { layoutOf } from '../../../src/main/engine/files/reading/layout.ts';
import { ColumnProfile } from '../../../src/main/engine/files/reading/profile.ts';
import { isoOfInstant, instant } from '../../../src/shared/kernel/instant.ts';

function rowsOf(
  text: string,
  delimiter = ',',
  step = text.length,
): { line: number; cells: readonly string[]; broken: string | null }[] {
  const splitter = new RowSplitter(delimiter);
  const rows = [];
  for (let at = 0; at < text.length; at += step) rows.push(...splitter.push(text.slice(at, at + step)));
  return [...rows, ...splitter.end()];
}

describe('rows', () => {
  test('lines are counted through quoted line breaks, empty lines and every kind of line end', () => {
    const text = 'a,b\r\n1,"x\r\ny"\r\n\r\n2,z\r3,"q"';
    expect(rowsOf(text).map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a', 'b'],
      [2, '1', 'x\ny'],
      [5, '2', 'z'],
      [6, '3', 'q'],
    ]);
  });

  test('a row whose quotes are not in order is set aside alone; the rows behind it are read', () => {
    const rows = rowsOf('a,b\n1,"x" y\n2,"ok"\n3,"open\n4,z\n');
    expect(rows.map(({ line, broken }) => [line, broken !== null])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [4, true],
      [5, false],
    ]);
  });

  test('a hundred thousand broken rows take no more than a moment', () => {
    const rows = rowsOf('1,"x" y\n'.repeat(20_000));
    expect(rows).toHaveLength(20_000);
    expect(rows.every(({ broken }) => broken !== null)).toBe(true);
  });

  test('what a program writes is read back, wherever the pieces are cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', '"', ',', ';', '\n', ' ', 'é', '\t') });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, fc.constant('end')), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 30 }),
        (table, step) => {
          const text = Papa.unparse(table, { newline: '\n' });
          expect(rowsOf(text, ',', step).map(({ cells }) => cells)).toEqual(table);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['1234.5', '.', '1234.5'],
  ['1,234.50', '.', '1234.50'],
  ['1.234,50', ',', '1234.50'],
  ['1 234,50 €', ',', '1234.50'],
  ['1\u202f234,5', ',', '1234.5'],
  ["CHF 1'234.50", '.', '1234.50'],
  ['$1,234', '.', '1234'],
  ['(99.90)', '.', '-99.90'],
  ['($1,234.50)', '.', '-1234.50'],
  ['12,50-', ',', '-12.50'],
  ['−5', '.', '-5'],
  ['$-5.00', '.', '-5.00'],
  ['12,34,567.00', '.', '1234567.00'],
  ['-0', '.', '-0'],
  ['1.234.567', '.', null],
  ['1,23', '.', null],
  ['12.5.2026', ',', null],
  ['abc', '.', null],
  ['', '.', null],
  ['1e5', '.', null],
] as const)('the number %j with the mark %j is %j', (text, mark, number) => {
  expect(readNumber(text, mark)).toBe(number);
});

test('whether a comma stands before decimals is read off numbers that leave no choice', () => {
  expect(decimalMarksOf('12,50')).toEqual({ marks: [','], neutral: false });
  expect(decimalMarksOf('1.234,50').marks).toEqual([',']);
  expect(decimalMarksOf('1,234.50').marks).toEqual(['.']);
  expect(decimalMarksOf('1,234')).toEqual({ marks: ['.', ','], neutral: false });
  expect(decimalMarksOf('1234')).toEqual({ marks: ['.', ','], neutral: true });
});

test.each([
  ['2026-04-03', ['iso']],
  ['2026-04-03T10:15:00Z', ['iso']],
  ['2026-04-03 10:15:00 UTC', ['iso']],
  ['2026/4/3', ['ymd']],
  ['03/04/2026', ['dmy', 'mdy']],
  ['13/04/2026', ['dmy']],
  ['04/13/2026', ['mdy']],
  ['03.04.2026', ['dmy']],
  ['3 Apr 2026', ['text']],
  ['April 3, 2026 4:05 PM', ['text']],
  ['30/02/2026', []],
  ['46115', ['excel']],
  ['1775174400', ['unix']],
  ['hello', []],
] as const)('%j may be a day as %j', (text, formats) => {
  expect(dateFormatsOf(text)).toEqual(formats);
});

test.each([
  ['03/04/2026 4:05 pm', 'dmy', '2026-04-03T16:05:00.000Z'],
  ['03/04/26', 'mdy', '2026-03-04T00:00:00.000Z'],
  ['46115.5', 'excel', '2026-04-03T12:00:00.000Z'],
  ['1775174400', 'unix', '2026-04-03T00:00:00.000Z'],
  ['1775174400000', 'unix', '2026-04-03T00:00:00.000Z'],
] as const)('%j as %s is %s', (text, format, iso) => {
  expect(isoOfInstant(instant(readClockTime(text, format)?.localMs ?? 0))).toBe(iso);
});

test('an offset is told from the clock', () => {
  expect(readClockTime('2026-04-03T10:00:00+02:00', 'iso')).toMatchObject({ offsetMinutes: 120, hasTime: true });
  expect(readClockTime('2026-04-03 10:00', 'iso')).toMatchObject({ offsetMinutes: null });
});

function profileOf(values: readonly string[]) {
  const profile = new ColumnProfile();
  for (const value of values) profile.add(value);
  return profile.result(0, 'Column');
}

test('the whole column decides between day and month; where none does, both are open', () => {
  expect(profileOf(['01/02/2026', '03/04/2026', '25/12/2026']).dateFormats).toEqual(['dmy']);
  expect(profileOf(['01/02/2026', '03/04/2026', '12/25/2026']).dateFormats).toEqual(['mdy']);
  expect(profileOf(['01/02/2026', '03/04/2026']).dateFormats).toEqual(['dmy', 'mdy']);
  // Values that contradict each other settle nothing.
  expect(profileOf(['25/12/2026', '12/25/2026']).dateFormats).toEqual(['dmy', 'mdy']);
});

test('the whole column decides on the decimal mark; thousands alone leave it open', () => {
  expect(profileOf(['1.234', '12,50']).decimalMarks).toEqual([',']);
  expect(profileOf(['1,234', '12.50']).decimalMarks).toEqual(['.']);
  expect(profileOf(['1,234', '2,500']).decimalMarks).toEqual(['.', ',']);
  expect(profileOf(['12', '13']).decimalMarks).toEqual(['.']);
  expect(profileOf(['ada@kestrel.example', 'bob@heron.example'])).toMatchObject({ looksLike: 'email', filled: 2 });
  expect(profileOf(['', ' ']).looksLike).toBe('empty');
});

const known = (name: string): boolean => ['id', 'amount', 'betrag', 'datum'].includes(name.toLowerCase());

test.each([
  ['commas', 'id,amount\n1,2\n', { delimiter: ',', headerLine: 1 }],
  [
    'semicolons with decimal commas',
    'Datum;Betrag\n03.04.2026;1,50\n04.04.2026;2,50\n',
    { delimiter: ';', headerLine: 1 },
  ],
  ['tabs', 'id\tamount\n1\t2,5\n', { delimiter: '\t', headerLine: 1 }],
  ['bars', 'id|amount\n1|2\n', { delimiter: '|', headerLine: 1 }],
  ['a hint for spreadsheets', 'sep=;\r\nid;amount\r\n1;2\r\n', { delimiter: ';', headerLine: 2 }],
  [
    'a title and an empty line above',
    'Report of April\n\nid,amount,note\n1,2,x\n2,3,y\n',
    { delimiter: ',', headerLine: 3 },
  ],
  ['no names', '2026-04-03,12.50,ada\n2026-04-04,13.50,bob\n', { delimiter: ',', headerLine: 0 }],
  ['one column', 'id\n1\n2\n', { delimiter: ',', headerLine: 1 }],
  ['quotes around commas', 'id,name\n1,"a, b, c"\n2,"d, e"\n', { delimiter: ',', headerLine: 1 }],
])('%s are recognised', (_what, text, layout) => {
  expect(layoutOf(text, true, known)).toEqual(layout);
});
