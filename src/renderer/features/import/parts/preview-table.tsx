/** The first rows as they would be stored; what does not fit stands as it is in the file, with the reason. */
import type { ReactNode } from 'react';
import type { FilePreview } from '../../../../shared/contract/files.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

type Row = FilePreview['rows'][number];

export function PreviewTable({ preview, behind }: { preview: FilePreview; behind: boolean }): ReactNode {
  const format = useFormat();
  const { rows, fields } = preview;
  return (
    <Tile
      title="The first rows as they will be read"
      subtitle={format.count(rows.length, { one: 'row', other: 'rows' })}
      flush
      {...(behind ? { className: 'opacity-60' } : {})}
    >
      <DataTable
        label="First rows"
        columns={columnsOf(fields)}
        rows={rows}
        rowKey={({ line }) => String(line)}
        maxHeight={360}
        state={
          rows.length === 0 || fields.length === 0
            ? { kind: 'empty', title: 'Nothing is read yet', hint: 'Choose what the columns are read as.' }
            : { kind: 'ready' }
        }
      />
    </Tile>
  );
}

function columnsOf(fields: FilePreview['fields']): Column<Row>[] {
  return [
    { id: 'line', header: 'Line', align: 'end', width: 64, value: ({ line }) => line, sortable: false },
    ...fields.map(({ field, label }, place): Column<Row> => ({
      id: field,
      header: label,
      width: 150,
      sortable: false,
      value: ({ cells }) => cells[place]?.value ?? null,
      cell: ({ cells }) => <Cell cell={cells[place]} />,
    })),
    {
      id: 'problem',
      header: 'The row',
      width: 220,
      sortable: false,
      value: ({ problem }) => problem,
      cell: ({ problem }) =>
        problem === null ? null : (
          <span className="text-loss" title={problem}>
            {problem}
          </span>
        ),
    },
  ];
}

function Cell({ cell }: { cell: Row['cells'][number] | undefined }): ReactNode {
  if (cell === undefined) return null;
  if (cell.problem !== null)
    return (
      <span className="text-loss underline decoration-dotted underline-offset-2" title={cell.problem}>
        {cell.raw === '' ? 'Empty' : cell.raw}
        <span className="sr-only">: {cell.problem}</span>
      </span>
    );
  return cell.value ?? <span className="text-subtle">—</span>;
}
