/** What one customer adds to the rollups, and the bookkeeping of differences. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { WriteDb } from '../../store/handles.ts';
import type { LedgerKind } from '../core/movement.ts';
import type { SubscriptionHistory } from './customer-history.ts';

/** The part of a movement that rollups are made of. */
export interface RolledMovement {
  readonly on: PlainDay;
  readonly kind: string;
  readonly currency: string;
  readonly annual: number;
  readonly reporting: number | null;
}

/** The part of a state that gauges are made of. */
export interface GaugedState {
  readonly on: PlainDay;
  readonly standing: string;
  readonly currency: string;
  readonly annual: number;
  readonly trial: number;
  readonly scheduledEnd: boolean;
}

/** Levels of a usage run rate by day: annual minor units. */
export interface UsageLevel {
  readonly on: PlainDay;
  readonly currency: string;
  readonly annual: number;
}

/** A customer's level in one currency from a day on, after its net change. */
export interface CustomerLevel {
  readonly on: PlainDay;
  readonly currency: string;
  readonly level: number;
}

/** Everything of one customer that rollups sum up. */
export interface CustomerPart {
  /** By day. */
  readonly movements: readonly RolledMovement[];
  /** By subscription, each by time. */
  readonly states: readonly (readonly GaugedState[])[];
  /** By item, each by day. */
  readonly usage: readonly (readonly UsageLevel[])[];
}

/** A day's movements of a kind and currency. */
export interface MovementRollupRow {
  readonly moved_on: PlainDay;
  readonly kind: LedgerKind;
  readonly currency: string;
  readonly annual_minor: number;
  /** In the ledger's reporting currency. */
  readonly reporting_minor: number;
  readonly customers: number;
}

export interface GaugeRollupRow {
  readonly gauge: string;
  readonly changed_on: PlainDay;
  readonly currency: string;
  readonly delta: number;
}

type Amounts = [annual: number, reporting: number, unvalued: number, customers: number];

/** Sums by kind or gauge, by currency and by day: looked up one after the other, which no text has to be made for. */
type ByDay<Sum> = Map<string, Map<string, Map<string, Sum>>>;

/** Differences to the rollups, gathered over many customers and written at once. */
export class RollupDelta {
  readonly #movements: ByDay<Amounts> = new Map();
  readonly #gauges: ByDay<number> = new Map();

  /** Adds (`sign` 1) or takes back (−1) what a customer contributes. */
  book(part: CustomerPart, sign: 1 | -1): void {
    this.#bookMovements(part.movements, sign);
    for (const states of part.states) this.#bookStates(states, sign);
    for (const levels of part.usage) this.#bookLevels('usage', levels, sign);
  }

  #bookMovements(movements: readonly RolledMovement[], sign: 1 | -1): void {
    const levels = new Map<string, number>();
    let paid = false;
    for (let start = 0; start < movements.length;) {
      const on = movements[start]?.on ?? '';
      let end = start;
      for (; end < movements.length && movements[end]?.on === on; end++) {
        const movement = movements[end];
        if (!movement) continue;
        const { kind, currency, annual, reporting } = movement;
        const amounts = this.#amounts(on, kind, currency);
        amounts[0] += sign * annual;
        if (reporting === null) amounts[2] += sign * annual;
        else amounts[1] += sign * reporting;
        this.#gauge('mrr', on, currency, sign * annual);
        levels.set(currency, (levels.get(currency) ?? 0) + annual);
      }
      this.#countCustomer(movements, start, end, sign);
      let pays = false;
      for (const level of levels.values()) if (level > 0) pays = true;
      if (pays !== paid) this.#gauge('customers', on, '', pays ? sign : -sign);
      paid = pays;
      start = end;
    }
  }

  /** Counts the customer once for each kind of a day, under the first of the currencies that moved. */
  #countCustomer(movements: readonly RolledMovement[], start: number, end: number, sign: 1 | -1): void {
    const firsts = new Map<string, string>();
    for (let index = start; index < end; index++) {
      const movement = movements[index];
      if (!movement) continue;
      const first = firsts.get(movement.kind);
      if (first === undefined || movement.currency < first) firsts.set(movement.kind, movement.currency);
    }
    const on = movements[start]?.on ?? '';
    for (const [kind, currency] of firsts) this.#amounts(on, kind, currency)[3] += sign;
  }

  #bookStates(states: readonly GaugedState[], sign: 1 | -1): void {
    const last = { committed: 0, past_due: 0, trial: 0, committed_trial: 0, trials: 0 };
    for (const [index, { on, currency, annual, trial, standing, scheduledEnd }] of states.entries()) {
      // A day counts with its last state.
      if (states[index + 1]?.on === on) continue;
      const step = (gauge: keyof typeof last, level: number, under = currency) => {
        if (level !== last[gauge]) this.#gauge(gauge, on, under, sign * (level - last[gauge]));
        last[gauge] = level;
      };
      step('committed', scheduledEnd ? 0 : annual);
      step('past_due', standing === 'past_due' ? annual : 0);
      step('trial', trial);
      step('committed_trial', scheduledEnd ? 0 : trial);
      step('trials', standing === 'trialing' ? 1 : 0, '');
    }
  }

  #bookLevels(gauge: string, levels: readonly UsageLevel[], sign: 1 | -1): void {
    let last = 0;
    for (const { on, currency, annual } of levels) {
      if (annual !== last) this.#gauge(gauge, on, currency, sign * (annual - last));
      last = annual;
    }
  }

  #amounts(on: string, kind: string, currency: string): Amounts {
    const days = daysOf(this.#movements, kind, currency);
    let amounts = days.get(on);
    if (!amounts) days.set(on, (amounts = [0, 0, 0, 0]));
    return amounts;
  }

  #gauge(gauge: string, on: string, currency: string, delta: number): void {
    const days = daysOf(this.#gauges, gauge, currency);
    days.set(on, (days.get(on) ?? 0) + delta);
  }

  /** The gathered amounts as rollup rows, by day: a ledger that is only looked at. */
  rows(): { movements: MovementRollupRow[]; gauges: GaugeRollupRow[] } {
    const movements = [...entriesOf(this.#movements)].map(
      ([kind, currency, on, [annual_minor, reporting_minor, , customers]]) => ({
        moved_on: on as PlainDay,
        kind: kind as LedgerKind,
        currency,
        annual_minor,
        reporting_minor,
        customers,
      }),
    );
    const gauges = [...entriesOf(this.#gauges)].map(([gauge, currency, on, delta]) => ({
      gauge,
      changed_on: on as PlainDay,
      currency,
      delta,
    }));
    return {
      movements: movements.sort((a, b) => (a.moved_on < b.moved_on ? -1 : 1)),
      gauges: gauges.sort((a, b) => (a.changed_on < b.changed_on ? -1 : 1)),
    };
  }

  /** Adds the differences to the rollups of `db`; stored rows that come to nothing are removed, unless the rollups begin `empty`. */
  flush(db: WriteDb, empty: boolean): void {
    const addMovement = db.prepareWrite<[string, string, string, number, number, number, number]>(
      `INSERT INTO movement_rollup (moved_on, kind, currency, annual_minor, reporting_minor, unvalued_minor, customers)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET annual_minor = annual_minor + excluded.annual_minor,
         reporting_minor = reporting_minor + excluded.reporting_minor,
         unvalued_minor = unvalued_minor + excluded.unvalued_minor, customers = customers + excluded.customers`,
    );
    const dropMovement = db.prepareWrite<[string, string, string]>(
      `DELETE FROM movement_rollup WHERE moved_on = ? AND kind = ? AND currency = ?
         AND annual_minor = 0 AND reporting_minor = 0 AND unvalued_minor = 0 AND customers = 0`,
    );
    for (const [kind, currency, on, amounts] of entriesOf(this.#movements)) {
      if (amounts.every((amount) => amount === 0)) continue;
      addMovement.run(on, kind, currency, ...amounts);
      if (!empty) dropMovement.run(on, kind, currency);
    }
    const addGauge = db.prepareWrite<[string, string, string, number]>(
      `INSERT INTO gauge_rollup (gauge, changed_on, currency, delta) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET delta = delta + excluded.delta`,
    );
    const dropGauge = db.prepareWrite<[string, string, string]>(
      `DELETE FROM gauge_rollup WHERE gauge = ? AND changed_on = ? AND currency = ? AND delta = 0`,
    );
    for (const [gauge, currency, on, delta] of entriesOf(this.#gauges)) {
      if (delta === 0) continue;
      addGauge.run(gauge, on, currency, delta);
      if (!empty) dropGauge.run(gauge, on, currency);
    }
    this.#movements.clear();
    this.#gauges.clear();
  }
}

function daysOf<Sum>(sums: ByDay<Sum>, name: string, currency: string): Map<string, Sum> {
  let currencies = sums.get(name);
  if (!currencies) sums.set(name, (currencies = new Map()));
  let days = currencies.get(currency);
  if (!days) currencies.set(currency, (days = new Map()));
  return days;
}

function* entriesOf<Sum>(sums: ByDay<Sum>): Generator<[name: string, currency: string, on: string, sum: Sum]> {
  for (const [name, currencies] of sums)
    for (const [currency, days] of currencies) for (const [on, sum] of days) yield [name, currency, on, sum];
}

/** The customer's levels after each day, per currency, oldest first. */
export function customerLevels(movements: readonly RolledMovement[]): CustomerLevel[] {
  const levels = new Map<string, number>();
  const changes: CustomerLevel[] = [];
  for (const [on, nets] of netsByDay(movements))
    for (const [currency, net] of nets) {
      if (net === 0) continue;
      const level = (levels.get(currency) ?? 0) + net;
      levels.set(currency, level);
      changes.push({ on, currency, level });
    }
  return changes;
}

function netsByDay(movements: readonly RolledMovement[]): Map<PlainDay, Map<string, number>> {
  const days = new Map<PlainDay, Map<string, number>>();
  for (const { on, currency, annual } of movements) {
    let nets = days.get(on);
    if (!nets) days.set(on, (nets = new Map()));
    nets.set(currency, (nets.get(currency) ?? 0) + annual);
  }
  return days;
}

/** What gauges need of a subscription's states. */
export function gaugedStates({ states }: SubscriptionHistory): GaugedState[] {
  return states.map(({ on, state, valued }) => ({
    on,
    standing: valued.standing,
    currency: state.currency,
    annual: valued.annual,
    trial: valued.trial,
    scheduledEnd: state.scheduledEnd,
  }));
}
