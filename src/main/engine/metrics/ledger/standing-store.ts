/** Where a customer stands as of the run: for lists, trials and items without a value. */
import { dayAt, type PlainDay, type TimeZone } from '../../../../shared/kernel/day.ts';
import { convert } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { Standing } from '../core/standing.ts';
import type { CustomerHistory, DatedState } from './customer-history.ts';
import type { CustomerRow, CustomerRows } from './customer-tables.ts';
import type { MovementDraft, Valuation } from './customer-movements.ts';
import { NO_ITEM, type LedgerItem } from './ledger-item.ts';
import { customerLevels } from './rollup.ts';

/** From the best standing of any subscription downwards. */
const ORDER: readonly Standing[] = [
  'paying',
  'past_due',
  'trialing',
  'paused',
  'discounted',
  'usage_only',
  'free',
  'not_valued',
  'unpaid',
  'cancelling',
  'incomplete',
  'ended',
];

interface SourcedState extends DatedState {
  readonly sourceId: number;
}

export interface StandingContext extends Valuation {
  readonly today: PlainDay;
  readonly zone: TimeZone;
}

/** Rows of `customer_standing`, `trial` and `unvalued_item`. */
export type StandingRows = Pick<CustomerRows, 'customer_standing' | 'trial' | 'unvalued_item'>;

/** Makes customer after customer's rows; names of plans come from the catalogue in `db`. */
export function standingRows(
  db: ReadDb,
  numberOf: (item: LedgerItem) => number,
  context: StandingContext,
): (history: CustomerHistory, movements: readonly MovementDraft[]) => StandingRows {
  const planName = planNamer(db);
  return (history, movements) => {
    const { customerId } = history;
    const standing: CustomerRow[] = [];
    if (history.subscriptions.length > 0) {
      const row = standingOfCustomer(history, movements, context);
      const plan = row.main && planName(row.main);
      standing.push([customerId, row.standing, row.reporting, plan, row.firstPaidOn, row.churnedOn, row.nextChangeOn]);
    }
    const trial: CustomerRow[] = [];
    const unvalued: CustomerRow[] = [];
    for (const { sourceId, subscriptionId, states } of history.subscriptions) {
      for (const { startedOn, endedOn, convertedOn, currency, main } of trialsOf(states, context.zone)) {
        const item = main ? numberOf({ sourceId, ...main }) : NO_ITEM;
        trial.push([sourceId, subscriptionId, customerId, startedOn, endedOn, convertedOn, currency, item]);
      }
      for (const { itemId, fromOn, untilOn, what, reason, annual, currency } of unvaluedOf(states))
        unvalued.push([sourceId, subscriptionId, itemId, customerId, fromOn, untilOn, what, reason, annual, currency]);
    }
    return { customer_standing: standing, trial, unvalued_item: unvalued };
  };
}

function standingOfCustomer(
  { subscriptions }: CustomerHistory,
  movements: readonly MovementDraft[],
  { today, currency, rates }: StandingContext,
) {
  const current = subscriptions
    .map(({ sourceId, states }) => {
      const state = states.findLast(({ on }) => on <= today);
      return state && { sourceId, ...state };
    })
    .filter((state) => state !== undefined);
  const best = current.reduce<SourcedState | undefined>(
    (a, b) =>
      a === undefined || rankOf(b) < rankOf(a) || (rankOf(b) === rankOf(a) && b.valued.potential > a.valued.potential)
        ? b
        : a,
    undefined,
  );
  const levels = new Map<string, number>();
  let firstPaidOn: PlainDay | null = null;
  let churnedOn: PlainDay | null = null;
  for (const { on, currency: native, level } of customerLevels(movements)) {
    if (on > today) break;
    levels.set(native, level);
    const pays = [...levels.values()].some((value) => value > 0);
    if (pays) firstPaidOn ??= on;
    churnedOn = pays ? null : on;
  }
  let reporting: number | null = 0;
  for (const [native, level] of levels) {
    const rate = rates.rate(native, currency, today);
    if (level === 0) continue;
    reporting = rate === null || reporting === null ? null : reporting + convert(level, rate);
  }
  const coming = subscriptions.flatMap(({ states }) => states.map(({ on }) => on).filter((on) => on > today));
  const leaving =
    best?.valued.standing === 'paying' &&
    current.every(({ state, valued }) => valued.annual === 0 || state.scheduledEnd);
  return {
    standing: leaving ? 'cancelling' : (best?.valued.standing ?? 'incomplete'),
    reporting,
    main: best ?? null,
    firstPaidOn,
    churnedOn,
    nextChangeOn: coming.length > 0 ? coming.reduce((a, b) => (a < b ? a : b)) : null,
  };
}

function rankOf({ valued }: DatedState): number {
  return ORDER.indexOf(valued.standing);
}

/** The name of a state's most valuable price: its product's, with the price's own where it has one. */
function planNamer(db: ReadDb): (state: SourcedState) => string | null {
  const find = db.prepare<[number, string], { name: string }>(
    `SELECT name FROM product WHERE source_id = ? AND id = ?`,
  );
  const names = new Map<string, string | null>();
  const nameOf = (sourceId: number, productId: string): string | null => {
    const key = `${sourceId}|${productId}`;
    let name = names.get(key);
    if (name === undefined) names.set(key, (name = find.first(sourceId, productId)?.name ?? null));
    return name;
  };
  return ({ sourceId, state, valued }) => {
    const worth = new Map(valued.items.map((item) => [item.itemId, item.annual + item.trial]));
    const main = state.items.reduce<(typeof state.items)[number] | undefined>(
      (a, b) => (a === undefined || (worth.get(b.id) ?? 0) > (worth.get(a.id) ?? 0) ? b : a),
      undefined,
    );
    if (!main) return null;
    const product = main.price.productId === null ? null : nameOf(sourceId, main.price.productId);
    return product ?? main.price.nickname ?? main.price.id;
  };
}

interface Trial {
  readonly startedOn: PlainDay;
  readonly endedOn: PlainDay | null;
  readonly convertedOn: PlainDay | null;
  readonly currency: string;
  /** The price that was worth most of it: the trial counts under this one. */
  readonly main: { readonly priceId: string; readonly productId: string | null } | null;
}

/** Each stretch on trial, with the first day on which the subscription counted after it. */
function trialsOf(states: readonly DatedState[], zone: TimeZone): Trial[] {
  const trials: Trial[] = [];
  for (const [index, { on, state, valued }] of states.entries()) {
    if (valued.standing !== 'trialing' || states[index - 1]?.valued.standing === 'trialing') continue;
    if (trials.some(({ startedOn }) => startedOn === on)) continue;
    const after = states.slice(index).filter((later) => later.valued.standing !== 'trialing');
    const paid = after.find((later) => later.valued.annual > 0);
    const [first] = valued.items;
    const main = valued.items.reduce((a, b) => (a && b.trial <= a.trial ? a : b), first);
    trials.push({
      startedOn: on,
      endedOn: after[0] ? dayAt(after[0].state.effectiveAt, zone) : null,
      convertedOn: paid?.on ?? null,
      currency: state.currency,
      main: main ? { priceId: main.priceId, productId: main.productId } : null,
    });
  }
  return trials;
}

/** Stretches of days over which an item has no value. */
function unvaluedOf(states: readonly DatedState[]) {
  const found: {
    itemId: string;
    fromOn: PlainDay;
    untilOn: PlainDay | null;
    what: string;
    reason: string;
    annual: number | null;
    currency: string;
  }[] = [];
  for (const { on, state, valued } of states) {
    const counting = state.status === 'active' || state.status === 'past_due' || state.status === 'trialing';
    const now = counting ? valued.unvalued : [];
    for (const open of found)
      if (open.untilOn === null && !now.some((item) => item.itemId === open.itemId && item.reason === open.reason))
        open.untilOn = on;
    for (const { itemId, what, reason, annual } of now)
      if (!found.some((open) => open.itemId === itemId && open.untilOn === null)) {
        const again = found.findIndex((open) => open.itemId === itemId && open.fromOn === on);
        if (again >= 0) found.splice(again, 1);
        found.push({ itemId, fromOn: on, untilOn: null, what, reason, annual, currency: state.currency });
      }
  }
  return found;
}
