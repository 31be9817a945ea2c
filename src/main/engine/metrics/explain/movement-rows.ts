/** Behind a flow: the movements of the period, and what exchange rates did. */
import { MOVEMENT_KINDS, type MovementKind, type SliceMovementKind } from '../../../../shared/contract/metrics.ts';
import { roundToTotal } from '../../../../shared/kernel/money.ts';
import { convert } from '../../fx/index.ts';
import { movementSums } from '../query/movement-sums.ts';
import type { LedgerRow } from '../query/ledger-row.ts';
import { subscriptionMovements, type SubscriptionMovement } from '../query/movements.ts';
import { ledgerRowsUnder } from '../query/rows-under.ts';
import { BLANK, fitted, type DraftRow, type Explanation, type Question } from './draft-row.ts';

/** Movements of the given kinds, each with its share of the figure: monthly, or annual for ARR. */
export function movementRows(
  question: Question,
  kinds: readonly SliceMovementKind[],
  per: 'month' | 'year',
): Explanation {
  const { view, from, to, currency } = question;
  const sums = movementSums(view, from, to, currency);
  const figures = per === 'month' ? sums.mrr : sums.arr;
  const found = subscriptionMovements(question.db, { from, to, sliced: question.sliced, rows: rowsUnder(question) });
  const rows: DraftRow[] = [];
  let total = 0;
  for (const kind of [...MOVEMENT_KINDS, 'movedIn', 'movedOut'] as const) {
    if (!kinds.includes(kind)) continue;
    const figure = figures[kind] ?? 0;
    total += figure;
    if (kind === 'fx') {
      if (figures.fx !== 0)
        rows.push({ ...BLANK, amount: figures.fx, kind, note: 'Exchange rates moved; nothing was sold or lost' });
      continue;
    }
    const own = found.filter((row) => row.kind === kind);
    const annual = fitted(
      own.map((row) => annualOf(row, question)),
      sums.arr[kind] ?? 0,
    );
    const amounts = per === 'month' ? roundToTotal(figure, annual, 12) : annual;
    rows.push(...own.map((row, index) => movementRow(row, amounts[index] ?? 0)));
  }
  return { unit: 'money', total, rows };
}

/** The rows of the question's policy, where it is another than the stored ledger's. */
function rowsUnder({ db, policy, context }: Question): readonly LedgerRow[] | null {
  return policy && ledgerRowsUnder(db, policy, context);
}

/** A movement in the reporting currency of the question. */
function annualOf(row: SubscriptionMovement, { view, currency, context }: Question): number {
  if (row.reporting !== null && currency === context.currency) return row.reporting;
  const rate = view.rates.rate(row.currency, currency, row.on);
  return rate ? convert(row.annual, rate) : 0;
}

function movementRow(row: SubscriptionMovement, amount: number): DraftRow {
  return {
    amount,
    customerId: row.customerId,
    on: row.on,
    kind: row.kind,
    object: {
      sourceId: row.sourceId,
      id: row.evidence === 'event' || row.evidence === 'invoice' ? row.evidenceId : row.subscriptionId,
    },
    note: row.reason,
    evidence: row.evidence,
    native: { annual: row.annual, currency: row.currency },
    subscription: {
      sourceId: row.sourceId,
      id: row.subscriptionId,
      plan: row.plan,
      priceId: row.priceId,
      day: row.on,
    },
  };
}

/** Customers with a movement of a kind, counted once a day, as the figure counts them. */
export function movedCustomers(question: Question, kind: Exclude<MovementKind, 'fx'>): Explanation {
  const { db, from, to, sliced } = question;
  const seen = new Set<string>();
  const rows: DraftRow[] = [];
  for (const row of subscriptionMovements(db, { from, to, kind, sliced, rows: rowsUnder(question) })) {
    const key = `${row.on}|${row.customerId}`;
    if (seen.has(key)) continue;
    seen.add(key);
    rows.push({ ...movementRow(row, 1), native: null });
  }
  return { unit: 'count', total: rows.length, rows };
}
