/** Refunds, disputes and credit notes, by the invoice (or, without one, the charge) that they correct. */
import type { Instant } from '../../../shared/kernel/instant.ts';
import { apportion } from '../../../shared/kernel/money.ts';
import type { CreditNote } from '../domain/index.ts';
import type { ReadDb } from '../store/index.ts';
import type { BillingEvent } from './billing.ts';

interface MoneyBackRow {
  source_id: number;
  id: string;
  /** The invoice that the charge names, before «basil». */
  invoice_id: string | null;
  /** JSON: every payment of an invoice by the charge, else by the intent, as [invoice, status, amount paid]. */
  paid: string | null;
  charge_id: string | null;
  amount_minor: number;
  created_at: Instant;
}

type RefundRow = MoneyBackRow;
type DisputeRow = MoneyBackRow & { won_at: Instant | null };

interface CreditNoteRow {
  source_id: number;
  invoice_id: string;
  created_at: Instant;
  voided_at: Instant | null;
  total_minor: number;
  total_excluding_tax_minor: number;
  refunds: string | null;
  lines: string | null;
}

/**
 * The invoices that a payment paid. The indexes are named because without statistics SQLite reads the whole table in
 * the order of its key.
 */
function paidBy(payment: string, intent: string): string {
  const invoices = 'json_group_array(json_array(p.invoice_id, p.status, p.amount_paid_minor))';
  return `coalesce(
    (SELECT nullif(${invoices}, '[]') FROM invoice_payment p INDEXED BY invoice_payment_by_charge
      WHERE p.source_id = ${payment}.source_id AND p.charge_id = ${payment}.charge_id),
    (SELECT nullif(${invoices}, '[]') FROM invoice_payment p INDEXED BY invoice_payment_by_intent
      WHERE p.source_id = ${payment}.source_id AND p.payment_intent_id = ${intent})) AS paid`;
}

const REFUNDS = `
  SELECT r.source_id, r.id, r.amount_minor, r.created_at, r.charge_id, c.invoice_id,
    ${paidBy('r', 'coalesce(c.payment_intent_id, r.payment_intent_id)')}
  FROM refund r
  LEFT JOIN charge c ON c.source_id = r.source_id AND c.id = r.charge_id
  WHERE r.status IS NULL OR r.status IN ('succeeded', 'pending')`;

// An inquiry (warning_…) moves no money; a dispute that was won counts where it is known when the money came home.
const DISPUTES = `
  SELECT * FROM (
    SELECT d.source_id, d.id, d.amount_minor, d.created_at, d.status, d.charge_id, c.invoice_id,
      ${paidBy('d', 'c.payment_intent_id')},
      CASE WHEN d.status = 'won' THEN coalesce(
        d.reinstated_at,
        (SELECT min(b.created_at) FROM balance_transaction b
          WHERE b.source_id = d.source_id AND b.source_object_id = d.id AND b.reporting_category = 'dispute_reversal')
      ) END AS won_at
    FROM dispute d
    LEFT JOIN charge c ON c.source_id = d.source_id AND c.id = d.charge_id
    WHERE d.status IN ('needs_response', 'under_review', 'lost', 'won'))
  WHERE status <> 'won' OR won_at IS NOT NULL`;

const CREDIT_NOTES = `
  SELECT source_id, invoice_id, created_at, voided_at, total_minor, total_excluding_tax_minor, refunds, lines
  FROM credit_note WHERE status = 'issued' OR voided_at IS NOT NULL`;

/** All corrections by `source/billing`. A refund that pays a credit note out is told by the note, and not again. */
export function correctionsByBilling(db: ReadDb): Map<string, BillingEvent[]> {
  const corrections = new Map<string, BillingEvent[]>();
  const add = (sourceId: number, billingId: string, event: BillingEvent): void => {
    const key = `${sourceId}/${billingId}`;
    const known = corrections.get(key);
    if (known) known.push(event);
    else corrections.set(key, [event]);
  };

  const refunds = db.prepare<[], RefundRow>(REFUNDS).all();
  const amounts = new Map(refunds.map(({ source_id, id, amount_minor }) => [`${source_id}/${id}`, amount_minor]));
  const paidOut = new Map<string, number>();
  for (const note of db.prepare<[], CreditNoteRow>(CREDIT_NOTES).all()) {
    let refundedMinor = 0;
    for (const { refundId, amountMinor } of refundsOf(note)) {
      const key = `${note.source_id}/${refundId}`;
      const amount = amountMinor ?? amounts.get(key) ?? 0;
      refundedMinor += amount;
      paidOut.set(key, (paidOut.get(key) ?? 0) + amount);
    }
    add(note.source_id, note.invoice_id, {
      kind: 'credited',
      at: note.created_at,
      voidedAt: note.voided_at,
      netMinor: note.total_excluding_tax_minor,
      grossMinor: note.total_minor,
      refundedMinor,
      lines:
        note.lines === null
          ? []
          : (JSON.parse(note.lines) as CreditNote['lines']).map(({ invoiceLineId, netMinor }) => ({
              lineId: invoiceLineId,
              netMinor,
            })),
    });
  }
  for (const refund of refunds) {
    const rest = refund.amount_minor - (paidOut.get(`${refund.source_id}/${refund.id}`) ?? 0);
    for (const { billingId, grossMinor } of sharesOf(refund, rest))
      add(refund.source_id, billingId, { kind: 'refunded', at: refund.created_at, grossMinor });
  }
  for (const dispute of db.prepare<[], DisputeRow>(DISPUTES).all())
    for (const { billingId, grossMinor } of sharesOf(dispute, dispute.amount_minor))
      add(dispute.source_id, billingId, {
        kind: 'disputed',
        at: dispute.created_at,
        grossMinor,
        wonAt: dispute.won_at,
      });
  return corrections;
}

/**
 * Money that went back over what its payment paid: the invoice that the charge names, those that an invoice payment
 * names, each by what was paid of it, else the charge itself.
 */
function sharesOf(
  { invoice_id, paid, charge_id }: MoneyBackRow,
  amountMinor: number,
): { readonly billingId: string; readonly grossMinor: number }[] {
  if (amountMinor <= 0) return [];
  const only = invoice_id ?? (paid === null ? charge_id : null);
  if (only !== null) return [{ billingId: only, grossMinor: amountMinor }];
  const all = JSON.parse(paid ?? '[]') as [invoiceId: string, status: string, paidMinor: number | null][];
  const settled = all.filter(([, status]) => status === 'paid');
  const invoices = settled.length > 0 ? settled : all;
  const weights = invoices.map(([, , paidMinor]) => Math.max(0, paidMinor ?? 0));
  const isKnown = weights.some((weight) => weight > 0);
  const shares = apportion(amountMinor, isKnown ? weights : weights.map(() => 1));
  return invoices
    .map(([billingId], index) => ({ billingId, grossMinor: shares[index] ?? 0 }))
    .filter(({ grossMinor }) => grossMinor > 0);
}

function refundsOf({ refunds }: CreditNoteRow): CreditNote['refunds'] {
  return refunds === null ? [] : (JSON.parse(refunds) as CreditNote['refunds']);
}
