/** A further row: a channel of a kind, or another currency. */
import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { COST_KIND_TITLES, COST_KINDS, type CostKind } from '../../../../shared/contract/costs.ts';
import { CURRENCY_CODES, type CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import type { RowKey } from '../grid-model.ts';

export function AddRow({ reporting, onAdd }: { reporting: CurrencyCode; onAdd: (key: RowKey) => void }): ReactNode {
  const [kind, setKind] = useState<CostKind>('marketing');
  const [channel, setChannel] = useState('');
  const [currency, setCurrency] = useState<CurrencyCode>(reporting);
  return (
    <form
      aria-label="Add a row"
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd({ kind, channel: channel.trim() === '' ? null : channel.trim(), currency });
        setChannel('');
      }}
    >
      <Select
        label="Kind"
        className="w-52"
        value={kind}
        onChange={setKind}
        options={COST_KINDS.map((value) => ({ value, label: COST_KIND_TITLES[value] }))}
      />
      <TextField
        label="Channel"
        className="w-40!"
        value={channel}
        onChange={setChannel}
        placeholder="None"
        maxLength={80}
      />
      <Select
        label="Currency"
        className="w-24"
        value={currency}
        onChange={setCurrency}
        options={CURRENCY_CODES.map((value) => ({ value, label: value }))}
      />
      <Button type="submit" icon={Plus}>
        Add row
      </Button>
    </form>
  );
}
