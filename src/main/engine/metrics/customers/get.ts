/** `customers.get`: one customer's figures, subscriptions and sources. */
import type { CustomerRow, CustomerSubscriptionSchema } from '../../../../shared/contract/customers.ts';
import type { z } from 'zod';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { dayAt, type PlainDay } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { minor, type Minor } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { convert, rateBook } from '../../fx/index.ts';
import type { Subscription } from '../../domain/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import type { SubscriptionState } from '../core/state.ts';
import { sourceUrl } from '../explain/source-link.ts';
import { scheduledEnd } from '../history/status-steps.ts';
import { customerLevels } from '../ledger/rollup.ts';
import { storedMovementReader } from '../ledger/stored-customer.ts';
import { ledgerView } from '../query/ledger-view.ts';
import { storedHistories } from '../query/policy-view.ts';
import { annualOf, customerRow, ROW_COLUMNS, storedCurrency, type StoredRow } from './customer-row.ts';

export interface CustomerDetail {
  readonly customer: CustomerRow;
  readonly currency: CurrencyCode;
  readonly arr: Minor | null;
  readonly shareOfMrr: number | null;
  readonly lifetimeCash: Minor | null;
  readonly subscriptions: z.infer<typeof CustomerSubscriptionSchema>[];
  readonly mrrHistory: { on: PlainDay; mrr: Minor }[];
  readonly sources: { sourceName: string; id: string; url: string | null }[];
}

/** @throws AppError `not_found` for a customer that does not exist, was erased, or is part of another one since they were merged. */
export function customer(
  db: ReadDb,
  { customerId }: { readonly customerId: CustomerId },
  context: MetricsContext,
): CustomerDetail {
  const stored = db
    .prepare<[number], StoredRow>(
      `SELECT ${ROW_COLUMNS} FROM customer c LEFT JOIN customer_standing s ON s.customer_id = c.customer_id
       WHERE c.customer_id = ? AND c.erased_at IS NULL AND c.merged_into_id IS NULL`,
    )
    .first(customerId);
  if (!stored) throw new AppError('not_found', `There is no customer ${customerId}`);
  const currency = storedCurrency(db, context);
  const row = customerRow(stored);
  const annual = annualOf(stored);
  const company = ledgerView(db).stock('mrr', context.today, currency).annual;
  return {
    customer: row,
    currency,
    arr: annual === null ? null : minor(annual),
    shareOfMrr: company === 0 || stored.reporting_minor === null ? null : stored.reporting_minor / company,
    lifetimeCash: lifetimeCash(db, customerId, currency, context),
    subscriptions: subscriptionsOf(db, customerId, currency, context),
    mrrHistory: mrrHistory(db, customerId, currency, context.today),
    sources: db
      .prepare<[number], { vendor: string; name: string; id: string }>(
        `SELECT s.vendor, s.name, b.id FROM billing_customer b JOIN source s ON s.source_id = b.source_id
         WHERE b.customer_id = ? ORDER BY s.name, b.id`,
      )
      .all(customerId)
      .map(({ vendor, name, id }) => ({ sourceName: name, id, url: sourceUrl(vendor, id) })),
  };
}

/** Charges less refunds, each at its day's rate; null where a rate is missing. */
function lifetimeCash(
  db: ReadDb,
  customerId: CustomerId,
  currency: CurrencyCode,
  { zone }: MetricsContext,
): Minor | null {
  const rates = rateBook(db);
  const rows = db
    .prepare<[number, number], { currency: string; created_at: Instant; amount: number }>(
      `SELECT h.currency, h.created_at, h.amount_minor AS amount FROM billing_customer b
       JOIN charge h ON h.source_id = b.source_id AND h.billing_customer_id = b.id
       WHERE b.customer_id = ? AND h.status = 'succeeded'
       UNION ALL
       SELECT r.currency, r.created_at, -r.amount_minor FROM billing_customer b
       JOIN charge h ON h.source_id = b.source_id AND h.billing_customer_id = b.id
       JOIN refund r ON r.source_id = h.source_id AND r.charge_id = h.id
       WHERE b.customer_id = ? AND coalesce(r.status, 'succeeded') IN ('succeeded', 'pending', 'requires_action')`,
    )
    .all(customerId, customerId);
  let total = 0;
  for (const row of rows) {
    const rate = rates.rate(row.currency, currency, dayAt(row.created_at, zone));
    if (!rate) return null;
    total += convert(row.amount, rate);
  }
  return minor(total);
}

function mrrHistory(
  db: ReadDb,
  customerId: CustomerId,
  currency: CurrencyCode,
  today: PlainDay,
): { on: PlainDay; mrr: Minor }[] {
  const rates = rateBook(db);
  const levels = new Map<string, number>();
  const history = new Map<PlainDay, Minor>();
  for (const { on, currency: native, level } of customerLevels(storedMovementReader(db)(customerId))) {
    if (on > today) break;
    levels.set(native, level);
    let annual = 0;
    for (const [held, amount] of levels) {
      const rate = rates.rate(held, currency, on);
      if (rate) annual += convert(amount, rate);
    }
    history.set(on, divideRounded(annual, 12));
  }
  return [...history].map(([on, mrr]) => ({ on, mrr }));
}

function subscriptionsOf(
  db: ReadDb,
  customerId: CustomerId,
  currency: CurrencyCode,
  context: MetricsContext,
): CustomerDetail['subscriptions'] {
  const rates = rateBook(db);
  const last = db.prepare<[number, string], { body: string; vendor: string }>(
    `SELECT u.body, s.vendor FROM subscription u JOIN source s ON s.source_id = u.source_id WHERE u.source_id = ? AND u.id = ?`,
  );
  const product = db.prepare<[number, string], { name: string }>(
    `SELECT name FROM product WHERE source_id = ? AND id = ?`,
  );
  const [history] = storedHistories(db, context.policy, context.zone, customerId);
  return (history?.subscriptions ?? []).flatMap(({ sourceId, subscriptionId, states }) => {
    const current = states.findLast(({ on }) => on <= context.today) ?? states[0];
    const row = last.first(sourceId, subscriptionId);
    if (!current || !row) return [];
    const body = JSON.parse(row.body) as Subscription;
    const [item] = current.state.items;
    const rate = rates.rate(current.state.currency, currency, context.today);
    const end = body.endedAt ?? scheduledEnd(body);
    const periods = body.items.map((each) => each.currentPeriodEnd).filter((at) => at !== null);
    return [
      {
        subscriptionId,
        status: current.state.status,
        plan:
          (item?.price.productId ? product.first(sourceId, item.price.productId)?.name : null) ??
          item?.price.nickname ??
          null,
        mrr: rate && divideRounded(convert(current.valued.annual, rate), 12),
        currency: current.state.currency,
        startedOn: dayAt(body.startedAt, context.zone),
        currentPeriodEndsOn:
          periods.length > 0
            ? dayAt(
                periods.reduce((a, b) => (a < b ? a : b)),
                context.zone,
              )
            : null,
        endsOn: end === null ? null : dayAt(end, context.zone),
        discounts: discountNames(current.state),
        sourceUrl: sourceUrl(row.vendor, subscriptionId),
      },
    ];
  });
}

function discountNames({ discounts, items }: SubscriptionState): string[] {
  return [...items.flatMap((item) => item.discounts), ...discounts].map(({ coupon }) => coupon.name ?? coupon.id);
}
