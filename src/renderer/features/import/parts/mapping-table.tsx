/** The file's columns, one per row: a few of its values, what it is read as, how, and what does not fit. */
import { useState, type ReactNode } from 'react';
import type { FileColumn, FileField, FilePreview } from '../../../../shared/contract/files.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { fieldsOf, readAs } from '../mapping.ts';
import type { Draft } from '../use-upload.ts';
import { LOOKS_WORDS } from '../words.ts';
import { ColumnFormat } from './column-format.tsx';
import { ColumnSelect } from './column-select.tsx';

export interface MappingTableProps {
  columns: readonly FileColumn[];
  fields: readonly FileField[];
  preview: FilePreview;
  draft: Draft;
}

const NOTHING = '';

export function MappingTable({ columns, fields, preview, draft }: MappingTableProps): ReactNode {
  const format = useFormat();
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState<'all' | 'read'>('all');
  const wanted = search.trim().toLowerCase();
  const { mapping } = preview;
  const read = columns.filter((column) => fieldsOf(mapping, column, fields).length > 0);
  const rows = (shown === 'all' ? columns : read).filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <Tile
      title="Which column says what"
      subtitle={`${format.count(read.length)} of ${format.count(columns.length, { one: 'column is', other: 'columns are' })} read${FROM[preview.mappingFrom]}`}
      actions={
        <Segmented
          label="Columns shown"
          choices={[
            { value: 'all', label: 'All columns' },
            { value: 'read', label: 'Read ones' },
          ]}
          value={shown}
          onChange={setShown}
        />
      }
      flush
    >
      <DataTable
        label="Columns of the file"
        columns={mappingColumns(fields, preview, draft)}
        rows={rows}
        rowKey={({ index }) => String(index)}
        maxHeight={420}
        toolbar={
          <TextField
            label="Search columns"
            labelHidden
            placeholder="Search columns"
            value={search}
            onChange={setSearch}
          />
        }
        state={
          rows.length === 0
            ? { kind: 'empty', title: 'No column fits', hint: 'Try another word, or show all columns.' }
            : { kind: 'ready' }
        }
      />
    </Tile>
  );
}

const FROM: Readonly<Record<FilePreview['mappingFrom'], string>> = {
  given: '',
  saved: ', as kept from the last file with these columns',
  suggested: ', as their names suggest',
};

function mappingColumns(fields: readonly FileField[], preview: FilePreview, draft: Draft): Column<FileColumn>[] {
  const { mapping } = preview;
  return [
    { id: 'name', header: 'Column', value: ({ name }) => name, width: 150, sortable: false },
    {
      id: 'samples',
      header: 'Values',
      sortable: false,
      value: ({ samples }) => (samples.length === 0 ? null : samples.join(' · ')),
      cell: ({ samples, looksLike }) => (
        <span className="text-muted" title={[LOOKS_WORDS[looksLike], ...samples].join('\n')}>
          {samples.length === 0 ? 'Nothing in it' : samples.slice(0, 3).join(' · ')}
        </span>
      ),
    },
    {
      id: 'as',
      header: 'Is read as',
      width: 172,
      sortable: false,
      value: (column) => fieldsOf(mapping, column, fields)[0]?.label ?? null,
      cell: (column) => {
        const [first] = fieldsOf(mapping, column, fields);
        return (
          <ColumnSelect
            label={`${column.name} is read as`}
            options={[
              { value: NOTHING, label: 'Not read' },
              ...fields.map(({ field, label, required }) => ({ value: field, label: required ? `${label} *` : label })),
            ]}
            value={first?.field ?? NOTHING}
            muted={first === undefined}
            onChange={(field) => draft.change((known) => readAs(known, column, field === NOTHING ? null : field))}
          />
        );
      },
    },
    {
      id: 'how',
      header: 'Written as',
      width: 200,
      sortable: false,
      value: () => null,
      cell: (column) => {
        const [first] = fieldsOf(mapping, column, fields);
        return first === undefined ? null : (
          <ColumnFormat column={column} field={first} mapping={mapping} draft={draft} />
        );
      },
    },
    {
      id: 'problem',
      header: 'Does not fit',
      width: 144,
      sortable: false,
      value: (column) => problemOf(column, fields, preview),
      cell: (column) => {
        const problem = problemOf(column, fields, preview);
        return problem === null ? null : (
          <span className="text-loss" title={problem}>
            {problem}
          </span>
        );
      },
    },
  ];
}

/** The first thing that is wrong with a column in the rows that are shown. */
function problemOf(column: FileColumn, fields: readonly FileField[], preview: FilePreview): string | null {
  const names = new Set(fieldsOf(preview.mapping, column, fields).map(({ field }) => field));
  const places = preview.fields.flatMap(({ field }, place) => (names.has(field) ? [place] : []));
  for (const { cells } of preview.rows)
    for (const place of places) {
      const problem = cells[place]?.problem ?? null;
      if (problem !== null) return problem;
    }
  return null;
}
