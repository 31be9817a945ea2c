/** What comes to light late: an agreement that ran for two months before anybody entered it at Stripe. */
import { addMs, SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { monthsAfter } from './calendar.ts';
import { personaOf } from './cast.ts';
import { endNow, openContract } from './draft.ts';
import type { Life } from './life.ts';
import { listCard, USD } from './price-list.ts';

/**
 * Sorrel Grid's pilot: agreed by e-mail, entered now with its real start two
 * months back and ended in the next second, so that months that were reported
 * without it are restated while today's figures stay what they are.
 */
export function lateAgreement(enteredAt: Instant): Life {
  const draft = openContract({
    key: 'sorrel-1',
    startedAt: monthsAfter(enteredAt, -2),
    positions: [{ card: listCard('scale', USD, 'month'), quantity: 24 }],
  });
  endNow(draft, addMs(enteredAt, SECOND_MS), 'requested', 'other');
  return {
    key: 'sorrel',
    ...personaOf('Sorrel Grid', 'Imani', 'US'),
    currency: USD,
    channel: 'sales',
    joinedAt: enteredAt,
    deletedAt: null,
    customerCoupon: null,
    contracts: [{ ...draft.contract, enteredAt }],
    oneOffs: [],
  };
}
