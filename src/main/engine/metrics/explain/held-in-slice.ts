/** What of a subscription's state lies in a slice: the amounts of its prices that do. */
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import { valueState } from '../core/valuation.ts';
import type { Policy } from '../core/policy.ts';
import { currencyNumber } from '../ledger/customer-block.ts';
import { stateUnpacker, type StateRow } from '../ledger/state-store.ts';
import type { SlicedView } from '../slices/sliced-view.ts';

interface HeldState {
  readonly source_id: number;
  readonly subscription_id: string;
  readonly customer_id: CustomerId;
  readonly currency: string;
  readonly annual_minor: number;
  readonly trial_minor: number;
  readonly standing: string;
}

/** The states of a slice's customers, each with the amounts of the slice's prices alone. A trial lies where its main price does. */
export function heldInSlice<Held extends HeldState>(
  db: ReadDb,
  held: readonly Held[],
  { selection, ledger }: SlicedView,
  policy: Policy,
  day: PlainDay,
): Held[] {
  const { customer, currencies, byItem } = selection;
  const mine = held.filter(
    (state) =>
      (!customer || customer(state.customer_id)) && (!currencies || currencies.has(currencyNumber(state.currency))),
  );
  const isChosen = (item: number) => {
    const chosen = selection.items();
    return chosen === null || chosen[item] === 1;
  };
  if (!byItem || selection.items() === null) return mine;
  const stateOn = db.prepare<[number, number, string, string], StateRow>(
    `SELECT effective_at, status, currency, scheduled_end, evidence, evidence_id, body FROM subscription_state
     WHERE customer_id = ? AND source_id = ? AND subscription_id = ? AND effective_on <= ? ORDER BY effective_at DESC LIMIT 1`,
  );
  const unpack = stateUnpacker(db);
  return mine.flatMap((state) => {
    const stored = stateOn.first(state.customer_id, state.source_id, state.subscription_id, day);
    if (!stored) return [];
    const items = valueState(unpack(stored), policy).items.map((item) => ({
      ...item,
      number: ledger.book.numberOf(state.source_id, item.priceId, item.productId),
    }));
    const main = items.reduce<(typeof items)[number] | undefined>(
      (a, b) => (!a || b.trial > a.trial ? b : a),
      undefined,
    );
    const own = items.filter(({ number }) => isChosen(number));
    if (own.length === 0) return [];
    const isHere = main !== undefined && isChosen(main.number);
    return [
      {
        ...state,
        annual_minor: own.reduce((sum, { annual }) => sum + annual, 0),
        trial_minor: own.reduce((sum, { trial }) => sum + trial, 0),
        standing: state.standing === 'trialing' && !isHere ? 'trialing elsewhere' : state.standing,
      },
    ];
  });
}
