/** Turns rows of a file into rows as they are kept. */
import { hash } from 'node:crypto';
import type { FileColumn, FileMapping } from '../../../../shared/contract/files.ts';
import { timeZone, UTC, type TimeZone } from '../../../../shared/kernel/day.ts';
import type { FileRow } from '../reading/delimited.ts';
import type { KindSpec, Values } from '../kinds/kind.ts';
import { choicesOf, readCell, type Cell, type CellFormat } from './cell.ts';
import { dateFormatsFor, mappedFields } from './questions.ts';

export interface MappedRow {
  readonly line: number;
  /** Its own id, or null where its content and its count in the file are its key. */
  readonly key: string | null;
  readonly values: Values;
  readonly partOf: string | null;
  readonly alsoOf: string | null;
}

export interface RejectedRow {
  readonly line: number;
  readonly field: string | null;
  readonly reason: string;
  readonly text: string;
}

export interface RowMapper {
  row(row: FileRow): MappedRow | RejectedRow;
  /** Every mapped cell by itself, for a preview. */
  cells(row: FileRow): { readonly raw: string; readonly cell: Cell | null }[];
  readonly fields: readonly { readonly field: string; readonly label: string; readonly column: string | null }[];
}

const LONGEST_TEXT = 2_000;
const LONGEST_KEY = 400;

interface MappedColumn extends CellFormat {
  readonly index: number;
}

export function isRejected(row: MappedRow | RejectedRow): row is RejectedRow {
  return 'reason' in row;
}

/** @param width how many columns the file has: a row with more is out of order. */
export function rowMapper(
  kind: KindSpec,
  mapping: FileMapping,
  columns: readonly FileColumn[],
  companyZone: TimeZone,
): RowMapper {
  const zone = mapping.timeZone === null ? companyZone : timeZone(mapping.timeZone);
  const formatOf = (spec: CellFormat['spec'], column: FileColumn | null): CellFormat => {
    const chosenDate = mapping.dateFormats[spec.field];
    return {
      spec,
      dateFormats: chosenDate === undefined ? (column ? dateFormatsFor(column) : ['iso']) : [chosenDate, 'iso'],
      mark: mapping.decimalMarks[spec.field] ?? column?.decimalMarks[0] ?? '.',
      unit: mapping.amountUnits[spec.field] ?? spec.unit,
      zone: column !== null && /\butc\b/i.test(column.name.replaceAll('_', ' ')) ? UTC : zone,
      choices: choicesOf(spec),
    };
  };
  const mapped: MappedColumn[] = mappedFields(kind, mapping, columns).map(({ spec, column }) => ({
    ...formatOf(spec, column),
    index: column.index,
  }));
  // Currencies first: amounts need them.
  mapped.sort((a, b) => Number(a.spec.type === 'amount') - Number(b.spec.type === 'amount'));
  const constants: Record<string, string> = {};
  const badConstants: string[] = [];
  for (const spec of kind.fields) {
    const text = (mapping.constants[spec.field] ?? '').trim();
    if (text === '' || mapping.columns[spec.field] !== undefined) continue;
    const cell = readCell(text, formatOf(spec, null), mapping.constants[spec.currencyField] ?? null);
    if ('value' in cell) constants[spec.field] = cell.value;
    else badConstants.push(`${spec.label}: ${cell.problem}`);
  }
  const required = kind.fields.filter((spec) => spec.required);
  const width = columns.length;

  const reject = ({ line, cells }: FileRow, field: string | null, reason: string): RejectedRow => ({
    line,
    field,
    reason,
    text: cells.join(', ').slice(0, LONGEST_TEXT).toWellFormed(),
  });

  function row(source: FileRow): MappedRow | RejectedRow {
    const { line, cells, broken } = source;
    if (broken !== null) return reject(source, null, `The row cannot be read: ${broken}`);
    if (badConstants[0] !== undefined) return reject(source, null, badConstants[0]);
    if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ''))
      return reject(source, null, `The row has ${cells.length} fields and the header ${width}`);
    const values: Record<string, string> = { ...constants };
    for (const column of mapped) {
      const raw = cells[column.index];
      if (raw === undefined || raw === '') continue;
      const text = cleaned(raw);
      if (text === '') continue;
      const { spec } = column;
      const cell = readCell(text, column, values[spec.currencyField] ?? null);
      if ('problem' in cell) return reject(source, spec.label, cell.problem);
      values[spec.field] = cell.value;
    }
    for (const { field, label } of required)
      if (values[field] === undefined) return reject(source, label, `${label} is missing`);
    const complaint = kind.check?.(values);
    if (complaint) {
      const label = kind.fields.find(({ field }) => field === complaint.field)?.label ?? null;
      return reject(source, label, complaint.reason);
    }
    const key = kind.key(values);
    if (key !== null && key.length > LONGEST_KEY) return reject(source, null, 'Its id is too long');
    const part = kind.partOf?.(values) ?? null;
    return { line, key, values, partOf: part?.of ?? null, alsoOf: part?.also ?? null };
  }

  return {
    row,
    cells(source) {
      const values: Record<string, string> = { ...constants };
      return mapped.map((column) => {
        const raw = source.cells[column.index] ?? '';
        const text = cleaned(raw);
        if (text === '') return { raw, cell: null };
        const cell = readCell(text, column, values[column.spec.currencyField] ?? null);
        if ('value' in cell) values[column.spec.field] = cell.value;
        return { raw, cell };
      });
    },
    fields: mapped.map(({ spec, index }) => ({
      field: spec.field,
      label: spec.label,
      column: columns[index]?.name ?? null,
    })),
  };
}

/** Without spaces of any width around it, and without characters that cannot be stored. */
function cleaned(raw: string): string {
  const text = raw.trim();
  const plain = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return plain.isWellFormed() ? plain : plain.toWellFormed();
}

/** What tells rows without an id apart: their content. 96 bits, so that no two of a billion rows meet. */
export function contentKey(body: string): string {
  return hash('sha256', body, 'base64url').slice(0, 16);
}
