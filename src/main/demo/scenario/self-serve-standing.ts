/** What a self-serve customer has at present: plan, interval, seats; and the positions that this comes to. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Chapters } from './chapters.ts';
import type { PlanKey, Position } from './life.ts';
import { callsCard, JPY, listCard, taxInclusiveCard, type Generation, type Interval } from './price-list.ts';
import type { Random } from './random.ts';

export type ListPlan = Exclude<PlanKey, 'enterprise'>;

export const LADDER: readonly ListPlan[] = ['starter', 'growth', 'pro', 'scale'];

export interface Setting {
  readonly chapters: Chapters;
  readonly random: Random;
  readonly currency: CurrencyCode;
  readonly taxCountry: 'DE' | 'FR' | null;
}

export interface Standing {
  plan: ListPlan;
  interval: Interval;
  generation: Generation;
  seats: number;
  calls: boolean;
}

export function firstStanding({ random, chapters, taxCountry }: Setting, joinedAt: Instant): Standing {
  const plan =
    taxCountry !== null
      ? random.pick(['growth', 'pro'] as const)
      : random.weighted({ starter: 34, growth: 35, pro: 21, scale: 10 });
  return {
    plan,
    interval: taxCountry === null && random.chance(0.2) ? 'year' : 'month',
    generation: joinedAt < chapters.newPricesAt ? 'former' : 'current',
    seats: plan === 'scale' ? random.int(0, 14) : plan === 'pro' && random.chance(0.5) ? random.int(1, 7) : 0,
    calls: plan === 'scale' && random.chance(0.35),
  };
}

export function positionsNow(setting: Setting, { plan, interval, generation, seats, calls }: Standing): Position[] {
  return positionsOf(setting, plan, interval, generation, seats, calls && setting.currency !== JPY);
}

/** The plan's positions at the prices of a generation; Pro has seats beside it, Scale has them in its steps. */
function positionsOf(
  setting: Setting,
  plan: ListPlan,
  interval: Interval,
  generation: Generation,
  seats: number,
  calls: boolean,
): Position[] {
  const { currency, taxCountry } = setting;
  const taxed = taxCountry !== null && interval === 'month' && (plan === 'growth' || plan === 'pro');
  const card = taxed ? taxInclusiveCard(plan, taxCountry) : listCard(plan, currency, interval, generation);
  const positions: Position[] = [{ card, quantity: plan === 'scale' ? 10 + seats : 1 }];
  if (plan === 'pro' && seats > 0 && !taxed)
    positions.push({ card: listCard('seats', currency, interval), quantity: seats });
  if (calls && interval === 'month') positions.push({ card: callsCard(currency), quantity: 0 });
  return positions;
}
