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
  const row = db
    .prepare<[string, string, string, number], { started: number; converted: number | null; open: number | null }>(
      `SELECT count(*) AS started,
              sum(ended_on <= ?3 AND converted_on <= ?3 AND converted_on <= date(ended_on, '+' || ?4 || ' days')) AS converted,
              sum(ended_on IS NULL OR ended_on > ?3
                  OR (date(ended_on, '+' || ?4 || ' days') >= ?3
                      AND NOT coalesce(converted_on <= ?3 AND converted_on <= date(ended_on, '+' || ?4 || ' days'), 0))) AS open
       FROM trial WHERE started_on BETWEEN ?1 AND ?2`,
    )
    .first(from, to, to, GRACE_DAYS);
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
