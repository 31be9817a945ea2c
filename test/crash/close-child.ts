/** Closes and reopens months, and lets late facts restate them, again and again, until it is killed. Run by close-kill.test.ts. */
import { openMonths, reopenMonth } from '../../src/main/engine/closing/index.ts';
import { recompute, VARIO, type MetricsContext } from '../../src/main/engine/metrics/index.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { plainDay, UTC } from '../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../src/shared/kernel/instant.ts';
import { close, compare } from '../unit/closing/close.ts';

const [file = '', seed = '0'] = process.argv.slice(2);
const { db } = openWriter(file, new Uint8Array(32).fill(7));
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
process.stdout.write('ready\n');
for (let round = Number(seed) * 1_000; ; round++) {
  recompute(db, context);
  compare(db, context);
  for (const month of openMonths(db, context)) {
    close(db, month, context);
    process.stdout.write(`${month}\n`);
  }
  db.transaction(() => {
    // Everybody's quantity of January was another one, it turns out.
    db.prepareWrite<[string]>(`UPDATE subscription_sighting SET body = json_set(body, '$.items[0].quantity', ?)`).run(
      String(1 + (round % 7)),
    );
    db.prepareWrite(`INSERT OR IGNORE INTO dirty_customer SELECT customer_id FROM customer`).run();
  });
  recompute(db, context, { customersPerStep: 7 });
  compare(db, context);
  reopenMonth(db, openable(round), `round ${round}`, context.now);
}

function openable(round: number) {
  const months = db
    .prepare<[], { month: ReturnType<typeof openMonths>[number] }>(
      `SELECT month FROM month_close c WHERE NOT EXISTS (SELECT 1 FROM month_reopening r WHERE r.close_id = c.close_id) ORDER BY month`,
    )
    .all();
  return months[round % months.length]!.month;
}
