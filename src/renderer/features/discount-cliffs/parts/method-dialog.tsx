/** How cliffs, and what became of them, are computed. */
import type { ReactNode } from 'react';
import { ExternalLink } from '../../../lib/address/index.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { HelpLink } from '../../../ui/help-link.tsx';

const TEXT = [
  'A cliff is a day on which a limited discount stops counting while the subscription goes on at a higher price. A yearly price has it when the term is over whose invoice was lowered. Ends planned by subscription schedules are in it; trials and scheduled cancellations are not.',
  'At risk is what these subscriptions pay now, uplift the difference to the price then. Cliffs to come are valued at today’s rates, past ones at their day’s.',
  'The outcome is the customer’s whole MRR in that currency 60 days later: at least the uplift more than on the day before is kept, nothing is churned, anything else contracted. A move to another subscription is no churn.',
] as const;

export function MethodDialog({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="How discount cliffs are computed"
      className="w-[min(36rem,calc(100vw-2rem))]"
    >
      <div className="flex flex-col gap-3 text-pretty text-ink">
        {TEXT.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <code className="block rounded-md bg-sunken px-3 py-2 font-mono text-sm text-ink">
          kept = ends that kept the new price ÷ decided ends; realised = change in MRR ÷ uplift, of the decided ones
        </code>
        <p className="flex flex-wrap gap-x-6 gap-y-1">
          <ExternalLink href="https://docs.stripe.com/billing/subscriptions/coupons">Stripe: coupons</ExternalLink>
          <HelpLink topic="metrics-revenue-and-cash" />
        </p>
      </div>
    </Dialog>
  );
}
