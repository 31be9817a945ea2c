/** Changes facts and recomputes, again and again, until it is killed. Run by recompute-kill.test.ts. */
import { recompute, recomputeOnThreads, VARIO, type MetricsContext } from '../../src/main/engine/metrics/index.ts';
import type { Subscription } from '../../src/main/engine/domain/index.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { plainDay, UTC } from '../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../src/shared/kernel/instant.ts';
import { openDerivingThreads } from '../support/deriving-threads.ts';

const [file = '', seed = '0', where = 'in place'] = process.argv.slice(2);
const KEY = new Uint8Array(32).fill(7);
const { db } = openWriter(file, KEY);
// Started once: what is killed is their work, not their start.
const threads = where === 'on threads' ? await openDerivingThreads(file, KEY)() : null;
const context: MetricsContext = {
  now: instantOfIso('2026-06-30T12:00:00Z'),
  today: plainDay('2026-06-30'),
  zone: UTC,
  currency: currencyCode('USD'),
  policy: VARIO,
  weekStartsOn: 1,
  fiscalYearStartMonth: 1,
  growthTarget: null,
  milestoneMinor: null,
};
const stored = db.prepare<[], { id: string; body: string; customer_id: number }>(
  `SELECT s.id, s.body, b.customer_id FROM subscription s
   JOIN billing_customer b ON b.source_id = s.source_id AND b.id = s.billing_customer_id`,
);
process.stdout.write('ready\n');
for (let round = Number(seed) * 1_000; ; round++) {
  db.transaction(() => {
    for (const { id, body, customer_id } of stored.all()) {
      const parsed = JSON.parse(body) as Subscription;
      const [item] = parsed.items;
      if (!item) continue;
      const changed = { ...parsed, items: [{ ...item, quantity: String(1 + ((round + customer_id) % 9)) }] };
      db.prepareWrite<[string, number, string, string]>(
        `INSERT OR REPLACE INTO subscription_sighting (source_id, subscription_id, seen_at, seen_by, event_id, event_type, body)
         VALUES (1, ?, ?, 'event', ?, NULL, ?)`,
      ).run(id, context.now - 86_400_000 * (round % 40), `evt_${id}_${round % 40}`, JSON.stringify(changed));
      db.prepareWrite<[number]>(`INSERT OR IGNORE INTO dirty_customer VALUES (?)`).run(customer_id);
    }
  });
  if (threads === null) recompute(db, context, { customersPerStep: 7 });
  else {
    const open = () => Promise.resolve({ ...threads, close: () => Promise.resolve() });
    await recomputeOnThreads(db, context, open, { customersPerStep: 64 });
  }
}
