/** What screens and paper call the parts of a digest, and how its values are written. */
import {
  DIGEST_GROUPS,
  type DigestFigure,
  type DigestReport,
  type DigestSection,
} from '../../../shared/contract/digest.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { Formatter } from '../../lib/format.ts';
import { countUnit, HOURS, moneyUnit, PERCENT, quantity, type Quantity, type Unit } from '../../lib/unit.ts';

export type Group = (typeof DIGEST_GROUPS)[number];

export const GROUP_TITLES: Readonly<Record<Group, string>> = {
  growth: 'Gains',
  losses: 'Losses',
  money: 'Money',
  attention: 'Attention',
  ahead: 'The next seven days',
};

export interface GroupedSections {
  readonly group: Group;
  /** Something is in them, in their order. */
  readonly filled: readonly DigestSection[];
  readonly empty: readonly DigestSection[];
  /** Nobody can know. */
  readonly unknown: readonly DigestSection[];
}

export function groupsOf(sections: readonly DigestSection[]): GroupedSections[] {
  return DIGEST_GROUPS.map((group) => {
    const own = sections.filter((section) => section.group === group);
    return {
      group,
      filled: own.filter(({ count }) => count !== null && count > 0),
      empty: own.filter(({ count }) => count === 0),
      unknown: own.filter(({ count }) => count === null),
    };
  }).filter(({ filled, empty, unknown }) => filled.length + empty.length + unknown.length > 0);
}

function unitOf({ unit }: DigestFigure, currency: CurrencyCode): Unit {
  switch (unit) {
    case 'money':
      return moneyUnit(currency);
    case 'ratio':
      return PERCENT;
    case 'hours':
      return HOURS;
    case 'count':
      return countUnit();
  }
}

export function figureValue(figure: DigestFigure, currency: CurrencyCode): { now: Quantity; before: Quantity } {
  const unit = unitOf(figure, currency);
  return {
    now: quantity(unit, figure.value, figure.reason ?? 'Not known'),
    before: quantity(unit, figure.before, 'Not known'),
  };
}

/** A section's sum as it stands beside its title; empty where there is none to state. */
export function sumText({ amount, amountIs }: DigestSection, currency: CurrencyCode, format: Formatter): string {
  if (amount === null) return '';
  const text = format.value(amount, moneyUnit(currency), { form: 'whole', signed: amountIs === 'mrr' });
  return amountIs === 'mrr' ? `${text} MRR` : text;
}

/** Which days a digest speaks of: the heading under the room's title. */
export function stretchText(report: Pick<DigestReport, 'kind' | 'from' | 'to' | 'isOver'>, format: Formatter): string {
  const { kind, from, to, isOver } = report;
  const ending = isOver ? '' : ', so far';
  if (from === to) return `${format.day(from, 'long')}${ending}`;
  if (kind === 'weekly' || isOver) return `${format.span(from, to, 'long')}${ending}`;
  return `Since ${format.day(from, 'long')}, ${format.dayBegins(from)}`;
}
