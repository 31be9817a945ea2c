/** Behind revenue and cash: invoices, credit notes, charges, refunds, fees and disputes. */
import { convert } from '../../fx/index.ts';
import { currencyNumber } from '../ledger/customer-block.ts';
import { FLOW_KINDS, type FlowKindName } from '../ledger/flow-kinds.ts';
import { partTest } from '../slices/flows/billed-in.ts';
import { customerOf, factMain, factShares, flowItems } from '../slices/flows/flow-columns.ts';
import { flowFacts, type FlowFact } from '../slices/flows/flow-facts.ts';
import { invoiceLines } from '../slices/flows/invoice-lines.ts';
import { BLANK, fitted, type DraftRow, type Explanation, type Question } from './draft-row.ts';

/** A kind of flow, and with what sign it goes into the figure. */
export type FlowPart = readonly [kind: FlowKindName, sign: 1 | -1];

/** A fact with what of it lies in the slice. */
interface Entry {
  readonly fact: FlowFact;
  /** Minor units of the fact's currency. */
  readonly amount: number;
  /** Whether the fact is counted here: its main price is the slice's. */
  readonly counted: boolean;
}

/** The entries of the given kinds in the period; of each day, kind and currency they add up to what the figure took. */
export function flowRows(question: Question, parts: readonly FlowPart[]): Explanation {
  const rows = parts.flatMap((part) => entryRows(question, part));
  return { unit: 'money', total: rows.reduce((sum, { amount }) => sum + amount, 0), rows };
}

/** The entries of one kind in the period, one each. */
export function flowCount(question: Question, kind: FlowKindName): Explanation {
  const { note } = FLOW_KINDS[kind];
  const rows = entriesOf(question, kind)
    .filter(({ counted }) => counted)
    .map(({ fact }) => ({ ...rowOf(fact), amount: 1, note }));
  return { unit: 'count', total: rows.length, rows };
}

function entryRows(question: Question, [kind, sign]: FlowPart): DraftRow[] {
  const { view, currency } = question;
  const { note } = FLOW_KINDS[kind];
  const groups = Map.groupBy(entriesOf(question, kind), ({ fact }) => `${fact.day}|${fact.currency}`);
  return [...groups.values()].flatMap((group): DraftRow[] => {
    const [first] = group;
    if (!first) return [];
    const rate = view.rates.rate(first.fact.currency, currency, first.fact.day);
    const sum = group.reduce((total, { amount }) => total + amount, 0);
    const amounts = rate
      ? fitted(
          group.map(({ amount }) => convert(amount, rate)),
          convert(sum, rate),
        )
      : group.map(() => 0);
    return group.map(({ fact, amount }, index) => {
      const part = amount === fact.amount ? note : `${note}, the part of this slice`;
      return {
        ...rowOf(fact),
        amount: sign * (amounts[index] ?? 0),
        note: rate ? part : `${part}; no rate from ${fact.currency} on this day`,
      };
    });
  });
}

function rowOf(fact: FlowFact): DraftRow {
  const object = { sourceId: fact.source_id, id: fact.id };
  return { ...BLANK, amount: 0, customerId: fact.customer_id, on: fact.day, object };
}

/** The facts of a kind in the period; of a slice those of which something lies in it. */
function entriesOf({ db, from, to, sliced }: Question, kind: FlowKindName): Entry[] {
  const facts = flowFacts(db, kind, from, to).sort((a, b) =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : a.id < b.id ? -1 : 1,
  );
  if (!sliced) return facts.map((fact) => ({ fact, amount: fact.amount, counted: true }));
  const book = flowItems(db);
  const { byPrice } = sliced.selection;
  const test = partTest(sliced.selection, book);
  const lines = invoiceLines(db, book);
  return facts.flatMap((fact): Entry[] => {
    if (!test.customer(customerOf(fact)) || !test.currency(currencyNumber(fact.paid_currency))) return [];
    if (!byPrice) return [{ fact, amount: fact.amount, counted: true }];
    const shares = factShares(fact, kind, lines);
    const own = shares.filter(({ item }) => test.items(item));
    if (own.length === 0) return [];
    const counted = test.items(factMain(fact, kind, lines, shares));
    return [{ fact, amount: own.reduce((sum, { amount }) => sum + amount, 0), counted }];
  });
}
