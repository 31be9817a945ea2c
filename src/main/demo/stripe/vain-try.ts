/** How a first payment fails that is never made. */
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Bill, Billing } from './billing.ts';

/** The bank declines a third of them; the others wait for a customer who does not confirm them, or cannot. */
export function tryInVain(billing: Billing, bill: Bill, at: Instant): void {
  const way = bill.state.id.charCodeAt(bill.state.id.length - 1) % 3;
  if (way === 0) billing.fail(bill, at);
  else billing.ask(bill, at, way === 1 ? 'none' : 'failed');
}
