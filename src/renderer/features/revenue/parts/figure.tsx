/** One figure of a snapshot beside that of another: value, change, why and how. */
import type { ReactNode } from 'react';
import type { MetricSnapshot } from '../../../../shared/contract/metrics.ts';
import { USD, type CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import type { GoodDirection } from '../../../lib/change.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { countUnit, moneyUnit, PERCENT, quantity, type Quantity, type Unit } from '../../../lib/unit.ts';
import { KpiTile } from '../../../ui/kpi-tile.tsx';
import type { useSnapshot } from '../use-revenue.ts';

/** The figures of a snapshot that are single numbers. */
export type FigureName = {
  [Name in keyof MetricSnapshot]-?: MetricSnapshot[Name] extends number | null ? Name : never;
}[keyof MetricSnapshot];

export interface FigureView {
  readonly metric: FigureName;
  readonly label: string;
  readonly kind: 'money' | 'percent' | 'count' | 'days';
  readonly good: GoodDirection;
  /** A sum over the period, explained from its first day on. */
  readonly flow: boolean;
}

export interface FigureProps {
  view: FigureView;
  current: ReturnType<typeof useSnapshot>;
  previous: ReturnType<typeof useSnapshot>;
  /** What the previous snapshot stands for, in words. */
  against: string;
  from: PlainDay;
  to: PlainDay;
  note?: ReactNode;
}

export function Figure({ view, current, previous, against, from, to, note }: FigureProps): ReactNode {
  const evidence = useEvidence();
  const name = {
    label: view.label,
    good: view.good,
    className: 'px-3!',
    onHow: () => evidence.open({ how: view.metric }),
    ...(note === undefined ? {} : { note }),
  };
  if (current.data === undefined)
    return <KpiTile {...name} quantity={{ unit: unitOf(view, USD), value: 0 }} state={stateOf(current)} />;
  return (
    <KpiTile
      {...name}
      quantity={valueOf(view, current.data)}
      state={stateOf(current)}
      {...(previous.data === undefined
        ? {}
        : { previous: { quantity: valueOf(view, previous.data), period: against } })}
      {...(current.data[view.metric] === null
        ? {}
        : { onWhy: () => evidence.open({ why: view.metric, to, ...(view.flow ? { from } : {}) }) })}
    />
  );
}

function unitOf({ kind }: FigureView, currency: CurrencyCode): Unit {
  switch (kind) {
    case 'money':
      return moneyUnit(currency);
    case 'percent':
      return PERCENT;
    case 'count':
      return countUnit();
    case 'days':
      return { kind: 'days' };
  }
}

function valueOf(view: FigureView, snapshot: MetricSnapshot): Quantity {
  const reason = snapshot.reasons[view.metric] ?? 'Not defined for this period';
  return quantity(unitOf(view, snapshot.currency), snapshot[view.metric], reason);
}
