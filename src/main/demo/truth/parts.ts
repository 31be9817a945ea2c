/** What the company is made of at the end of a day: by plan, interval and country, read off the lives. */
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { Company, Life, Position } from '../scenario/life.ts';
import { PRODUCT_NAMES } from '../scenario/price-list.ts';
import { closingMoment } from './ledger.ts';
import { standingBefore } from './standing.ts';
import { annualMinor } from './value.ts';

/** Annual minor units by currency, and who pays them. */
export interface PartTruth {
  readonly byCurrency: Readonly<Record<string, number>>;
  readonly customers: number;
}

export type PartsTruth = Readonly<Record<'plan' | 'interval' | 'country', Readonly<Record<string, PartTruth>>>>;

const VALUE_OF: Readonly<Record<keyof PartsTruth, (life: Life, position: Position) => string>> = {
  plan: (_life, { card }) => PRODUCT_NAMES[card.product],
  interval: (_life, { card }) => card.interval,
  country: ({ country }) => country,
};

/** The parts of a day; a value that nobody pays for is not listed. */
export function partsTruth(company: Company, day: PlainDay): PartsTruth {
  return {
    plan: partsBy(company, day, VALUE_OF.plan),
    interval: partsBy(company, day, VALUE_OF.interval),
    country: partsBy(company, day, VALUE_OF.country),
  };
}

function partsBy(
  company: Company,
  day: PlainDay,
  valueOf: (life: Life, position: Position) => string,
): Readonly<Record<string, PartTruth>> {
  const moment = closingMoment(day, company.now);
  const parts: Record<string, { byCurrency: Record<string, number>; customers: number }> = {};
  for (const life of company.lives) {
    const paid = new Set<string>();
    for (const contract of life.contracts) {
      const standing = standingBefore(life, contract, moment);
      if (standing === null || standing.paused || standing.trialing) continue;
      for (const position of standing.positions) {
        const annual = annualMinor([position], standing.coupons);
        if (annual === 0) continue;
        const value = valueOf(life, position);
        const part = (parts[value] ??= { byCurrency: {}, customers: 0 });
        part.byCurrency[life.currency] = (part.byCurrency[life.currency] ?? 0) + annual;
        paid.add(value);
      }
    }
    for (const value of paid) {
      const part = parts[value];
      if (part) part.customers += 1;
    }
  }
  return parts;
}
