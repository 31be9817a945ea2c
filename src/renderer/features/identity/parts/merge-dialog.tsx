/** Makes several customers one: who they are, and after whom the one is called. */
import { Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useRegroup, type NamedCustomer } from '../use-decide.ts';
import { CustomerPicker } from './customer-picker.tsx';

export interface MergeDialogProps {
  /** At first; the first one stays unless another is chosen. */
  customers: readonly NamedCustomer[];
  onClose: () => void;
  onMerged?: (into: NamedCustomer) => void;
}

export function MergeDialog({ customers, onClose, onMerged }: MergeDialogProps): ReactNode {
  const regroup = useRegroup();
  const [chosen, setChosen] = useState(customers);
  const [staying, setStaying] = useState(customers[0]?.customerId);
  const into = chosen.find(({ customerId }) => customerId === staying) ?? chosen[0];
  const others = chosen.filter(({ customerId }) => customerId !== into?.customerId);
  const merge = (): void => {
    if (into === undefined) return;
    regroup.merge(others, into, () => {
      onMerged?.(into);
      onClose();
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Merge customers"
      description="Counts, movements and cohorts know one customer from its first day on: going from one record to another is neither churn nor new. It can be taken back under Decisions."
      className="w-[min(40rem,calc(100vw-2rem))]"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={regroup.busy} disabled={others.length === 0} onClick={merge}>
            {others.length === 0 ? 'Merge' : `Merge ${chosen.length} customers`}
          </Button>
        </>
      }
    >
      {chosen.length > 0 && (
        <fieldset className="mb-3">
          <legend className="mb-1 text-xs text-muted">The chosen one keeps its name and its address</legend>
          <ul className="flex flex-col rounded-md border border-line">
            {chosen.map((customer) => (
              <li
                key={customer.customerId}
                className="flex items-center gap-2 border-b border-line px-2.5 py-1.5 last:border-0"
              >
                <label className="flex min-w-0 flex-1 items-center gap-2">
                  <input
                    type="radio"
                    name="staying"
                    className="accent-accent"
                    checked={customer.customerId === into?.customerId}
                    onChange={() => setStaying(customer.customerId)}
                  />
                  <span className="truncate">{customer.customerName}</span>
                </label>
                <IconButton
                  icon={Trash2}
                  label={`Leave out ${customer.customerName}`}
                  onClick={() => setChosen(chosen.filter(({ customerId }) => customerId !== customer.customerId))}
                />
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      <CustomerPicker
        label="Add a customer"
        without={chosen.map(({ customerId }) => customerId)}
        onPick={(customer) => setChosen([...chosen, customer])}
      />
    </Dialog>
  );
}
