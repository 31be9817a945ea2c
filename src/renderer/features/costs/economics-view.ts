/** How each figure of the room is read: its unit, which way is good, and the days behind it. */
import type { MetricSnapshot } from '../../../shared/contract/metrics.ts';
import type { UnitEconomicsSeries } from '../../../shared/contract/unit-economics.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { GoodDirection } from '../../lib/change.ts';
import type { NumberForm } from '../../../shared/formats/number.ts';
import { MONTHS, moneyUnit, PERCENT, quantity, RATIO, type Quantity, type Unit } from '../../lib/unit.ts';

export interface EconomicsView {
  readonly metric: UnitEconomicsSeries;
  readonly label: string;
  readonly good: GoodDirection;
  readonly kind: 'money' | 'percent' | 'ratio' | 'months';
  readonly form: NumberForm;
}

export const ECONOMICS_VIEWS: readonly EconomicsView[] = [
  { metric: 'cac', label: 'CAC', good: 'down', kind: 'money', form: 'whole' },
  { metric: 'ltv', label: 'LTV', good: 'up', kind: 'money', form: 'whole' },
  { metric: 'ltvToCac', label: 'LTV to CAC', good: 'up', kind: 'ratio', form: 'full' },
  { metric: 'cacPaybackMonths', label: 'CAC payback', good: 'down', kind: 'months', form: 'full' },
  { metric: 'grossMargin', label: 'Gross margin', good: 'up', kind: 'percent', form: 'full' },
  { metric: 'ruleOf40', label: 'Rule of 40', good: 'up', kind: 'percent', form: 'full' },
  { metric: 'magicNumber', label: 'Magic number', good: 'up', kind: 'ratio', form: 'full' },
  { metric: 'burnMultiple', label: 'Burn multiple', good: 'down', kind: 'ratio', form: 'full' },
];

export function economicsUnit({ kind }: Pick<EconomicsView, 'kind'>, currency: CurrencyCode): Unit {
  switch (kind) {
    case 'money':
      return moneyUnit(currency);
    case 'percent':
      return PERCENT;
    case 'ratio':
      return RATIO;
    case 'months':
      return MONTHS;
  }
}

export function economicsQuantity(view: EconomicsView, snapshot: MetricSnapshot): Quantity {
  const reason = snapshot.reasons[view.metric] ?? 'Not defined for this month';
  return quantity(economicsUnit(view, snapshot.currency), snapshot[view.metric], reason);
}
