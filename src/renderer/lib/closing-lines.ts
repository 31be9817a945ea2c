/** How the lines are called by which a closed month is compared, in the room and on paper. */
import type { ClosingLine } from '../../shared/contract/closing.ts';

export const LINE_WORDS: Readonly<Record<ClosingLine | 'closing', string>> = {
  opening: 'Opening ARR',
  new: 'New',
  expansion: 'Expansion',
  contraction: 'Contraction',
  churn: 'Churn',
  reactivation: 'Reactivation',
  paused: 'Paused',
  resumed: 'Resumed',
  fx: 'Exchange rates',
  closing: 'Closing ARR',
  invoiced: 'Invoiced',
  credited: 'Credited',
  charged: 'Charged',
  refunded: 'Refunded',
  fee: 'Fees',
  disputed: 'Disputed',
  dispute_won: 'Disputes won',
  costs: 'Costs',
};
