/** A small company in a real encrypted store: facts and ledger rows as sync and recompute leave them. */
import type { CurrencyCode } from '../../../src/shared/kernel/currency.ts';
import { addDays, dayAt, plainDay, startOfDay, UTC, type PlainDay } from '../../../src/shared/kernel/day.ts';
import { DAY_MS, instant, type Instant } from '../../../src/shared/kernel/instant.ts';
import type { NativeNotification } from '../../../src/main/engine/runtime/ports.ts';
import { evaluateAlerts, listAlerts } from '../../../src/main/engine/alerts/index.ts';
import type { WriteDb } from '../../../src/main/engine/store/index.ts';
import { fakeClock } from '../../support/engine-ports.ts';
import { storeKey, testStore } from '../../support/store.ts';

export const TODAY = plainDay('2026-11-21');
const USD = 'USD' as CurrencyCode;

export function company(options: { growthTarget?: number | null; runningSince?: Instant } = {}) {
  const clock = fakeClock(`${TODAY}T12:00:00Z`);
  const key = storeKey();
  const { db, close, options: opened } = testStore({ clock, key: Uint8Array.from(key) });
  const notifications: NativeNotification[] = [];
  const settings = { growthTarget: options.growthTarget ?? null, quietHours: null };
  db.run(db.build.insertInto('ledger_run').values({ run_id: 1, started_at: 0, ended_at: 0, cause: 'facts' }));
  return {
    db,
    clock,
    notifications,
    settings,
    evaluate() {
      const runningSince = options.runningSince ?? instant(0);
      const notify = (notification: NativeNotification) => void notifications.push(notification);
      return evaluateAlerts(db, { clock, zone: UTC, currency: USD, ...settings, runningSince, notify });
    },
    /** The program ends; another one opens the same database and evaluates. */
    evaluateAfterRestart() {
      close();
      const store = testStore({ ...opened, clock, key: Uint8Array.from(key) });
      const notify = (notification: NativeNotification) => void notifications.push(notification);
      return evaluateAlerts(store.db, {
        clock,
        zone: UTC,
        currency: USD,
        ...settings,
        runningSince: clock.now(),
        notify,
      });
    },
    inbox: (state: 'open' | 'snoozed' | 'done' | 'all' = 'all') =>
      listAlerts(db, { state, limit: 200 }, clock.now()).rows,
    ...facts(db, clock),
  };
}

function facts(db: WriteDb, clock: { now(): Instant }) {
  const at = (day: PlainDay): Instant => startOfDay(day, UTC);
  let sources = 0;
  const ledger = (customerId: number, movement: { on: PlainDay; kind: string; annual: number; reason?: string }) => {
    db.run(
      db.build.insertInto('movement').values({
        run_id: 1,
        customer_id: customerId,
        moved_on: movement.on,
        kind: movement.kind,
        reason: movement.reason ?? null,
        source_id: 1,
        subscription_id: `sub_${customerId}`,
        price_id: 'price_pro',
        product_id: 'prod_pro',
        currency: 'USD',
        annual_minor: movement.annual,
        reporting_minor: movement.annual,
        evidence: 'read',
        evidence_id: `sub_${customerId}`,
      }),
    );
    const gauge = { gauge: 'mrr', changed_on: movement.on, currency: 'USD' };
    db.run(
      db.build
        .insertInto('gauge_rollup')
        .values({ ...gauge, delta: movement.annual })
        .onConflict((conflict) =>
          conflict
            .columns(['gauge', 'changed_on', 'currency'])
            .doUpdateSet((update) => ({ delta: update('gauge_rollup.delta', '+', movement.annual) })),
        ),
    );
  };
  const standing = (customerId: number, annual: number, state = annual > 0 ? 'paying' : 'ended') =>
    db.run(
      db.build
        .updateTable('customer_standing')
        .set({ reporting_minor: annual, standing: state })
        .where('customer_id', '=', customerId),
    );

  return {
    /** A billing source; imported at once unless said otherwise. */
    source({ imported = true, name = 'Stripe' }: { imported?: boolean; name?: string } = {}): number {
      sources += 1;
      const { lastId } = db.run(
        db.build.insertInto('source').values({
          vendor: 'stripe',
          name: `${name}${sources > 1 ? sources : ''}`,
          config: '{}',
          state: 'ready',
          connected_at: clock.now(),
        }),
      );
      db.run(
        db.build
          .insertInto('product')
          .values({ source_id: lastId, id: 'prod_pro', name: 'Pro', active: 1, metadata: '{}' }),
      );
      if (imported) this.synced(lastId);
      return lastId;
    },
    /** A sync that ended now. */
    synced(
      sourceId: number,
      outcome: 'done' | 'failed' = 'done',
      error: { code: string; message: string } | null = null,
    ) {
      db.run(
        db.build.insertInto('sync_run').values({
          source_id: sourceId,
          started_at: clock.now(),
          ended_at: clock.now(),
          outcome,
          error_code: error?.code ?? null,
          error_message: error?.message ?? null,
        }),
      );
      if (outcome === 'done')
        db.run(
          db.build
            .insertInto('stream_state')
            .values({
              source_id: sourceId,
              stream: 'subscriptions',
              backfilled_at: clock.now(),
              synced_at: clock.now(),
            })
            .onConflict((conflict) =>
              conflict.columns(['source_id', 'stream']).doUpdateSet({ synced_at: clock.now() }),
            ),
        );
    },
    /** A customer who has paid `mrr` cents a month since a day. */
    customer(name: string, mrr: number, since: PlainDay = plainDay('2024-09-01')): number {
      const { lastId: id } = db.run(db.build.insertInto('customer').values({ name, created_at: at(since) }));
      const record = { currency: 'USD', delinquent: 0, balance_minor: 0, discounts: '[]', metadata: '{}' };
      db.run(
        db.build
          .insertInto('billing_customer')
          .values({ source_id: 1, id: `cus_${id}`, customer_id: id, name, created_at: at(since), ...record }),
      );
      db.run(
        db.build
          .insertInto('customer_standing')
          .values({ customer_id: id, standing: 'paying', plan: 'Pro', first_paid_on: since }),
      );
      ledger(id, { on: since, kind: 'new', annual: mrr * 12 });
      standing(id, mrr * 12);
      db.run(
        db.build.insertInto('subscription_state').values({
          source_id: 1,
          subscription_id: `sub_${id}`,
          effective_at: at(since),
          effective_on: since,
          customer_id: id,
          status: 'active',
          standing: 'paying',
          currency: 'USD',
          annual_minor: mrr * 12,
          trial_minor: 0,
          scheduled_end: 0,
          evidence: 'read',
          evidence_id: `sub_${id}`,
          body: '{}',
        }),
      );
      return id;
    },
    /** The subscription as last read at the vendor. */
    subscription(
      customerId: number,
      change: {
        cancelAt?: Instant;
        calledOffAt?: Instant;
        endedAt?: Instant;
        feedback?: string;
        comment?: string;
      } = {},
    ) {
      const row = {
        status: change.endedAt === undefined ? 'active' : 'canceled',
        cancel_at: change.cancelAt ?? null,
        canceled_at: change.calledOffAt ?? null,
        ended_at: change.endedAt ?? null,
        seen_at: clock.now(),
        body: JSON.stringify({
          cancelAtPeriodEnd: change.cancelAt !== undefined,
          items: [],
          cancellation: {
            reason: change.calledOffAt === undefined ? null : 'cancellation_requested',
            feedback: change.feedback ?? null,
            comment: change.comment ?? null,
          },
        }),
      };
      const key = { source_id: 1, id: `sub_${customerId}`, billing_customer_id: `cus_${customerId}`, currency: 'USD' };
      db.run(
        db.build
          .insertInto('subscription')
          .values({ ...key, created_at: 0, started_at: 0, ...row })
          .onConflict((conflict) => conflict.columns(['source_id', 'id']).doUpdateSet(row)),
      );
    },
    /** The ledger books the loss of everything a customer paid. */
    churn(customerId: number, on: PlainDay, mrr: number, reason = 'canceled') {
      ledger(customerId, { on, kind: 'churn', annual: -mrr * 12, reason });
      standing(customerId, 0);
    },
    comeBack(customerId: number, on: PlainDay, mrr: number) {
      ledger(customerId, { on, kind: 'reactivation', annual: mrr * 12 });
      standing(customerId, mrr * 12);
    },
    grow(customerId: number, on: PlainDay, mrr: number, by: number) {
      ledger(customerId, { on, kind: by > 0 ? 'expansion' : 'contraction', annual: by * 12 });
      standing(customerId, (mrr + by) * 12);
    },
    /** An invoice whose collection failed now. */
    failedInvoice(customerId: number, id: string, amount: number, failedAt: Instant = clock.now()) {
      const times = {
        created_at: failedAt - DAY_MS,
        finalized_at: failedAt - DAY_MS,
        period_start_at: failedAt,
        period_end_at: failedAt,
      };
      const sums = {
        subtotal_minor: amount,
        discount_minor: 0,
        tax_minor: 0,
        total_minor: amount,
        amount_due_minor: amount,
        amount_paid_minor: 0,
        amount_remaining_minor: amount,
        starting_balance_minor: 0,
      };
      db.run(
        db.build.insertInto('invoice').values({
          source_id: 1,
          id,
          number: id.toUpperCase(),
          billing_customer_id: `cus_${customerId}`,
          status: 'open',
          currency: 'USD',
          ...times,
          ...sums,
          attempt_count: 1,
          next_attempt_at: failedAt + 3 * DAY_MS,
          collection: 'charge_automatically',
        }),
      );
      db.run(
        db.build.insertInto('charge').values({
          source_id: 1,
          id: `ch_${id}`,
          billing_customer_id: `cus_${customerId}`,
          invoice_id: id,
          status: 'failed',
          currency: 'USD',
          amount_minor: amount,
          amount_refunded_minor: 0,
          created_at: failedAt,
          failure_message: 'Your card has insufficient funds.',
        }),
      );
    },
    payInvoice(id: string) {
      db.run(db.build.updateTable('invoice').set({ status: 'paid', amount_remaining_minor: 0 }).where('id', '=', id));
    },
    daysAgo: (days: number): PlainDay => addDays(dayAt(clock.now(), UTC), -days),
  };
}
