/** `metrics.evidenceDisagreements`: where invoices and what was seen of a subscription differ, for reconciliation. */
import type { EvidenceDisagreement } from '../../../../shared/contract/evidence.ts';
import { dayAt } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { CustomerId, SourceId } from '../../../../shared/kernel/ids.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import type { StateItem } from '../core/state.ts';
import { valueState } from '../core/valuation.ts';
import { sourceUrl } from '../explain/source-link.ts';
import { disagreements, type Disagreement } from '../history/disagreements.ts';
import { subscriptionStates } from '../history/states.ts';
import { factReader } from '../ledger/load-facts.ts';

/** Customers per page: some tenth of a second. */
const CUSTOMERS_PER_PAGE = 500;

export interface DisagreementsInput {
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

export interface DisagreementsPage {
  readonly rows: EvidenceDisagreement[];
  readonly customersSearched: number;
  readonly customersInAll: number;
  /** Of this page and those before it. */
  readonly foundSoFar: number;
  readonly searchedSoFar: number;
  /** Known with the last page. */
  readonly total: number | null;
  readonly cursor: string | null;
}

/**
 * Compares from the facts, customer by customer, and stores nothing. A page
 * ends with a customer, and may hold more rows than `limit` for its sake.
 * @throws AppError `invalid_input` for a cursor that no page gave.
 */
export function evidenceDisagreements(
  db: ReadDb,
  input: DisagreementsInput,
  context: MetricsContext,
): DisagreementsPage {
  const before = placeOf(input.cursor ?? null);
  const customersInAll =
    db.prepare<[], { n: number }>(`SELECT count(DISTINCT customer_id) AS n FROM billing_customer`).first()?.n ?? 0;
  const next = db.prepare<[number, number], { customer_id: CustomerId; name: string }>(
    `SELECT customer_id, name FROM customer c WHERE customer_id > ?
       AND EXISTS (SELECT 1 FROM billing_customer b WHERE b.customer_id = c.customer_id)
     ORDER BY customer_id LIMIT ?`,
  );
  const readFacts = factReader(db, { allInvoices: true });
  const describe = describer(db, context);
  const rows: EvidenceDisagreement[] = [];
  const customers = next.all(before.customerId, CUSTOMERS_PER_PAGE);
  let searched = 0;
  for (const { customer_id: customerId, name } of customers) {
    if (rows.length >= input.limit) break;
    searched += 1;
    for (const facts of readFacts(customerId))
      for (const found of disagreements(facts, subscriptionStates(facts)))
        rows.push({ customerId, customerName: name, ...describe(facts.sourceId, facts.subscriptionId, found) });
  }
  const last = customers[searched - 1]?.customer_id;
  const foundSoFar = before.found + rows.length;
  const searchedSoFar = before.searched + searched;
  const more = searched < customers.length || customers.length === CUSTOMERS_PER_PAGE;
  const cursor = more && last !== undefined ? `${last}.${searchedSoFar}.${foundSoFar}` : null;
  return {
    rows,
    customersSearched: searched,
    customersInAll,
    foundSoFar,
    searchedSoFar,
    total: cursor === null ? foundSoFar : null,
    cursor,
  };
}

function describer(db: ReadDb, { zone, policy }: MetricsContext) {
  const vendors = db.prepare<[number], { vendor: string }>(`SELECT vendor FROM source WHERE source_id = ?`);
  return (sourceId: number, subscriptionId: string, { at, cause, note, invoiceId, invoiced, state }: Disagreement) => {
    const vendor = vendors.first(sourceId)?.vendor;
    const billed = valueState({ ...state, status: 'active', paused: false, items: invoiced }, policy);
    const valued = valueState(state, policy);
    return {
      sourceId: sourceId as SourceId,
      subscriptionId,
      on: dayAt(at, zone),
      currency: state.currency,
      cause,
      note,
      invoices: {
        annualMinor: billed.unvalued.length > 0 ? null : billed.annual,
        items: itemsText(invoiced),
        objectId: invoiceId,
        sourceUrl: sourceUrl(vendor, invoiceId),
      },
      state: {
        annualMinor: valued.unvalued.length > 0 ? null : valued.annual,
        items: itemsText(state.items.filter(({ price }) => price.recurring?.usageType === 'licensed')),
        objectId: state.evidenceId,
        sourceUrl: sourceUrl(vendor, state.evidenceId),
        evidence: state.evidence,
      },
    };
  };
}

function itemsText(items: readonly StateItem[]): string {
  return items.map(({ price, quantity }) => `${price.nickname ?? price.id} × ${quantity}`).join(', ') || 'no item';
}

interface Place {
  /** The last customer looked at. */
  readonly customerId: number;
  readonly searched: number;
  readonly found: number;
}

function placeOf(cursor: string | null): Place {
  if (cursor === null) return { customerId: 0, searched: 0, found: 0 };
  const [, customerId, searched, found] = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (customerId === undefined) throw new AppError('invalid_input', `“${cursor}” is no cursor that a page gave`);
  return { customerId: Number(customerId), searched: Number(searched), found: Number(found) };
}
