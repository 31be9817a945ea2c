/** What a customer uses of what is included, and what is agreed with this customer alone. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { CustomerLimits as Limits, LimitUse } from '../../../../shared/contract/usage.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Meter } from '../../../ui/meter.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { LimitDialog, type LimitChange } from './limit-dialog.tsx';

const NEAR = 0.8;

/** Shown where any use is read at all: without it there is nothing that a limit could be held against. */
export function CustomerLimits({ customerId }: { customerId: CustomerId }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const queries = useQueryClient();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(api.usage.limitsOfCustomer.queryOptions({ input: { customerId } }));
  const save = useMutation({
    ...api.usage.saveLimit.mutationOptions(),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.usage.key() }),
  });
  if (data === undefined || data.choices.every(({ events }) => events.length === 0)) return null;
  const change = (limit: LimitChange): void => {
    const { sourceId, event, measure } = limit;
    const before = data.own.find((own) => own.sourceId === sourceId && own.event === event && own.measure === measure);
    const key = { ...limit, plan: null, customerId };
    save.mutate(key, {
      onSuccess: () =>
        toast({
          text: limit.amount === null ? `No own limit of ${event} any more` : `The own limit of ${event} is kept`,
          undo: () => save.mutate({ ...key, amount: before?.amount ?? null }),
        }),
    });
  };
  return (
    <Tile
      title="Limits"
      subtitle="Use in this calendar month"
      actions={
        <Button size="sm" icon={Pencil} onClick={() => setOpen(true)}>
          Own limits
        </Button>
      }
    >
      {data.rows.length === 0 ? (
        <p className="text-sm text-muted">
          Nothing that the plan includes is limited, and nothing is agreed with this customer.
        </p>
      ) : (
        <ul className="flex flex-col gap-3">
          {data.rows.map((row) => (
            <Used key={`${row.sourceId} ${row.event} ${row.measure}`} row={row} format={format} limits={data} />
          ))}
        </ul>
      )}
      <LimitDialog open={isOpen} onClose={() => setOpen(false)} limits={data} onChange={change} />
    </Tile>
  );
}

function Used({ row, format, limits }: { row: LimitUse; format: Formatter; limits: Limits }): ReactNode {
  const source = limits.choices.find(({ sourceId }) => sourceId === row.sourceId);
  const text = `${row.event}: ${format.count(row.used)} of ${format.count(row.limit)}${row.measure === 'peak_users' ? ' people on a day' : ''}`;
  const whose = row.isOwn ? 'own limit' : (row.plan ?? 'plan');
  return (
    <li className="flex flex-col gap-1 text-xs text-ink">
      <span className="flex justify-between gap-3">
        <span className="truncate" title={text}>
          {text}
        </span>
        <span className="shrink-0 text-subtle">
          {whose}
          {source?.kind === 'meters' ? `, as ${source.sourceName} bills it` : ''} ·{' '}
          {format.percent(row.share, { form: 'whole' })}
        </span>
      </span>
      <Meter
        label={row.event}
        fraction={row.share}
        text={text}
        tone={row.share >= 1 ? 'loss' : row.share >= NEAR ? 'warn' : 'neutral'}
      />
    </li>
  );
}
