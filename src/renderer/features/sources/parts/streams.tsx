/** The streams of a source: counts of the last run, what is stored, and the sentence that proves it complete. */
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';

type Stream = Source['streams'][number];

export function Streams({ source }: { source: Source }): ReactNode {
  const format = useFormat();
  return (
    <DataTable
      label={`Streams of ${source.name}`}
      columns={columnsOf(format)}
      rows={source.streams}
      rowKey={(row) => row.stream}
      state={
        source.streams.length === 0
          ? { kind: 'empty', title: 'Nothing synced yet', hint: 'The streams appear with the first sync.' }
          : { kind: 'ready' }
      }
    />
  );
}

function columnsOf(format: Formatter): Column<Stream>[] {
  const number = (id: 'stored' | 'fetched' | 'changed' | 'quarantined', header: string): Column<Stream> => ({
    id,
    header,
    align: 'end',
    width: 104,
    value: (row) => row[id],
    text: (row) => {
      const count = row[id];
      return count === null ? '—' : format.count(count);
    },
  });
  return [
    { id: 'title', header: 'Stream', value: (row) => row.title, width: 170 },
    number('stored', 'Stored'),
    number('fetched', 'Fetched'),
    number('changed', 'Changed'),
    number('quarantined', 'Set aside'),
    {
      id: 'proof',
      header: 'Complete?',
      value: (row) => `${row.complete ? 'Complete' : 'Incomplete'}: ${row.proof ?? 'not proven yet'}`,
      cell: (row) => <Proof stream={row} />,
    },
  ];
}

function Proof({ stream }: { stream: Stream }): ReactNode {
  const Icon = stream.complete ? CircleCheck : TriangleAlert;
  const words = stream.proof ?? (stream.complete ? 'Complete' : 'Not proven yet');
  return (
    <span className="flex items-center gap-1.5" title={words}>
      <Icon size={13} aria-hidden className={stream.complete ? 'shrink-0 text-gain' : 'shrink-0 text-warn'} />
      <span className="sr-only">{stream.complete ? 'Complete: ' : 'Incomplete: '}</span>
      <span className="truncate text-muted">{words}</span>
    </span>
  );
}
