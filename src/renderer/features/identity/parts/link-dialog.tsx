/** Links an account to any customer, by hand. */
import type { ReactNode } from 'react';
import type { AccountMatch } from '../../../../shared/contract/identity.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import type { Decide } from '../use-decide.ts';
import { KIND_WORDS } from '../words.ts';
import { CustomerPicker } from './customer-picker.tsx';

export interface LinkDialogProps {
  account: AccountMatch;
  decide: Decide;
  onClose: () => void;
}

export function LinkDialog({ account, decide, onClose }: LinkDialogProps): ReactNode {
  const name = account.name ?? account.accountId;
  const held = account.linked === null ? '' : ` It is linked to ${account.linked.customerName} now; that ends.`;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Link ${name}`}
      description={`${KIND_WORDS[account.kind]} account ${account.accountId} of ${account.sourceName}.${held}`}
      className="w-[min(40rem,calc(100vw-2rem))]"
    >
      <CustomerPicker
        label="Customer"
        initial={account.linked === null ? firstWord(account.name ?? account.domain ?? '') : ''}
        without={account.linked === null ? [] : [account.linked.customerId]}
        onPick={(customer) => {
          decide('link', account, customer);
          onClose();
        }}
      />
    </Dialog>
  );
}

/** Legal forms and further words are written in one system and not in the other. */
function firstWord(name: string): string {
  return name.split(/[\s,.]+/)[0] ?? '';
}
