/** One slice's part of the stocks beside MRR, by day. */
import { currencyOfNumber } from '../ledger/customer-block.ts';
import type { GaugeRollupRow } from '../ledger/rollup.ts';
import { gaugeRowsOf } from './cut.ts';
import type { Selection } from './selection.ts';
import type { StateColumns } from './state-columns.ts';
import { STATE_GAUGES, TRIALS } from './state-gauges.ts';

/** Changes by day, by gauge. */
type Lanes = (Float64Array | undefined)[];

/** A trial counts under its main price. */
export function cutStates(states: StateColumns, selection: Selection): GaugeRollupRow[] {
  const { length, customers, days, items, currencies, gauges, amounts, firstDay, lastDay } = states;
  const { customer: holds, currencies: wanted } = selection;
  const chosen = selection.items();
  const span = Math.max(0, lastDay - firstDay + 1);
  // Counts have no currency of their own: the rollups keep them under none.
  const trials = new Float64Array(span);
  const byCurrency = new Map<number, Lanes>();
  let lanes: Lanes = [];
  let customer = -1;
  let isIn = true;
  let currency = -1;
  let isWanted = true;
  for (let index = 0; index < length; index++) {
    if (chosen && chosen[items[index] ?? -1] !== 1) continue;
    if (holds && customers[index] !== customer) {
      customer = customers[index] ?? 0;
      isIn = holds(customer);
    }
    if (!isIn) continue;
    if (currencies[index] !== currency) {
      currency = currencies[index] ?? 0;
      isWanted = !wanted || wanted.has(currency);
      const known = byCurrency.get(currency);
      lanes = known ?? [];
      if (!known) byCurrency.set(currency, lanes);
    }
    if (!isWanted) continue;
    const gauge = gauges[index] ?? 0;
    let lane = gauge === TRIALS ? trials : lanes[gauge];
    if (lane === undefined) lane = lanes[gauge] = new Float64Array(span);
    const offset = (days[index] ?? 0) - firstDay;
    lane[offset] = (lane[offset] ?? 0) + (amounts[index] ?? 0);
  }
  return [
    ...[...byCurrency].flatMap(([native, ofCurrency]) =>
      ofCurrency.flatMap((changes, gauge) =>
        changes ? gaugeRowsOf(STATE_GAUGES[gauge] ?? 'usage', currencyOfNumber(native), changes, firstDay) : [],
      ),
    ),
    ...gaugeRowsOf('trials', '', trials, firstDay),
  ];
}
