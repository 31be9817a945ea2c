/** Invoices and subscriptions, put together from the rows of ChartMogul's several tables. */
import { currencyCode, type CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { Fact, Invoice, InvoiceLine } from '../../domain/index.ts';
import { billingInterval } from './billing-facts.ts';
import type { FamilySpec, KeptRow, KnownRows, Values } from './kind.ts';
import { currencyOf, instantOf, isTrue, minorOf, needed, neededInstant, optional } from './read-values.ts';
import { serviceFacts, type ServiceLine } from './service-lives.ts';

export const CHARTMOGUL_FILES: FamilySpec = {
  family: 'chartmogul',
  title: 'ChartMogul files',
  vendors: [],
  // What a line bills depends on the invoice that it is on: whose, in which currency, and whether it was taken back.
  dependents: { invoice: 'of_its_rows', plan: 'all' },
  assemble: { invoice: invoiceFacts, subscription: subscriptionFacts },
  // Its invoices stand in three files.
  atOnce: [],
};

const ofKind = (rows: readonly KeptRow[], kind: string): KeptRow[] => rows.filter((row) => row.kind === kind);

/** An invoice with its lines, and the payments and refunds of it. Without the invoice's own row there is none yet. */
function invoiceFacts(id: string, known: KnownRows): readonly Fact[] {
  const parts = known.parts(`invoice/${id}`);
  const head = ofKind(parts, 'chartmogul_invoices')[0]?.values;
  if (!head) return [];
  const currency = currencyOf(head);
  const createdAt = neededInstant(head, 'created_at');
  const lines = ofKind(parts, 'chartmogul_line_items').map(({ key, values }) => lineOf(key, values, createdAt));
  const total = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const tax = lines.reduce((sum, { taxes }) => sum + taxes.reduce((of, { amountMinor }) => of + amountMinor, 0), 0);
  const moved = ofKind(parts, 'chartmogul_payments').toSorted((a, b) =>
    needed(a.values, 'created_at') < needed(b.values, 'created_at') ? -1 : 1,
  );
  const payments = moved.filter(({ values }) => values['type'] === 'payment');
  const paying = payments.filter(({ values }) => values['result'] === 'successful');
  const paid = paying.reduce((sum, { values }) => sum + (minorOf(values, 'amount') ?? total), 0);
  const lastPaid = paying.at(-1);
  const customerId = needed(head, 'customer_id');
  const said = optional(head, 'status') as Invoice['status'] | null;
  const status = said ?? (paid >= total ? 'paid' : 'open');
  const subscriptionIds = new Set(lines.flatMap(({ subscriptionId }) => subscriptionId ?? []));
  const invoice: Invoice = {
    id,
    number: id,
    customerId,
    subscriptionId: subscriptionIds.size === 1 ? ([...subscriptionIds][0] ?? null) : null,
    status,
    billingReason: null,
    currency,
    createdAt,
    finalizedAt: createdAt,
    paidAt: status === 'paid' ? (lastPaid ? neededInstant(lastPaid.values, 'created_at') : createdAt) : null,
    voidedAt: status === 'void' ? createdAt : null,
    uncollectibleAt: status === 'uncollectible' ? createdAt : null,
    dueAt: instantOf(head, 'due_at'),
    periodStart: createdAt,
    periodEnd: createdAt,
    subtotalMinor: total - tax,
    discountMinor: 0,
    taxMinor: tax,
    totalMinor: total,
    amountDueMinor: total,
    amountPaidMinor: status === 'paid' ? total : Math.min(paid, total),
    amountRemainingMinor: status === 'paid' ? 0 : Math.max(0, total - paid),
    startingBalanceMinor: 0,
    endingBalanceMinor: null,
    attemptCount: payments.length,
    nextAttemptAt: null,
    collection: /send|manual/i.test(head['collection'] ?? '') ? 'send_invoice' : 'charge_automatically',
    lines,
  };
  return [
    { kind: 'invoice', value: invoice },
    ...moved.flatMap((row) => movedFacts(row, invoice, paying[0] ? `${id}/${paying[0].key}` : null, total)),
  ];
}

/** What was paid is named after its invoice, so that it goes with it. */
function movedFacts({ key: ownKey, values }: KeptRow, invoice: Invoice, paidBy: string | null, total: number): Fact[] {
  const key = `${invoice.id}/${ownKey}`;
  const { currency, customerId } = invoice;
  const createdAt = neededInstant(values, 'created_at');
  const amountMinor = Math.abs(minorOf(values, 'amount') ?? total);
  const succeeded = values['result'] === 'successful';
  if (values['type'] === 'refund')
    return succeeded
      ? [
          {
            kind: 'refund',
            value: {
              id: key,
              chargeId: paidBy,
              paymentIntentId: null,
              status: 'succeeded',
              reason: null,
              currency,
              amountMinor,
              createdAt,
            },
          },
        ]
      : [];
  const charge: Fact = {
    kind: 'charge',
    value: {
      id: key,
      customerId,
      invoiceId: invoice.id,
      paymentIntentId: null,
      status: succeeded ? 'succeeded' : 'failed',
      currency,
      amountMinor,
      amountCapturedMinor: succeeded ? amountMinor : 0,
      amountRefundedMinor: 0,
      createdAt,
      failureCode: null,
      failureMessage: null,
      balanceTransactionId: null,
    },
  };
  if (!succeeded) return [charge];
  return [
    charge,
    {
      kind: 'invoice_payment',
      value: {
        id: key,
        invoiceId: invoice.id,
        paymentIntentId: null,
        chargeId: key,
        status: 'paid',
        currency,
        amountPaidMinor: amountMinor,
        createdAt,
      },
    },
  ];
}

/** The amount of a line is what was billed: after discounts, with tax. */
function lineOf(key: string, values: Values, createdAt: Instant): InvoiceLine {
  const type = needed(values, 'type');
  const tax = minorOf(values, 'tax') ?? 0;
  return {
    id: key,
    subscriptionId: optional(values, 'subscription_id'),
    subscriptionItemId: null,
    kind: type === 'subscription' || type === 'trial' ? 'subscription' : 'one_off',
    priceId: null,
    productId: null,
    price: null,
    description: optional(values, 'description') ?? optional(values, 'plan'),
    quantity: values['quantity'] ?? '1',
    amountMinor: minorOf(values, 'amount') ?? 0,
    discounts: [],
    taxes: tax === 0 ? [] : [{ amountMinor: tax, inclusive: true }],
    periodStart: instantOf(values, 'period_start_at') ?? createdAt,
    periodEnd: instantOf(values, 'period_end_at') ?? createdAt,
    proration: isTrue(values, 'proration'),
  };
}

/** A subscription is what its line items billed, from period to period, until it is cancelled: as ChartMogul counts it. */
function subscriptionFacts(id: string, known: KnownRows): readonly Fact[] {
  const parts = known.parts(`subscription/${id}`);
  const found: { customerId: string; currency: CurrencyCode }[] = [];
  const lines = ofKind(parts, 'chartmogul_line_items').flatMap(({ key, values }): ServiceLine[] => {
    const invoice = known.row('chartmogul_invoices', needed(values, 'invoice_id'))?.values;
    const type = needed(values, 'type');
    if (!invoice || invoice['status'] === 'void' || (type !== 'subscription' && type !== 'trial')) return [];
    found.push({ customerId: needed(invoice, 'customer_id'), currency: currencyCode(needed(invoice, 'currency')) });
    const plan = optional(values, 'plan');
    const planRow = plan === null ? null : (known.row('chartmogul_plans', plan) ?? known.parts(`plan/${plan}`)[0]);
    return [
      {
        id: key,
        start: neededInstant(values, 'period_start_at'),
        end: neededInstant(values, 'period_end_at'),
        netMinor: (minorOf(values, 'amount') ?? 0) - (minorOf(values, 'tax') ?? 0),
        quantity: values['quantity'] ?? '1',
        plan: planRow?.values['name'] ?? plan,
        isTrial: type === 'trial',
        isProration: isTrue(values, 'proration'),
        every: planRow
          ? billingInterval(needed(planRow.values, 'interval'), Number(planRow.values['interval_count'] ?? 1))
          : null,
      },
    ];
  });
  const [owner] = found;
  if (!owner) return [];
  const retracted = new Set(parts.flatMap(({ values }) => values['retracts'] ?? []));
  const ends = parts.flatMap(({ kind, key, values }) => {
    if (kind === 'chartmogul_cancellations') return neededInstant(values, 'ended_at');
    const cancels =
      kind === 'chartmogul_subscription_events' &&
      /cancel/i.test(values['type'] ?? '') &&
      !/retract/i.test(values['type'] ?? '');
    return cancels && !retracted.has(key) ? neededInstant(values, 'ended_at') : [];
  });
  return serviceFacts({ id, ...owner, lines, ends: ends.toSorted((a, b) => a - b), lapsesAfterDays: null });
}
