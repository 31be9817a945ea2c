/** What the vendor counts and adds up against what is stored, stream by stream, with the last proof. */
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { SourceCompleteness } from '../../../../shared/contract/sources.ts';
import { isCurrencyCode, currencyCode } from '../../../../shared/kernel/currency.ts';
import { isoOfInstant } from '../../../../shared/kernel/instant.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { EmptyState, StateGate } from '../../../ui/states.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

type Stream = SourceCompleteness['streams'][number];

export function CompletenessTab(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const sources = useQuery(api.sources.completeness.queryOptions());
  const rows = sources.data ?? [];
  const [open, setOpen] = useState<{ source: string; stream: Stream } | null>(null);
  return (
    <StateGate state={stateOf(sources)}>
      {rows.length === 0 ? (
        <EmptyState
          title="No source is connected"
          hint="Every sync proves itself here: objects counted and amounts added up against the vendor’s own totals."
        />
      ) : (
        <div className="flex flex-col gap-4">
          {rows.map((source) => (
            <Tile
              key={source.sourceId}
              title={source.name}
              subtitle={provenText(source, format)}
              actions={
                source.streams.every(({ complete }) => complete) ? (
                  <Badge tone="gain">Proven complete</Badge>
                ) : (
                  <Badge tone="warn" sign>
                    Gaps
                  </Badge>
                )
              }
              flush
            >
              <DataTable
                label={`Completeness of ${source.name}`}
                columns={columnsOf(format)}
                rows={source.streams}
                rowKey={({ stream }) => stream}
                onOpen={(stream) => setOpen({ source: source.name, stream })}
                exportName={`completeness ${source.name}`}
                state={
                  source.streams.length === 0
                    ? {
                        kind: 'empty',
                        title: 'Nothing read yet',
                        hint: 'The first sync lists every stream to its end.',
                      }
                    : { kind: 'ready' }
                }
              />
            </Tile>
          ))}
          <ProofDialog open={open} onClose={() => setOpen(null)} />
        </div>
      )}
    </StateGate>
  );
}

/** A proof with all its words and sums, which a row has no room for. */
function ProofDialog(props: { open: { source: string; stream: Stream } | null; onClose: () => void }): ReactNode {
  const { open, onClose } = props;
  const format = useFormat();
  const stream = open?.stream;
  const sums = stream === undefined ? [] : sumsOf(stream);
  return (
    <Dialog
      open={open !== null}
      onClose={onClose}
      title={open === null ? '' : `${open.stream.title} of ${open.source}`}
      description={stream?.complete === true ? 'Proven complete.' : 'Not proven complete.'}
      className="w-[min(36rem,calc(100vw-2rem))]"
    >
      {stream !== undefined && (
        <div className="flex flex-col gap-3 text-pretty text-ink">
          {stream.gap !== null && <p className="text-warn">Missing: {stream.gap}</p>}
          <p>{stream.sentence}</p>
          {sums.length > 0 && (
            <ul className="tabular flex flex-col gap-1 text-muted" aria-label="Vendor’s sum and ours, by currency">
              {sums.map((sum) => (
                <li key={sum.currency}>
                  {sumText(sum, format)}
                  {sum.theirs === sum.ours ? ', the vendor’s and ours' : ''}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Dialog>
  );
}

function provenText({ streams }: SourceCompleteness, format: Formatter): string {
  const complete = streams.filter((stream) => stream.complete).length;
  return `${format.count(complete)} of ${format.count(streams.length, { one: 'stream', other: 'streams' })} proven complete`;
}

function columnsOf(format: Formatter): Column<Stream>[] {
  return [
    {
      id: 'title',
      header: 'Stream',
      width: 200,
      value: (row) => row.title,
      cell: (row) => <Name stream={row} />,
    },
    {
      id: 'listed',
      header: 'Vendor lists',
      align: 'end',
      width: 110,
      value: (row) => row.listing?.listed ?? null,
      text: (row) => format.count(row.listing?.listed ?? null),
    },
    {
      id: 'stored',
      header: 'Stored',
      align: 'end',
      width: 100,
      value: (row) => row.listing?.stored ?? null,
      text: (row) => format.count(row.listing?.stored ?? null),
    },
    {
      id: 'sums',
      header: 'Vendor’s sum · ours',
      width: 240,
      value: (row) => sumsText(row, format),
      cell: (row) => <Sums stream={row} />,
    },
    {
      id: 'seen',
      header: 'Last proof',
      width: 180,
      value: (row) => row.listing?.at ?? row.syncedAt,
      text: (row) => format.instant(row.listing?.at ?? row.syncedAt),
      exported: (row) => {
        const at = row.listing?.at ?? row.syncedAt;
        return at === null ? null : isoOfInstant(at);
      },
    },
    {
      id: 'sentence',
      header: 'What is proven',
      value: (row) => row.gap ?? row.sentence,
      cell: (row) => (
        <span className="block truncate text-muted" title={row.gap ?? row.sentence}>
          {row.gap === null ? row.sentence : `Missing: ${row.gap}`}
        </span>
      ),
    },
  ];
}

function Name({ stream }: { stream: Stream }): ReactNode {
  const Icon = stream.complete ? CircleCheck : TriangleAlert;
  return (
    <span className="flex items-center gap-1.5">
      <Icon size={13} aria-hidden className={stream.complete ? 'shrink-0 text-gain' : 'shrink-0 text-warn'} />
      <span className="sr-only">{stream.complete ? 'Complete: ' : 'Incomplete: '}</span>
      <span className="truncate">{stream.title}</span>
    </span>
  );
}

/** The vendor's own totals where it gives some, else the sums of what it listed. */
function sumsOf({ totals, listing }: Stream): { currency: string; theirs: number; ours: number }[] {
  return totals.length > 0 ? totals : (listing?.sums ?? []);
}

function sumsText(stream: Stream, format: Formatter): string | null {
  const sums = sumsOf(stream);
  return sums.length === 0 ? null : sums.map((sum) => sumText(sum, format)).join('; ');
}

function sumText(
  { currency, theirs, ours }: { currency: string; theirs: number; ours: number },
  format: Formatter,
): string {
  const amount = (value: number): string =>
    isCurrencyCode(currency) ? format.money(money(value, currencyCode(currency))) : `${value} ${currency}`;
  return theirs === ours ? amount(ours) : `${amount(theirs)} · ${amount(ours)}`;
}

function Sums({ stream }: { stream: Stream }): ReactNode {
  const format = useFormat();
  const sums = sumsOf(stream);
  if (sums.length === 0) return <span className="text-subtle">—</span>;
  const differ = sums.some(({ theirs, ours }) => theirs !== ours);
  const text = sums.map((sum) => sumText(sum, format)).join(', ');
  return (
    <span className="flex items-center gap-1.5" title={text}>
      {differ ? (
        <Badge tone="warn" sign>
          Differ
        </Badge>
      ) : (
        <span className="shrink-0 text-xs text-gain">agree</span>
      )}
      <span className="truncate">{text}</span>
    </span>
  );
}
