/** What a digest reads of a day is found by the day: it must not grow with the years before. */
import { describe, test } from 'vitest';
import { ENDINGS, RENEWALS } from '../../src/main/engine/digest/sections/ahead.ts';
import {
  ALERTS_CLOSED,
  ALERTS_RAISED,
  SLOW_TICKETS,
  TICKETS,
} from '../../src/main/engine/digest/sections/attention.ts';
import { CALLED_OFF } from '../../src/main/engine/digest/sections/cancellations.ts';
import { MOVES } from '../../src/main/engine/digest/sections/moves.ts';
import { CHARGES, NEXT_TRY, RECOVERED } from '../../src/main/engine/digest/sections/payments.ts';
import {
  SIGN_UPS,
  TRIALS_CONVERTED,
  TRIALS_ENDING,
  TRIALS_STARTED,
} from '../../src/main/engine/digest/sections/sign-ups.ts';
import { expectPlan, planDatabase } from './expect-plan.ts';

describe('by day', () => {
  const few = { maySort: true } as const;
  test.each([
    ['sign-ups', SIGN_UPS, 'billing_customer_by_creation'],
    ['trials that began', TRIALS_STARTED, 'trial_by_start'],
    ['trials that pay', TRIALS_CONVERTED, 'trial_by_conversion'],
    ['trials that end', TRIALS_ENDING, 'trial_by_end'],
    ['movements', MOVES, 'movement_by_day'],
    ['what was called off', CALLED_OFF, 'subscription_called_off'],
    ['charges', CHARGES, 'charge_by_time'],
    ['recoveries', RECOVERED, 'failed_payment_by_recovery'],
    ['alerts that came', ALERTS_RAISED, 'alert_by_raising'],
    ['alerts that went', ALERTS_CLOSED, 'alert_by_closing'],
    ['requests', TICKETS, 'support_ticket_by_opening'],
    ['slow requests', SLOW_TICKETS, 'support_ticket_by_opening'],
    ['renewals', RENEWALS, 'subscription_renewing'],
    ['ends that are set', ENDINGS, 'subscription_leaving'],
  ])('%s', (_, sql, uses) => {
    expectPlan(planDatabase(), sql, { ...few, uses });
  });
});

test('the next try of a payment is found by the payment', () => {
  // What is asked for is a table of one row.
  expectPlan(planDatabase(), NEXT_TRY, { mayScan: ['a'] });
});
