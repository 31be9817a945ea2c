import { describe, it } from 'vitest';
import { LEAVING } from '../../src/main/engine/alerts/cancelling.ts';
import { CHURNS } from '../../src/main/engine/alerts/churned.ts';
import { SUBSCRIPTION_LEVEL } from '../../src/main/engine/alerts/ledger-view.ts';
import { FAILED, LAST_FAILURE } from '../../src/main/engine/alerts/payment-failed.ts';
import { expectPlan, planDatabase, type PlanRules } from './expect-plan.ts';

describe('the queries of the alerts, which run after every sync', () => {
  it.each([
    ['losses of the last days', CHURNS, { uses: 'movement_churned', maySort: true }],
    ['subscriptions set to end', LEAVING, { uses: 'subscription_leaving', mayScan: ['s'] }],
    ['the level of a subscription', SUBSCRIPTION_LEVEL, {}],
    ['invoices that could not be collected', FAILED, { uses: 'invoice_failed', mayScan: ['i'] }],
    ['why an invoice could not be collected', LAST_FAILURE, { uses: 'charge_by_customer' }],
  ])('look at few rows: %s', (_name, sql, rules: PlanRules) => {
    expectPlan(planDatabase(), sql, rules);
  });
});
