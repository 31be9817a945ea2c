/** The lines of the scorecard: which figures of a snapshot, in which unit, and which way is good. */
import type { BoardPack } from '../../../../shared/contract/reports.ts';
import type { MetricSnapshot } from '../../../../shared/contract/metrics.ts';
import { changeBetween, changeText, type GoodDirection, type Judgement } from '../../../lib/change.ts';
import type { Formatter } from '../../../lib/format.ts';
import { countUnit, moneyUnit, MONTHS, PERCENT, quantity, RATIO, type Quantity, type Unit } from '../../../lib/unit.ts';

type Figure = Exclude<
  { [Key in keyof MetricSnapshot]: MetricSnapshot[Key] extends number | null ? Key : never }[keyof MetricSnapshot],
  'asp' | 'usageRunRate' | 'ltvBeforeMargin'
>;

interface Line {
  readonly id: Figure;
  readonly title: string;
  readonly kind: 'money' | 'percent' | 'ratio' | 'count' | 'months';
  readonly good: GoodDirection;
}

interface Group {
  readonly title: string;
  readonly lines: readonly Line[];
}

const GROUPS: readonly Group[] = [
  {
    title: 'Recurring revenue',
    lines: [
      { id: 'arr', title: 'ARR', kind: 'money', good: 'up' },
      { id: 'mrr', title: 'MRR', kind: 'money', good: 'up' },
      { id: 'cmrr', title: 'Committed MRR', kind: 'money', good: 'up' },
      { id: 'pastDueMrr', title: 'of MRR past due', kind: 'money', good: 'down' },
      { id: 'trialMrr', title: 'Trial MRR', kind: 'money', good: 'up' },
    ],
  },
  {
    title: 'Customers',
    lines: [
      { id: 'customers', title: 'Paying customers', kind: 'count', good: 'up' },
      { id: 'newCustomers', title: 'New customers', kind: 'count', good: 'up' },
      { id: 'churnedCustomers', title: 'Churned customers', kind: 'count', good: 'down' },
      { id: 'trials', title: 'Trials', kind: 'count', good: 'up' },
      { id: 'arpa', title: 'MRR per customer (ARPA)', kind: 'money', good: 'up' },
    ],
  },
  {
    title: 'Retention',
    lines: [
      { id: 'nrr', title: 'Net revenue retention, 12 months', kind: 'percent', good: 'up' },
      { id: 'grr', title: 'Gross revenue retention, 12 months', kind: 'percent', good: 'up' },
      { id: 'logoChurn', title: 'Logo churn, month', kind: 'percent', good: 'down' },
      { id: 'grossChurn', title: 'Gross MRR churn, month', kind: 'percent', good: 'down' },
      { id: 'netChurn', title: 'Net MRR churn, month', kind: 'percent', good: 'down' },
      { id: 'quickRatio', title: 'Quick ratio', kind: 'ratio', good: 'up' },
    ],
  },
  {
    title: 'Unit economics and cash',
    lines: [
      { id: 'trialConversion', title: 'Trial conversion', kind: 'percent', good: 'up' },
      { id: 'ltv', title: 'Lifetime value', kind: 'money', good: 'up' },
      { id: 'cac', title: 'Cost of a new customer (CAC)', kind: 'money', good: 'down' },
      { id: 'cacPaybackMonths', title: 'CAC payback', kind: 'months', good: 'down' },
      { id: 'netRevenue', title: 'Net revenue invoiced', kind: 'money', good: 'up' },
      { id: 'cashCollected', title: 'Cash collected', kind: 'money', good: 'up' },
      { id: 'refunds', title: 'Refunds', kind: 'money', good: 'down' },
    ],
  },
];

export interface ScoreLine {
  readonly id: string;
  readonly title: string;
  readonly current: string;
  readonly previous: string;
  readonly change: string;
  readonly judgement: Judgement;
  readonly yearBefore: string;
}

export interface Scorecard {
  readonly groups: readonly { readonly title: string; readonly lines: readonly ScoreLine[] }[];
  /** Figures that cannot be computed, with the engine's reason. */
  readonly missing: readonly { readonly title: string; readonly reason: string }[];
}

/** A figure unknown in all three columns is listed below the table with its reason instead. */
export function scorecardOf(pack: BoardPack, format: Formatter): Scorecard {
  const snapshots = [pack.current, pack.previous, pack.yearBefore].filter((snapshot) => snapshot !== null);
  const known = (line: Line): boolean => snapshots.some((snapshot) => snapshot[line.id] !== null);
  return {
    groups: GROUPS.map(({ title, lines }) => ({
      title,
      lines: lines.filter(known).map((line) => scoreLine(line, pack, format)),
    })).filter(({ lines }) => lines.length > 0),
    missing: GROUPS.flatMap(({ lines }) => lines)
      .filter((line) => !known(line))
      .map((line) => ({ title: line.title, reason: pack.current.reasons[line.id] ?? 'not known' })),
  };
}

function scoreLine(line: Line, pack: BoardPack, format: Formatter): ScoreLine {
  const current = figure(line, pack.current);
  const previous = figure(line, pack.previous);
  const change = changeBetween(current, previous, line.good);
  const write = (value: Quantity): string =>
    format.quantity(value, { form: line.kind === 'money' && line.id !== 'arpa' ? 'whole' : 'full' });
  return {
    id: line.id,
    title: line.title,
    current: write(current),
    previous: write(previous),
    change: change === null ? '—' : changeText(change, current, format),
    judgement: change?.judgement ?? 'neutral',
    yearBefore: pack.yearBefore === null ? '—' : write(figure(line, pack.yearBefore)),
  };
}

function figure(line: Line, snapshot: MetricSnapshot): Quantity {
  return quantity(unitOf(line.kind, snapshot), snapshot[line.id], snapshot.reasons[line.id] ?? 'not known');
}

function unitOf(kind: Line['kind'], snapshot: MetricSnapshot): Unit {
  switch (kind) {
    case 'money':
      return moneyUnit(snapshot.currency);
    case 'percent':
      return PERCENT;
    case 'ratio':
      return RATIO;
    case 'count':
      return countUnit();
    case 'months':
      return MONTHS;
  }
}
