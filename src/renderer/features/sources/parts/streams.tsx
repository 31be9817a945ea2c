/** The streams of a source: what the vendor lists against what is stored, and how the last reading ended. */
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { OUTCOMES, type Stream } from '../words.ts';
import { proofOf, StreamSheet, sumsOf, type StreamProof } from './stream-sheet.tsx';

interface Row {
  readonly stream: Stream;
  readonly proof: StreamProof | undefined;
}

export function Streams({ source }: { source: Source }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const proofs = useQuery(api.sources.completeness.queryOptions());
  const [opened, setOpened] = useState<string | null>(null);
  const rows = source.streams.map((stream) => ({ stream, proof: proofOf(proofs.data, source, stream) }));
  const open = rows.find(({ stream }) => stream.stream === opened);
  return (
    <>
      <DataTable
        label={`Streams of ${source.name}`}
        columns={columnsOf(format)}
        rows={rows}
        rowKey={({ stream }) => stream.stream}
        onOpen={({ stream }) => setOpened(stream.stream)}
      />
      {open !== undefined && <StreamSheet {...open} source={source} onClose={() => setOpened(null)} />}
    </>
  );
}

function columnsOf(format: Formatter): Column<Row>[] {
  const number = (id: string, header: string, value: (row: Row) => number | null, width = 84): Column<Row> => ({
    id,
    header,
    align: 'end',
    width,
    value,
    text: (row) => format.count(value(row)),
  });
  return [
    { id: 'title', header: 'Stream', value: ({ stream }) => stream.title, width: 160 },
    {
      id: 'outcome',
      header: 'Last result',
      width: 96,
      value: ({ stream }) => outcomeText(stream),
      cell: ({ stream }) => <Outcome stream={stream} />,
    },
    number('listed', 'Vendor lists', ({ proof }) => proof?.listing?.listed ?? null, 104),
    number('stored', 'Stored', ({ stream }) => stream.stored),
    {
      id: 'sums',
      header: 'Sums',
      width: 72,
      value: ({ proof }) => sumsText(proof),
      cell: ({ proof }) => <Sums proof={proof} />,
    },
    number('changed', 'Changed', ({ stream }) => stream.changed),
    number('quarantined', 'Set aside', ({ stream }) => stream.quarantined),
    {
      id: 'proof',
      header: 'Complete?',
      value: ({ stream }) => `${stream.complete ? 'Complete' : 'Incomplete'}: ${wordsOf(stream)}`,
      cell: ({ stream }) => <Proof stream={stream} />,
    },
  ];
}

function outcomeText({ outcome }: Stream): string {
  return outcome === null ? 'Not yet' : OUTCOMES[outcome].label;
}

function Outcome({ stream }: { stream: Stream }): ReactNode {
  if (stream.outcome === null) return <span className="text-subtle">Not yet</span>;
  const { label, tone } = OUTCOMES[stream.outcome];
  return <Badge tone={tone}>{label}</Badge>;
}

function sumsText(proof: StreamProof | undefined): string | null {
  const sums = sumsOf(proof);
  if (sums.length === 0) return null;
  return sums.every(({ theirs, ours }) => theirs === ours) ? 'agree' : 'differ';
}

function Sums({ proof }: { proof: StreamProof | undefined }): ReactNode {
  const text = sumsText(proof);
  if (text === null) return <span className="text-subtle">—</span>;
  if (text === 'agree') return <span className="text-gain">agree</span>;
  return (
    <Badge tone="warn" sign>
      differ
    </Badge>
  );
}

function wordsOf(stream: Stream): string {
  return stream.proof ?? (stream.complete ? 'Complete' : 'Not proven yet');
}

function Proof({ stream }: { stream: Stream }): ReactNode {
  const Icon = stream.complete ? CircleCheck : TriangleAlert;
  const words = wordsOf(stream);
  return (
    <span className="flex items-center gap-1.5" title={words}>
      <Icon size={13} aria-hidden className={stream.complete ? 'shrink-0 text-gain' : 'shrink-0 text-warn'} />
      <span className="sr-only">{stream.complete ? 'Complete: ' : 'Incomplete: '}</span>
      <span className="truncate text-muted">{words}</span>
    </span>
  );
}
