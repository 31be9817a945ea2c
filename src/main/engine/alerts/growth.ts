/** Rule `growth_under_target`: MRR grew less over the last 30 days than the founder aims at. */
import { addDays } from '../../../shared/kernel/day.ts';
import { growthAimedAt } from '../targets/index.ts';
import type { Look } from './candidate.ts';
import type { Reading } from './condition.ts';
import { companyArrOn, monthly } from './ledger-view.ts';
import { ruleOf } from './rules.ts';

const WINDOW_DAYS = 30;

/**
 * No reading without a target, without MRR 30 days ago, or without the rates
 * to value it. The target is the growth that the path of MRR, or of ARR, asks
 * for over these days; without one `growthTarget`, a fraction of MRR per month.
 * Begins when growth misses the target by more than the tolerance (a share of
 * the target), ends when the target is reached.
 */
export function growthReadings(look: Look, growthTarget: number | null): Reading[] {
  const { currency } = look;
  const target = growthAimedAt(look.db, look.today, WINDOW_DAYS, { currency, growthTarget });
  if (target === null) return [];
  const from = addDays(look.today, -WINDOW_DAYS);
  const before = companyArrOn(look.db, from, look.currency);
  const now = companyArrOn(look.db, look.today, look.currency);
  if (before === null || now === null || before <= 0) return [];
  const growth = (now - before) / before;
  const tolerance = ruleOf(look.rules, 'growth_under_target').threshold ?? 0;
  const begins = target - Math.abs(target) * tolerance;
  const missing = monthly(Math.round(before * (1 + target)) - now);
  return [
    {
      rule: 'growth_under_target',
      subject: 'company',
      state: growth < begins ? 'holds' : growth < target ? 'between' : 'ended',
      alert: {
        on: look.today,
        severity: growth < 0 ? 'critical' : 'warning',
        facts: {
          rule: 'growth_under_target',
          currency,
          growth,
          target,
          days: WINDOW_DAYS,
          from: { on: from, mrr: monthly(before) },
          to: { on: look.today, mrr: monthly(now) },
          missing,
        },
        customerId: null,
        amountMinor: missing,
        target: '/',
        sourceId: null,
      },
    },
  ];
}
