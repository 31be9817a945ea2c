/** Changes of a mapping as a person makes them, column by column. Pure. */
import {
  DATE_FORMATS,
  type DateFormat,
  type DecimalMark,
  type FileColumn,
  type FileField,
  type FileMapping,
} from '../../../shared/contract/files.ts';

/** The fields that a column is read as, in the order of the kind's fields. */
export function fieldsOf(mapping: FileMapping, column: FileColumn, fields: readonly FileField[]): FileField[] {
  return fields.filter(({ field }) => mapping.columns[field] === column.index);
}

/** Reads a column as one field and nothing else; null: as none. Whatever was that field before is not read any more. */
export function readAs(mapping: FileMapping, column: FileColumn, field: string | null): FileMapping {
  const kept = Object.entries(mapping.columns).filter(([name, index]) => index !== column.index && name !== field);
  const columns = Object.fromEntries(field === null ? kept : [...kept, [field, column.index]]);
  const isRead = (name: string) => columns[name] !== undefined;
  return {
    ...mapping,
    columns,
    // What was said of a field goes with its column.
    constants: field === null ? mapping.constants : without(mapping.constants, field),
    dateFormats: pick(mapping.dateFormats, isRead, field),
    decimalMarks: pick(mapping.decimalMarks, isRead, field),
    amountUnits: pick(mapping.amountUnits, isRead, null),
  };
}

function pick<Value>(
  values: Readonly<Record<string, Value>>,
  isRead: (name: string) => boolean,
  changed: string | null,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isRead(name) && name !== changed));
}

function without<Value>(values: Readonly<Record<string, Value>>, name: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([known]) => known !== name));
}

/** One value for all rows; an empty text takes it away. */
export function withConstant(mapping: FileMapping, field: string, value: string): FileMapping {
  const constants = without(mapping.constants, field);
  return { ...mapping, constants: value.trim() === '' ? constants : { ...constants, [field]: value.trim() } };
}

export function withDateFormat(mapping: FileMapping, field: string, format: DateFormat): FileMapping {
  return { ...mapping, dateFormats: { ...mapping.dateFormats, [field]: format } };
}

export function withDecimalMark(mapping: FileMapping, field: string, mark: DecimalMark): FileMapping {
  return { ...mapping, decimalMarks: { ...mapping.decimalMarks, [field]: mark } };
}

export function withUnit(mapping: FileMapping, field: string, unit: 'major' | 'minor'): FileMapping {
  return { ...mapping, amountUnits: { ...mapping.amountUnits, [field]: unit } };
}

export function isDate({ type }: FileField): boolean {
  return type === 'day' || type === 'instant' || type === 'month';
}

export function isNumber({ type }: FileField): boolean {
  return type === 'amount' || type === 'number';
}

/** The ways in which a column's days can be read; all of them where none fits every value. */
export function dateChoices({ dateFormats }: FileColumn): readonly DateFormat[] {
  return dateFormats.length > 0 ? dateFormats : DATE_FORMATS;
}

/** Fields that no column is read as. */
export function fieldsWithoutColumn(mapping: FileMapping, fields: readonly FileField[]): FileField[] {
  return fields.filter(({ field }) => mapping.columns[field] === undefined);
}
