/** The customer's figures in one row. */
import type { ReactNode } from 'react';
import { useEvidence } from '../../../lib/address/index.ts';
import { moneyUnit, PERCENT, quantity } from '../../../lib/unit.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { KpiTile } from '../../../ui/kpi-tile.tsx';
import type { CustomerDetail } from '../customer-detail.ts';

export function CustomerHeadline({ detail }: { detail: CustomerDetail }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const { customer, currency, arr, shareOfMrr, lifetimeCash, subscriptions } = detail;
  const unit = moneyUnit(currency);
  const since =
    customer.customerSince === null ? 'Never paid so far' : `Customer since ${format.day(customer.customerSince)}`;
  return (
    <div className="grid grid-cols-4 gap-3 max-[760px]:grid-cols-2">
      <KpiTile
        label="MRR"
        form="full"
        quantity={quantity(unit, customer.mrr, 'A price or rate of this customer could not be valued')}
        note={customer.churnedOn === null ? since : `Churned on ${format.day(customer.churnedOn)}`}
        onHow={() => evidence.open({ how: 'mrr' })}
      />
      <KpiTile
        label="A year at this rate"
        form="full"
        quantity={quantity(unit, arr, 'A price or rate of this customer could not be valued')}
        note="ARR, without announced changes"
        onHow={() => evidence.open({ how: 'arr' })}
      />
      <KpiTile
        label="Share of the company’s MRR"
        form="full"
        quantity={quantity(PERCENT, shareOfMrr, 'The company has no MRR')}
        note={`${format.count(subscriptions.length, { one: 'subscription', other: 'subscriptions' })} on record`}
        onHow={() => evidence.open({ how: 'concentration' })}
      />
      <KpiTile
        label="Cash received so far"
        quantity={quantity(unit, lifetimeCash, 'Payments in a currency without a rate')}
        note="Successful charges, net of refunds"
        onHow={() => evidence.open({ how: 'cashCollected' })}
      />
    </div>
  );
}
