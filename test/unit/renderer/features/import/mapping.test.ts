/** What a person changes of a mapping, column by column. */
import { describe, expect, it } from 'vitest';
import {
  dateChoices,
  fieldsOf,
  fieldsWithoutColumn,
  readAs,
  withConstant,
  withDateFormat,
  withUnit,
} from '../../../../../src/renderer/features/import/mapping.ts';
import {
  DATE_FORMATS,
  type FileColumn,
  type FileField,
  type FileMapping,
} from '../../../../../src/shared/contract/files.ts';

const column = (index: number, over: Partial<FileColumn> = {}): FileColumn => ({
  index,
  name: `Column ${index}`,
  samples: [],
  filled: 1,
  looksLike: 'text',
  dateFormats: [],
  decimalMarks: [],
  ...over,
});
const field = (name: string, type: FileField['type'] = 'text'): FileField => ({
  field: name,
  label: name,
  type,
  required: false,
  help: null,
  choices: [],
  constant: true,
});
const FIELDS = [field('id'), field('amount', 'amount'), field('paid_on', 'day'), field('currency', 'currency')];
const EMPTY: FileMapping = {
  kind: 'own',
  columns: {},
  constants: {},
  dateFormats: {},
  decimalMarks: {},
  amountUnits: {},
  timeZone: null,
};

describe('a column', () => {
  it('is read as one field, which no other column is any more', () => {
    const first = readAs(EMPTY, column(0), 'id');
    const moved = readAs(first, column(3), 'id');
    expect(moved.columns).toEqual({ id: 3 });
    expect(fieldsOf(moved, column(0), FIELDS)).toEqual([]);
    expect(fieldsOf(moved, column(3), FIELDS)).toEqual([FIELDS[0]]);
  });

  it('that is not read leaves nothing behind of what was said about its field', () => {
    const said = withUnit(withDateFormat(readAs(EMPTY, column(1), 'paid_on'), 'paid_on', 'dmy'), 'amount', 'minor');
    const none = readAs(said, column(1), null);
    expect(none).toEqual(EMPTY);
  });

  it('takes the place of the value that was given for all rows', () => {
    const given = withConstant(EMPTY, 'currency', ' EUR ');
    expect(given.constants).toEqual({ currency: 'EUR' });
    expect(readAs(given, column(2), 'currency').constants).toEqual({});
    expect(withConstant(given, 'currency', ' ').constants).toEqual({});
  });

  it('has its days asked for anew when it is read as another field', () => {
    const said = withDateFormat(readAs(EMPTY, column(1), 'paid_on'), 'paid_on', 'dmy');
    expect(readAs(said, column(2), 'paid_on').dateFormats).toEqual({});
  });

  it('offers the ways that fit its values, and all where none does', () => {
    expect(dateChoices(column(0, { dateFormats: ['dmy', 'mdy'] }))).toEqual(['dmy', 'mdy']);
    expect(dateChoices(column(0))).toEqual(DATE_FORMATS);
  });
});

it('fields without a column are those that a value for all rows can be given for', () => {
  expect(fieldsWithoutColumn(readAs(EMPTY, column(0), 'id'), FIELDS).map(({ field: name }) => name)).toEqual([
    'amount',
    'paid_on',
    'currency',
  ]);
});
