/** What plans include: a limit per plan, event and measure. Takes effect at once. */
import { Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { LIMIT_MEASURES, type UsageLimit } from '../../../../shared/contract/usage.ts';
import type { SourceId } from '../../../../shared/kernel/ids.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Select } from '../../../ui/select.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useUsageChoices, type Mapping } from '../use-mapping.ts';
import { MEASURES } from '../words.ts';

const HEIGHT = 320;

interface LimitEditorProps {
  sourceId: SourceId;
  found: Mapping;
  /** Of people, where the source tells of any. */
  measures?: readonly UsageLimit['measure'][];
}

export function LimitEditor({ sourceId, found, measures = LIMIT_MEASURES }: LimitEditorProps): ReactNode {
  const format = useFormat();
  const { setLimit } = useUsageChoices(sourceId);
  return (
    <Tile flush title="What plans include" subtitle="Use in a calendar month is held against it; 80% is near">
      <DataTable
        label="Limits"
        columns={columnsOf(format, (limit) => setLimit(limit, null, amountOf(found.limits, limit)))}
        rows={found.limits}
        rowKey={({ event, measure, plan, customerId }) => `${event} ${measure} ${plan ?? customerId}`}
        maxHeight={HEIGHT}
        state={
          found.limits.length === 0
            ? {
                kind: 'empty',
                title: 'No limits yet',
                hint: 'Say below what a plan includes; customers near it are then shown.',
              }
            : { kind: 'ready' }
        }
      />
      <NewLimit
        found={found}
        measures={measures}
        onAdd={(limit, amount) => setLimit(limit, amount, amountOf(found.limits, limit))}
      />
    </Tile>
  );
}

/** What holds so far; null where nothing does. */
function amountOf(limits: readonly UsageLimit[], wanted: Omit<UsageLimit, 'amount' | 'customerName'>): number | null {
  const { event, measure, plan, customerId } = wanted;
  const known = limits.find(
    (limit) =>
      limit.event === event && limit.measure === measure && limit.plan === plan && limit.customerId === customerId,
  );
  return known?.amount ?? null;
}

interface NewLimitProps {
  found: Mapping;
  measures: readonly UsageLimit['measure'][];
  onAdd: (limit: Omit<UsageLimit, 'amount' | 'customerName'>, amount: number) => void;
}

function NewLimit({ found, measures, onAdd }: NewLimitProps): ReactNode {
  const [plan, setPlan] = useState<string | null>(null);
  const [event, setEvent] = useState<string | null>(null);
  const [measure, setMeasure] = useState<UsageLimit['measure']>('count');
  const [amount, setAmount] = useState('');
  const parsed = /^[1-9]\d{0,11}$/.test(amount.trim()) ? Number(amount) : null;
  const isWhole = plan !== null && event !== null && parsed !== null;
  const add = (): void => {
    if (plan === null || event === null || parsed === null) return;
    onAdd({ event, measure, plan, customerId: null }, parsed);
    setAmount('');
  };
  return (
    <form
      className="grid items-end gap-3 border-t border-line px-4 py-3 min-[900px]:grid-cols-[1fr_1fr_1fr_8rem_auto]"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        add();
      }}
    >
      <Select
        label="Plan"
        value={plan}
        options={found.plans.map((value) => ({ value, label: value }))}
        onChange={setPlan}
      />
      <Select
        label="Event"
        value={event}
        options={found.events.map((one) => ({ value: one.event, label: one.event }))}
        onChange={setEvent}
      />
      <Select
        label="Measure"
        value={measure}
        options={measures.map((value) => ({ value, label: MEASURES[value] }))}
        onChange={setMeasure}
      />
      <TextField
        label="Includes"
        value={amount}
        inputMode="numeric"
        onChange={setAmount}
        {...(amount !== '' && parsed === null ? { error: 'A whole number above 0' } : {})}
      />
      <Button type="submit" disabled={!isWhole}>
        Keep
      </Button>
    </form>
  );
}

function columnsOf(format: Formatter, remove: (limit: UsageLimit) => void): Column<UsageLimit>[] {
  return [
    {
      id: 'whose',
      header: 'Plan or customer',
      value: ({ plan, customerName }) => plan ?? customerName,
    },
    { id: 'event', header: 'Event', value: ({ event }) => event },
    { id: 'measure', header: 'Measure', width: 150, value: ({ measure }) => MEASURES[measure] },
    {
      id: 'amount',
      header: 'Includes',
      align: 'end',
      width: 110,
      value: ({ amount }) => amount,
      text: ({ amount }) => format.count(amount),
    },
    {
      id: 'remove',
      header: 'Remove',
      width: 84,
      sortable: false,
      value: () => null,
      cell: (limit) => (
        <IconButton
          icon={Trash2}
          label={`Remove the limit of ${limit.plan ?? limit.customerName ?? 'the customer'} for ${limit.event}`}
          onClick={() => remove(limit)}
        />
      ),
    },
  ];
}
