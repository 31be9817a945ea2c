/** Limits that are agreed with one customer alone: entered, changed, taken away. They take effect at once. */
import { Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { CustomerLimits } from '../../../../shared/contract/usage.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';

type OwnLimit = CustomerLimits['own'][number];
/** An amount of null takes the limit away. */
export type LimitChange = Omit<OwnLimit, 'amount'> & { readonly amount: number | null };

const MEASURES = { count: 'Times a month', peak_users: 'People on a day' } as const;

interface LimitDialogProps {
  open: boolean;
  onClose: () => void;
  limits: CustomerLimits;
  onChange: (change: LimitChange) => void;
}

export function LimitDialog({ open, onClose, limits, onChange }: LimitDialogProps): ReactNode {
  const format = useFormat();
  return (
    <Dialog open={open} onClose={onClose} title="Limits of this customer" className="w-[min(40rem,calc(100vw-2rem))]">
      <div className="flex flex-col gap-4">
        <p className="text-sm text-muted">A limit of the customer goes before that of its plan.</p>
        {limits.own.length > 0 && (
          <ul aria-label="Own limits" className="divide-y divide-line rounded-md border border-line">
            {limits.own.map(({ amount, ...limit }) => (
              <li
                key={`${limit.sourceId} ${limit.event} ${limit.measure}`}
                className="flex items-center justify-between gap-3 px-3 py-1.5 text-sm"
              >
                <span className="min-w-0 truncate">
                  {limit.event}, {MEASURES[limit.measure].toLowerCase()}: {format.count(amount)}
                </span>
                <IconButton
                  icon={Trash2}
                  label={`Remove the limit for ${limit.event}`}
                  onClick={() => onChange({ ...limit, amount: null })}
                />
              </li>
            ))}
          </ul>
        )}
        <NewLimit choices={limits.choices} onAdd={onChange} />
      </div>
    </Dialog>
  );
}

function NewLimit({
  choices,
  onAdd,
}: {
  choices: CustomerLimits['choices'];
  onAdd: (change: LimitChange) => void;
}): ReactNode {
  const options = choices.flatMap(({ sourceId, sourceName, kind, events }) =>
    events.map((event) => ({
      value: `${sourceId} ${event}`,
      label: `${event} (${sourceName})`,
      sourceId,
      event,
      kind,
    })),
  );
  const [chosen, setChosen] = useState<string | null>(options[0]?.value ?? null);
  const [measure, setMeasure] = useState<OwnLimit['measure']>('count');
  const [amount, setAmount] = useState('');
  const option = options.find(({ value }) => value === chosen);
  const parsed = /^[1-9]\d{0,11}$/.test(amount.trim()) ? Number(amount) : null;
  // A meter counts no people.
  const held = option?.kind === 'meters' ? 'count' : measure;
  return (
    <form
      className="grid items-end gap-3 min-[640px]:grid-cols-[1fr_10rem_7rem_auto]"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (option === undefined || parsed === null) return;
        onAdd({ sourceId: option.sourceId, event: option.event, measure: held, amount: parsed });
        setAmount('');
      }}
    >
      <Select
        label="Event or meter"
        value={chosen}
        options={options.map(({ value, label }) => ({ value, label }))}
        onChange={setChosen}
      />
      <Select
        label="Measure"
        value={held}
        options={
          option?.kind === 'meters'
            ? [{ value: 'count', label: MEASURES.count }]
            : [
                { value: 'count', label: MEASURES.count },
                { value: 'peak_users', label: MEASURES.peak_users },
              ]
        }
        onChange={setMeasure}
      />
      <TextField
        label="Includes"
        value={amount}
        inputMode="numeric"
        onChange={setAmount}
        {...(amount !== '' && parsed === null ? { error: 'A whole number above 0' } : {})}
      />
      <Button type="submit" disabled={option === undefined || parsed === null}>
        Keep
      </Button>
    </form>
  );
}
