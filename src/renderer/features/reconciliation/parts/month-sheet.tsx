/** One closed month: line by line as reported and as known, every metric, what the close froze, and opening it again. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { ClosedMonth, ComparedMonth, ReportedMonth } from '../../../../shared/contract/closing.ts';
import { decimalText, money } from '../../../../shared/kernel/money.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Unit } from '../../../lib/unit.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Sheet } from '../../../ui/dialog.tsx';
import { StateGate } from '../../../ui/states.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { LINE_WORDS } from '../../../lib/closing-lines.ts';
import { titleOfName } from '../../../lib/policy-title.ts';

export function MonthSheet({ month, onClose }: { month: ClosedMonth | null; onClose: () => void }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const open = month !== null && month.close !== null;
  const input = { month: month?.month ?? '2000-01' };
  const compared = useQuery({ ...api.closing.compare.queryOptions({ input }), enabled: open });
  const reported = useQuery({ ...api.closing.reported.queryOptions({ input }), enabled: open });
  const title = month === null ? '' : format.month(month.month, 'long');
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={title}
      description={month === null ? '' : stateText(month, format)}
      className="w-[min(56rem,100vw)]"
    >
      <StateGate state={stateOf(compared)}>
        {compared.data !== undefined && month !== null && (
          <div className="flex flex-col gap-5">
            <Lines compared={compared.data} />
            <Metrics compared={compared.data} />
            <StateGate state={stateOf(reported)}>
              {reported.data !== undefined && <Frozen reported={reported.data} />}
            </StateGate>
            {month.state === 'closed' && <Reopen month={month} />}
          </div>
        )}
      </StateGate>
    </Sheet>
  );
}

function stateText({ state, close, reopening }: ClosedMonth, format: Formatter): string {
  if (close === null) return '';
  const closed = `Closed ${format.instant(close.closedAt)}${close.closedBy === 'schedule' ? ' by the calendar' : ''}, version ${close.version}`;
  return state === 'reopened' && reopening !== null
    ? `${closed}; open again since ${format.instant(reopening.at)}: ${reopening.reason}`
    : closed;
}

type Line = ComparedMonth['lines'][number];

function Lines({ compared }: { compared: ComparedMonth }): ReactNode {
  const format = useFormat();
  const { currency, lines } = compared;
  const amount = (id: 'reported' | 'restated' | 'known', header: string): Column<Line> => ({
    id,
    header: `${header} (${currency})`,
    align: 'end',
    width: 170,
    value: (row) => row[id],
    text: (row) =>
      id === 'restated' && row[id] === 0 ? '—' : format.money(money(row[id], currency), { signed: id === 'restated' }),
    exported: (row) => decimalText(row[id], currency),
  });
  const shown = lines.filter(
    ({ reported, known, restated, line }) =>
      line === 'closing' || line === 'opening' || reported !== 0 || known !== 0 || restated !== 0,
  );
  return (
    <section aria-label="Line by line">
      <h3 className="font-semibold">Line by line</h3>
      <p className="text-xs text-subtle">ARR and its movements a year; money that flowed as it is</p>
      <DataTable
        label="Lines as reported and as known"
        columns={[
          {
            id: 'line',
            header: 'Line',
            value: (row) => LINE_WORDS[row.line],
            sortable: false,
          },
          amount('reported', 'As reported'),
          amount('restated', 'Restated'),
          amount('known', 'As known'),
        ]}
        rows={shown}
        rowKey={({ line }) => line}
        exportName={`lines ${compared.month}`}
      />
    </section>
  );
}

type Metric = ComparedMonth['metrics'][number];

function Metrics({ compared }: { compared: ComparedMonth }): ReactNode {
  const format = useFormat();
  const changed = compared.metrics.filter(({ reported, known }) => reported !== known);
  const unit = (metric: Metric): Unit => {
    if (metric.unit === 'money') return { kind: 'money', currency: compared.currency };
    if (metric.unit === 'ratio') return { kind: metric.metric === 'quickRatio' ? 'ratio' : 'percent' };
    return { kind: metric.unit };
  };
  const value = (id: 'reported' | 'known', header: string): Column<Metric> => ({
    id,
    header,
    align: 'end',
    width: 150,
    value: (row) => row[id],
    text: (row) => format.value(row[id], unit(row)),
    exported: (row) => row[id],
  });
  return (
    <section aria-label="Metrics that differ">
      <h3 className="font-semibold">Metrics that differ</h3>
      <p className="text-xs text-subtle">
        {format.count(changed.length)} of {format.count(compared.metrics.length, { one: 'metric', other: 'metrics' })}
      </p>
      <DataTable
        label="Metrics as reported and as known"
        columns={[
          { id: 'title', header: 'Metric', value: (row) => row.title },
          value('reported', 'As reported'),
          value('known', 'As known'),
        ]}
        rows={changed}
        rowKey={({ metric }) => metric}
        exportName={`metrics ${compared.month}`}
        state={
          changed.length === 0
            ? {
                kind: 'empty',
                title: 'Every metric is as it was reported',
                hint: 'Nothing that became known later touches this month.',
              }
            : { kind: 'ready' }
        }
      />
    </section>
  );
}

function Frozen({ reported }: { reported: ReportedMonth }): ReactNode {
  const format = useFormat();
  const policy = String(reported.policy['name'] ?? '');
  return (
    <section aria-label="What was frozen">
      <h3 className="flex items-center gap-2 font-semibold">
        What was frozen
        {reported.intact ? <Badge tone="gain">Seal holds</Badge> : <Badge tone="loss">Seal broken</Badge>}
      </h3>
      <dl className="mt-1 grid grid-cols-[9rem_1fr] gap-y-1">
        <dt className="text-muted">Policy</dt>
        <dd>{titleOfName(policy)}</dd>
        <dt className="text-muted">Program</dt>
        <dd>
          {reported.programVersion}, rules {reported.rulesVersion}, ledger run {reported.ledgerRunId}
        </dd>
        <dt className="text-muted">Currency, zone</dt>
        <dd>
          {reported.currency}, {reported.timeZone.replaceAll('_', ' ')}
        </dd>
        <dt className="text-muted">Rates</dt>
        <dd>
          {reported.rates.length === 0
            ? 'none needed'
            : reported.rates
                .map(({ currency, rate }) => `${currency} ${rate === null ? 'unknown' : format.ratio(rate)}`)
                .join(', ')}
        </dd>
        <dt className="text-muted">Sources</dt>
        <dd>
          {reported.sources.map((source) => (
            <p key={source.name}>
              {source.name}: {format.count(source.streams.filter(({ complete }) => complete).length)} of{' '}
              {format.count(source.streams.length, { one: 'stream', other: 'streams' })} proven complete, read{' '}
              {format.instant(source.syncedAt)}
            </p>
          ))}
        </dd>
        <dt className="text-muted">Movements</dt>
        <dd>{format.count(reported.movementRows, { one: 'row', other: 'rows' })} by customer</dd>
        {reported.gaps.length > 0 && (
          <>
            <dt className="text-muted">Known gaps</dt>
            <dd>{reported.gaps.join(' ')}</dd>
          </>
        )}
        <dt className="text-muted">Seal</dt>
        <dd className="font-mono text-xs break-all">{reported.stamp.hash}</dd>
      </dl>
    </section>
  );
}

function Reopen({ month }: { month: ClosedMonth }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const [reason, setReason] = useState('');
  const reopen = useMutation(api.closing.reopen.mutationOptions());
  return (
    <section aria-label="Open it again" className="border-t border-line pt-4">
      <h3 className="font-semibold">Open it again</h3>
      <p className="text-pretty text-muted">
        The close stays as it is, with its restatements; closing {format.month(month.month, 'long')} anew makes version{' '}
        {(month.close?.version ?? 0) + 1}.
      </p>
      <form
        className="mt-2 flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          reopen.mutate({ month: month.month, reason });
        }}
      >
        <div className="flex-1">
          <TextField label="Reason" value={reason} onChange={setReason} maxLength={500} />
        </div>
        <Button type="submit" kind="danger" className="h-8" busy={reopen.isPending} disabled={reason.trim().length < 3}>
          Open again
        </Button>
      </form>
    </section>
  );
}
