/** How a column's days or numbers are written, where there is something to say about it. */
import type { ReactNode } from 'react';
import type { DecimalMark, FileColumn, FileField, FileMapping } from '../../../../shared/contract/files.ts';
import { dateChoices, isDate, isNumber, withDateFormat, withDecimalMark, withUnit } from '../mapping.ts';
import type { Draft } from '../use-upload.ts';
import { DATE_WORDS } from '../words.ts';
import { ColumnSelect } from './column-select.tsx';

export interface ColumnFormatProps {
  column: FileColumn;
  field: FileField;
  mapping: FileMapping;
  draft: Draft;
}

const OPEN = 'open';

export function ColumnFormat({ column, field, mapping, draft }: ColumnFormatProps): ReactNode {
  // What nothing stands in is written in no way.
  if (column.filled === 0) return null;
  if (isDate(field)) return <DateFormatChoice column={column} field={field} mapping={mapping} draft={draft} />;
  if (isNumber(field)) return <NumberFormatChoice column={column} field={field} mapping={mapping} draft={draft} />;
  return null;
}

function DateFormatChoice({ column, field: { field, label }, mapping, draft }: ColumnFormatProps): ReactNode {
  const choices = dateChoices(column);
  const chosen = mapping.dateFormats[field] ?? (choices.length === 1 ? choices[0] : undefined);
  return (
    <ColumnSelect
      label={`Days of ${label}`}
      options={[
        ...(chosen === undefined ? [{ value: OPEN, label: 'Choose: more than one fits' } as const] : []),
        ...choices.map((value) => ({ value, label: DATE_WORDS[value] })),
      ]}
      value={chosen ?? OPEN}
      onChange={(format) => {
        if (format !== OPEN) draft.change((known) => withDateFormat(known, field, format));
      }}
    />
  );
}

const MARK_WORDS: Readonly<Record<DecimalMark, string>> = { '.': '1,234.56', ',': '1.234,56' };

function NumberFormatChoice({ column, field: { field, label, type }, mapping, draft }: ColumnFormatProps): ReactNode {
  const marks: readonly DecimalMark[] = column.decimalMarks.length > 0 ? column.decimalMarks : ['.', ','];
  const chosen = mapping.decimalMarks[field] ?? (marks.length === 1 ? marks[0] : undefined);
  return (
    <span className="flex gap-1">
      <ColumnSelect
        label={`Decimals of ${label}`}
        options={[
          ...(chosen === undefined ? [{ value: OPEN, label: 'By the values' } as const] : []),
          ...marks.map((value) => ({ value, label: MARK_WORDS[value] })),
        ]}
        value={chosen ?? OPEN}
        onChange={(mark) => {
          if (mark !== OPEN) draft.change((known) => withDecimalMark(known, field, mark));
        }}
      />
      {type === 'amount' && (
        <ColumnSelect
          label={`Unit of ${label}`}
          options={[
            { value: 'major', label: 'Whole units' },
            { value: 'minor', label: 'Cents' },
          ]}
          value={mapping.amountUnits[field] ?? 'major'}
          onChange={(unit) => draft.change((known) => withUnit(known, field, unit))}
        />
      )}
    </span>
  );
}
