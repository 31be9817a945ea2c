/** Lives written by hand for tests: one customer, one contract, figures that can be checked in the head. */
import type { Company, Contract, Happening, Life } from '../../../src/main/demo/index.ts';
import { EUR, GBP, JPY, USD } from '../../../src/main/demo/scenario/price-list.ts';
import { instantOfIso, type Instant } from '../../../src/shared/kernel/instant.ts';

export { EUR, GBP, JPY, USD };

/** Noon UTC of a day, or the given time of it. */
export function at(day: string, time = '12:00:00'): Instant {
  return instantOfIso(`${day}T${time}Z`);
}

export function contractWith(
  fields: Partial<Contract> & Pick<Contract, 'startedAt' | 'positions'>,
  happenings: readonly Happening[] = [],
): Contract {
  return {
    key: 'hand-1',
    trialEndsAt: null,
    coupons: [],
    paidBy: 'card',
    neverPaid: false,
    callsByPeriod: [],
    ...fields,
    happenings,
  };
}

export function lifeWith(contracts: readonly Contract[], fields: Partial<Life> = {}): Life {
  return {
    key: 'hand',
    company: 'Hand Made',
    contact: 'Ada',
    email: 'ada@hand-made.example',
    country: 'US',
    currency: contracts[0]!.positions[0]!.card.currency,
    channel: 'self_serve',
    joinedAt: contracts[0]!.startedAt,
    deletedAt: null,
    customerCoupon: null,
    contracts,
    oneOffs: [],
    ...fields,
  };
}

export function companyOf(lives: readonly Life[], now: Instant, foundedAt: Instant = at('2026-01-01')): Company {
  return { name: 'Hand', seed: 'hand', now, foundedAt, lives, coupons: [], deletedCoupons: [] };
}
