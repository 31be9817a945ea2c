/** `cockpit.trials`: what became of the trials that began in the last 90 days, and those that run. */
import type { TrialFunnel } from '../../../../shared/contract/cockpit.ts';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { ledgerView } from '../query/ledger-view.ts';
import { defined, undefinedBecause } from '../query/rates-of-change.ts';
import { GRACE_DAYS } from './trials.ts';

const SPAN_DAYS = 90;

/**
 * As `retention.trials` counts: a trial that pays by the end of its grace has converted, one that is over without a
 * payment is lost, and all others are open. The rate is over those that are decided.
 */
export function trialFunnel(
  db: ReadDb,
  { asOf }: { readonly asOf?: PlainDay | undefined },
  { today, currency }: MetricsContext,
): TrialFunnel {
  const to = asOf ?? today;
  const from = addDays(to, 1 - SPAN_DAYS);
  // A trial that pays within its grace counts as converted on the day on which it pays.
  const row = db
    .prepare<[number, string, string, string], { started: number; converted: number; open: number }>(
      `SELECT count(*) AS started,
              coalesce(sum(converted_on <= shown AND converted_on <= grace_until AND ended_on <= shown), 0) AS converted,
              coalesce(sum(ended_on IS NULL OR ended_on > shown
                OR (grace_until >= shown AND NOT coalesce(converted_on <= shown, 0))), 0) AS open
       FROM (SELECT ended_on, converted_on, date(ended_on, '+' || ? || ' days') AS grace_until, ? AS shown
             FROM trial WHERE started_on BETWEEN ? AND ?)`,
    )
    .first(GRACE_DAYS, to, from, to);
  const started = row?.started ?? 0;
  const converted = row?.converted ?? 0;
  const open = row?.open ?? 0;
  const decided = started - open;
  const view = ledgerView(db);
  return {
    from,
    to,
    graceDays: GRACE_DAYS,
    started,
    converted,
    lost: decided - converted,
    open,
    rate: decided === 0 ? undefinedBecause('No trial of these 90 days is decided yet') : defined(converted / decided),
    running: view.count('trials', to),
    mrr: divideRounded(view.stock('trial', to, currency).annual, 12),
    currency,
  };
}
