/** All notes and releases, the latest first: to look one up, change it, take it away, or write another. */
import { Link } from '@tanstack/react-router';
import { FileUp, Pencil, Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useChartMarks, type ChartMark } from '../../charts/marks.tsx';
import type { DataState } from '../../lib/data-state.ts';
import type { Formatter } from '../../lib/format.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import type { Column } from '../../ui/table-model.ts';

export function NotesSheet({ state, onClose }: { state: DataState; onClose: () => void }): ReactNode {
  const { list, acts } = useChartMarks();
  const format = useFormat();
  return (
    <Sheet
      open
      onClose={onClose}
      title="Notes and releases"
      description="Marks beside days on every chart over time. They are kept with the workspace and stand in its backups."
      footer={
        <>
          <Link
            to="/import"
            search={{ table: 'releases' }}
            className="inline-flex h-7 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium text-muted hover:bg-hover hover:text-ink"
          >
            <FileUp size={14} aria-hidden />
            Import releases
          </Link>
          {acts !== null && (
            <Button kind="primary" icon={Plus} onClick={() => acts.add(null)}>
              Add a note
            </Button>
          )}
        </>
      }
    >
      <DataTable
        label="Notes and releases"
        columns={columnsOf(format, acts)}
        rows={list}
        rowKey={({ key }) => key}
        initialSort={{ column: 'day', descending: true }}
        exportName="notes and releases"
        state={
          state.kind === 'ready' && list.length === 0
            ? {
                kind: 'empty',
                title: 'Nothing is noted yet',
                hint: 'Note what happened on a day, such as a new price or a campaign: a double click on a chart, or Shift+N, does it too. Releases come with a file of days and titles.',
              }
            : state
        }
      />
    </Sheet>
  );
}

function columnsOf(format: Formatter, acts: ReturnType<typeof useChartMarks>['acts']): Column<ChartMark>[] {
  return [
    { id: 'day', header: 'Day', value: ({ day }) => day, text: ({ day }) => format.day(day), width: 110 },
    { id: 'kind', header: 'Kind', value: ({ kind }) => (kind === 'note' ? 'Note' : 'Release'), width: 80 },
    {
      id: 'text',
      header: 'Text',
      value: ({ text }) => text,
      cell: (mark) => (
        <span className="flex items-center gap-1">
          <span className="min-w-0 flex-1 truncate">{mark.text}</span>
          {mark.kind === 'note' && acts !== null && (
            <>
              <IconButton icon={Pencil} label={`Edit the note ${mark.text}`} onClick={() => acts.edit(mark)} />
              <IconButton icon={Trash2} label={`Delete the note ${mark.text}`} onClick={() => acts.remove(mark)} />
            </>
          )}
        </span>
      ),
    },
    { id: 'link', header: 'Link', value: ({ link }) => link, text: ({ link }) => link ?? '', width: 120 },
  ];
}
