/** `files.preview`: the first rows as they would be stored, and what has to be settled first. */
import type { FileMapping, FilePreview } from '../../../../shared/contract/files.ts';
import type { TimeZone } from '../../../../shared/kernel/day.ts';
import { exponentOf, currencyCode, isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import { decimalText, minor } from '../../../../shared/kernel/money.ts';
import type { ReadDb } from '../../store/handles.ts';
import { rivalSources } from '../importing/file-source.ts';
import { savedMapping } from '../importing/saved-mappings.ts';
import { readyUpload } from '../importing/uploads.ts';
import { kindOf } from '../kinds/registry.ts';
import type { KindSpec } from '../kinds/kind.ts';
import type { FileRow } from '../reading/delimited.ts';
import type { FileReading } from '../thread/index.ts';
import type { Cell } from './cell.ts';
import { missingFields, questionsOf } from './questions.ts';
import { isRejected, rowMapper, type RowMapper } from './row-mapper.ts';
import { suggestedMapping } from './suggest.ts';
import { allOf } from '../../wording/index.ts';

export interface PreviewInput {
  readonly uploadId: number;
  readonly kind: string;
  readonly mapping?: FileMapping | undefined;
  readonly limit: number;
}

/** @throws AppError `not_found`, `conflict` before the file has been read through. */
export function preview(db: ReadDb, input: PreviewInput, zone: TimeZone): FilePreview {
  const { reading } = readyUpload(db, '', input.uploadId);
  const kind = kindOf(input.kind);
  const saved = input.mapping ? null : savedMapping(db, reading, kind.kind);
  const mapping = input.mapping ?? saved ?? suggestedMapping(kind, reading.columns);
  const mapper = rowMapper(kind, mapping, reading.columns, zone);
  const missing = missingFields(kind, mapping);
  const questions = questionsOf(kind, mapping, reading.columns);
  return {
    mapping,
    mappingFrom: input.mapping ? 'given' : saved ? 'saved' : 'suggested',
    missing,
    questions,
    warnings: warningsOf(db, kind, mapping, reading),
    fields: [...mapper.fields],
    rows: reading.sample.slice(0, input.limit).map((row) => shownRow(kind, mapper, row)),
    ready: missing.length === 0 && questions.length === 0,
  };
}

function shownRow(kind: KindSpec, mapper: RowMapper, row: FileRow): FilePreview['rows'][number] {
  const mapped = mapper.row(row);
  const cells = mapper.cells(row);
  const currency = isRejected(mapped) ? null : (mapped.values['currency'] ?? null);
  return {
    line: row.line,
    problem: isRejected(mapped) ? mapped.reason : null,
    cells: mapper.fields.map(({ field }, index) => {
      const { raw = '', cell = null } = cells[index] ?? {};
      const type = kind.fields.find((spec) => spec.field === field)?.type;
      return {
        raw,
        value: valueOf(cell, type === 'amount', currency),
        problem: cell && 'problem' in cell ? cell.problem : null,
      };
    }),
  };
}

/** Amounts are shown in whole units again. */
function valueOf(cell: Cell | null, isAmount: boolean, currency: string | null): string | null {
  if (cell === null || 'problem' in cell) return null;
  if (!isAmount || currency === null || !isCurrencyCode(currency)) return cell.value;
  const code = currencyCode(currency);
  return exponentOf(code) === 0 ? cell.value : decimalText(minor(Number(cell.value)), code);
}

function warningsOf(db: ReadDb, kind: KindSpec, mapping: FileMapping, { detection, columns }: FileReading): string[] {
  const rivals = rivalSources(db, kind).map(({ name }) => `“${name}”`);
  const unused = columns.filter(({ index, filled }) => filled > 0 && !Object.values(mapping.columns).includes(index));
  return [
    ...(rivals.length > 0
      ? [
          `${allOf(rivals)} ${rivals.length === 1 ? 'holds' : 'hold'} the same kind of objects: rows about those held there are left out, others would count beside them`,
        ]
      : []),
    ...(detection.encodingGuessed
      ? [`The encoding ${detection.encoding} is guessed: look whether letters with accents are right`]
      : []),
    ...(detection.headerLine === 0 ? ['The file does not name its columns: say which is which'] : []),
    ...(unused.length > 0
      ? [
          `Not read: ${unused
            .map(({ name }) => `“${name}”`)
            .slice(0, 10)
            .join(', ')}${unused.length > 10 ? ` and ${unused.length - 10} further columns` : ''}`,
        ]
      : []),
  ];
}
