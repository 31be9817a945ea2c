/**
 * A slow, independent reading of the rules: every customer on every day, valued
 * from scratch with plain arithmetic. It shares no code with the ledger.
 */
export interface LifeState {
  /** Day number since 1970. */
  readonly day: number;
  readonly status: 'active' | 'past_due' | 'trialing' | 'unpaid' | 'canceled';
  readonly paused: boolean;
  readonly unit: number;
  readonly quantity: number;
  readonly interval: 'month' | 'year' | 'week';
  readonly percentOff: number;
}

export interface SubscriptionLife {
  readonly id: string;
  readonly currency: 'USD' | 'EUR' | 'JPY';
  /** In order of days, no day twice; the last one may be canceled. */
  readonly states: readonly LifeState[];
}

export interface CustomerLife {
  readonly id: string;
  readonly subscriptions: readonly SubscriptionLife[];
}

/** What a state bills a year: an integer number of minor units, rounded half up (amounts are positive). */
export function annualOf({ status, paused, unit, quantity, interval, percentOff }: LifeState): number {
  if (paused || (status !== 'active' && status !== 'past_due')) return 0;
  const perYear = { month: 12, year: 1, week: 52 }[interval];
  const hundredths = BigInt(unit) * BigInt(quantity) * BigInt(perYear) * BigInt(100 - percentOff);
  return Number((hundredths * 2n + 100n) / 200n);
}

export function stateOn(life: SubscriptionLife, day: number): LifeState | null {
  let found: LifeState | null = null;
  for (const state of life.states) if (state.day <= day) found = state;
  return found;
}

/** A customer's annual amount per currency at the end of a day. */
export function levelsOn(customer: CustomerLife, day: number): Map<string, number> {
  const levels = new Map<string, number>();
  for (const life of customer.subscriptions) {
    const state = stateOn(life, day);
    if (state) levels.set(life.currency, (levels.get(life.currency) ?? 0) + annualOf(state));
  }
  return levels;
}

export interface OracleMovement {
  readonly day: number;
  readonly customer: string;
  readonly kind: string;
  readonly net: number;
}

/** The movements of a customer that pays in one currency, read off the difference of neighbouring days. */
export function movementsOf(customer: CustomerLife, from: number, to: number): OracleMovement[] {
  const found: OracleMovement[] = [];
  let everPaid = false;
  for (let day = from; day <= to; day++) {
    const before = total(levelsOn(customer, day - 1));
    const after = total(levelsOn(customer, day));
    const net = after - before;
    if (net !== 0)
      found.push({ day, customer: customer.id, kind: kindOf(customer, day, before, after, everPaid), net });
    everPaid ||= after > 0;
  }
  return found;
}

function kindOf(customer: CustomerLife, day: number, before: number, after: number, everPaid: boolean): string {
  let lostByPauseOnly = true;
  let wonByResumeOnly = true;
  for (const life of customer.subscriptions) {
    const was = stateOn(life, day - 1);
    const is = stateOn(life, day);
    const delta = (is ? annualOf(is) : 0) - (was ? annualOf(was) : 0);
    if (delta < 0 && !(is && isPaused(is))) lostByPauseOnly = false;
    if (delta > 0 && !(was && isPaused(was))) wonByResumeOnly = false;
  }
  if (before === 0) return !everPaid ? 'new' : wonByResumeOnly ? 'resumed' : 'reactivation';
  if (after === 0) return lostByPauseOnly ? 'paused' : 'churn';
  if (after > before) return wonByResumeOnly ? 'resumed' : 'expansion';
  return lostByPauseOnly ? 'paused' : 'contraction';
}

function isPaused({ status, paused }: LifeState): boolean {
  return paused && (status === 'active' || status === 'past_due');
}

export function total(levels: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const level of levels.values()) sum += level;
  return sum;
}
