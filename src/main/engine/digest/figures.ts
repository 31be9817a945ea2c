/** The figures at the head of a digest: each with what it was before, its definition and the rows behind it. */
import type { DigestFigure } from '../../../shared/contract/digest.ts';
import { addDays, daysBetween } from '../../../shared/kernel/day.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { deskReport, flowsOf, levelOn, NO_FLOWS, ratesBetween, type LevelOn } from '../metrics/index.ts';
import { NO_BILLING, type Ask } from './ask.ts';
import type { Days } from './period.ts';

type Bare = Omit<DigestFigure, 'value' | 'reason' | 'before' | 'why'> & { readonly whyMetric?: string };
type Value = { readonly value: number | null; readonly reason: string | null };

function figure(ask: Days, { whyMetric, ...bare }: Bare, now: Value, before: Value, isStock: boolean): DigestFigure {
  return {
    ...bare,
    value: now.value,
    reason: now.value === null ? (now.reason ?? 'Not known') : null,
    before: before.value,
    why:
      whyMetric === undefined || now.value === null
        ? null
        : { metric: whyMetric, from: isStock ? ask.to : ask.from, to: ask.to },
  };
}

const known = (value: number): Value => ({ value, reason: null });

/** @param before the stretch that the figures are compared with: stocks at its end, flows over it. */
export function levelFigures(ask: Ask, before: Days): DigestFigure[] {
  const { db, context } = ask;
  const [now, then] = [levelOn(db, ask.to, context.currency), levelOn(db, before.to, context.currency)];
  const [flows = NO_FLOWS] = flowsOf(db, [ask], context.currency);
  const [flowsBefore = NO_FLOWS] = flowsOf(db, [before], context.currency);
  const told = (value: Value): Value => (ask.hasBilling ? value : { value: null, reason: NO_BILLING });
  const annual = (level: LevelOn): Value =>
    level.annual === 0 && level.missing.length > 0
      ? { value: null, reason: `No rate from ${level.missing.join(', ')} to ${context.currency}` }
      : known(level.annual);
  const monthly = (level: LevelOn): Value => {
    const { value, reason } = annual(level);
    return { value: value === null ? null : divideRounded(value, 12), reason };
  };
  const stock = (bare: Bare, of: (level: LevelOn) => Value) =>
    figure(ask, { ...bare, whyMetric: bare.id }, told(of(now)), told(of(then)), true);
  return [
    stock({ id: 'arr', label: 'ARR', unit: 'money', better: 'up' }, annual),
    stock({ id: 'mrr', label: 'MRR', unit: 'money', better: 'up' }, monthly),
    stock({ id: 'customers', label: 'Paying customers', unit: 'count', better: 'up' }, (level) =>
      known(level.customers),
    ),
    stock({ id: 'trials', label: 'Trials running', unit: 'count', better: 'up' }, (level) => known(level.trials)),
    figure(
      ask,
      { id: 'cashCollected', label: 'Cash collected', unit: 'money', better: 'up', whyMetric: 'cashCollected' },
      told(known(flows.cashCollected)),
      told(known(flowsBefore.cashCollected)),
      false,
    ),
  ];
}

/** Retention over twelve months, and what the stretch lost. */
export function rateFigures(ask: Ask, before: Days): DigestFigure[] {
  const [now, then] = ratesBetween(ask.db, [ask, before], ask.context);
  if (!now || !then) return [];
  const ratio = (id: 'nrr' | 'grr' | 'grossChurn' | 'logoChurn', label: string, better: DigestFigure['better']) =>
    figure(ask, { id, label, unit: 'ratio', better, whyMetric: id }, now[id], then[id], false);
  return [
    ratio('nrr', 'NRR, 12 months', 'up'),
    ratio('grr', 'GRR, 12 months', 'up'),
    ratio('grossChurn', 'MRR lost in the week', 'down'),
    ratio('logoChurn', 'Customers lost in the week', 'down'),
  ];
}

const SECONDS_OF_HOUR = 3_600;

/** How soon requests were answered, and how many are open now. */
export function supportFigures(ask: Ask, before: Days): DigestFigure[] {
  const { db, context } = ask;
  const now = deskReport(db, ask, context);
  if (!now.any) return [];
  const then = deskReport(db, before, context);
  const hours = ({ value, reason }: Value): Value => ({
    value: value === null ? null : value / SECONDS_OF_HOUR,
    reason,
  });
  return [
    figure(
      ask,
      { id: 'ticketsOpened', label: 'Requests to support', unit: 'count', better: 'down' },
      known(now.times.opened),
      known(then.times.opened),
      false,
    ),
    figure(
      ask,
      { id: 'firstResponseMedian', label: 'First response, median', unit: 'hours', better: 'down' },
      hours(now.times.median),
      hours(then.times.median),
      false,
    ),
  ];
}

/** The stretch of the same length right before. */
export function stretchBefore({ from, to }: Days): Days {
  return { from: addDays(from, -daysBetween(from, to) - 1), to: addDays(from, -1) };
}
