/** What is held of one customer, to be handed over or erased: for whoever asks what is known of them, and asks to be forgotten. */
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { CustomerRow } from '../../../../shared/contract/customers.ts';
import { failureOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { saveText } from '../../../ui/export-buttons.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useToast } from '../../../ui/toast.tsx';

export function CustomerData({ customer }: { customer: CustomerRow }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const save = useMutation({
    ...api.privacy.exportCustomer.mutationOptions(),
    onSuccess: ({ text, rows, sources }) => {
      saveText(`customer-${customer.customerId}.json`, text, 'application/json');
      const told = format.count(rows, { one: 'entry', other: 'entries' });
      toast({ text: `${told} of ${format.count(sources, { one: 'source', other: 'sources' })} saved` });
    },
    onError: (error) => toast({ text: failureOf(error).message, tone: 'warn' }),
  });
  return (
    <Tile title="Data held" subtitle="For a customer who asks what is known of them, or asks to be forgotten">
      <div className="flex flex-wrap gap-2">
        <Button busy={save.isPending} onClick={() => save.mutate({ customerId: customer.customerId })}>
          Export this customer’s data
        </Button>
        <Button kind="danger" onClick={() => setAsking(true)}>
          Erase personal data…
        </Button>
      </div>
      <EraseDialog open={asking} onClose={() => setAsking(false)} customer={customer} />
    </Tile>
  );
}

interface EraseDialogProps {
  open: boolean;
  onClose: () => void;
  customer: CustomerRow;
}

function EraseDialog({ open, onClose, customer }: EraseDialogProps): ReactNode {
  const { api } = useEngine();
  const [typed, setTyped] = useState('');
  // The name that is asked for is gone as soon as it is erased.
  const [asked, setAsked] = useState(customer.name);
  const erase = useMutation({ ...api.privacy.eraseCustomer.mutationOptions(), meta: { showsFailure: true } });
  const close = (): void => {
    onClose();
    setTyped('');
    erase.reset();
    setAsked(customer.name);
  };
  const done = erase.data;
  if (done !== undefined)
    return (
      <Dialog open={open} onClose={close} title="Erased" footer={<Button onClick={close}>Close</Button>}>
        <div className="flex flex-col gap-3 text-sm">
          <p>The customer is called “{done.name}” from now on. Amounts, days and states stand as they stood.</p>
          <p className="font-medium">What is left to do</p>
          <ul className="list-disc space-y-1.5 ps-5 text-pretty text-muted">
            {done.remains.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      </Dialog>
    );
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Erase this customer’s personal data?"
      description="Names, e-mail addresses, domains, further fields, comments and the records as vendors sent them are erased for good, here and whenever they are read again. Amounts, days, plans and states stay, because the books must add up."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            kind="danger"
            busy={erase.isPending}
            disabled={typed.trim() !== asked.trim()}
            onClick={() => erase.mutate({ customerId: customer.customerId, name: typed })}
          >
            Erase for good
          </Button>
        </>
      }
    >
      <TextField
        label={`Type “${asked}” to confirm`}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
        {...(erase.error === null ? {} : { error: failureOf(erase.error).message })}
      />
    </Dialog>
  );
}
