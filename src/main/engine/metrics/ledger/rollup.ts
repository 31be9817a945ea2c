/** What one customer adds to the rollups, and the bookkeeping of differences. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { WriteDb } from '../../store/handles.ts';
import type { LedgerKind } from '../core/movement.ts';
import { endsOfDays, type SubscriptionHistory } from './customer-history.ts';

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

/** Differences to the rollups, gathered over many customers and written at once. */
export class RollupDelta {
  readonly #movements = new Map<string, Amounts>();
  readonly #gauges = new Map<string, number>();

  /** Adds (`sign` 1) or takes back (−1) what a customer contributes. */
  book(part: CustomerPart, sign: 1 | -1): void {
    this.#bookMovements(part.movements, sign);
    for (const states of part.states) this.#bookStates(states, sign);
    for (const levels of part.usage) this.#bookLevels('usage', levels, sign);
  }

  #bookMovements(movements: readonly RolledMovement[], sign: 1 | -1): void {
    const counted = new Set<string>();
    for (const { on, kind, currency, annual, reporting } of movements) {
      const amounts = this.#amounts(on, kind, currency);
      amounts[0] += sign * annual;
      if (reporting === null) amounts[2] += sign * annual;
      else amounts[1] += sign * reporting;
      counted.add(`${on}|${kind}`);
      this.#gauge('mrr', on, currency, sign * annual);
    }
    for (const dayAndKind of counted) {
      const [on = '', kind = ''] = dayAndKind.split('|');
      const currencies = movements.filter((row) => row.on === on && row.kind === kind).map((row) => row.currency);
      this.#amounts(
        on,
        kind,
        currencies.reduce((a, b) => (a < b ? a : b)),
      )[3] += sign;
    }
    let paid = false;
    for (const { on, pays } of payingDays(movements)) {
      if (pays !== paid) this.#gauge('customers', on, '', pays ? sign : -sign);
      paid = pays;
    }
  }

  #bookStates(states: readonly GaugedState[], sign: 1 | -1): void {
    const last = { committed: 0, past_due: 0, trial: 0, committed_trial: 0, trials: 0 };
    for (const { on, currency, annual, trial, standing, scheduledEnd } of endsOfDays(states)) {
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
    const key = `${on}|${kind}|${currency}`;
    let amounts = this.#movements.get(key);
    if (!amounts) this.#movements.set(key, (amounts = [0, 0, 0, 0]));
    return amounts;
  }

  #gauge(gauge: string, on: string, currency: string, delta: number): void {
    const key = `${gauge}|${on}|${currency}`;
    this.#gauges.set(key, (this.#gauges.get(key) ?? 0) + delta);
  }

  /** The gathered amounts as rollup rows, by day: a ledger that is only looked at. */
  rows(): { movements: MovementRollupRow[]; gauges: GaugeRollupRow[] } {
    const movements = [...this.#movements].map(([key, [annual_minor, reporting_minor, , customers]]) => {
      const [on = '', kind = '', currency = ''] = key.split('|');
      return { moved_on: on as PlainDay, kind: kind as LedgerKind, currency, annual_minor, reporting_minor, customers };
    });
    const gauges = [...this.#gauges].map(([key, delta]) => {
      const [gauge = '', on = '', currency = ''] = key.split('|');
      return { gauge, changed_on: on as PlainDay, currency, delta };
    });
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
    for (const [key, amounts] of this.#movements) {
      if (amounts.every((amount) => amount === 0)) continue;
      const [on = '', kind = '', currency = ''] = key.split('|');
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
    for (const [key, delta] of this.#gauges) {
      if (delta === 0) continue;
      const [gauge = '', on = '', currency = ''] = key.split('|');
      addGauge.run(gauge, on, currency, delta);
      if (!empty) dropGauge.run(gauge, on, currency);
    }
    this.#movements.clear();
    this.#gauges.clear();
  }
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

/** Whether the customer pays from each day on which something moved. */
function payingDays(movements: readonly RolledMovement[]): { on: PlainDay; pays: boolean }[] {
  const levels = new Map<string, number>();
  const days: { on: PlainDay; pays: boolean }[] = [];
  for (const [on, nets] of netsByDay(movements)) {
    for (const [currency, net] of nets) levels.set(currency, (levels.get(currency) ?? 0) + net);
    days.push({ on, pays: [...levels.values()].some((level) => level > 0) });
  }
  return days;
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
