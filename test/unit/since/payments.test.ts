/** Payments that failed and were recovered since a look, and a whole company's bridge: read off the demo company as it goes on. */
import { expect, test } from 'vitest';
import { metricsContext } from '../../../src/main/engine/api/metrics-context.ts';
import { readWorkspace } from '../../../src/main/engine/api/workspace-settings.ts';
import { recompute, snapshot } from '../../../src/main/engine/metrics/index.ts';
import { look, since } from '../../../src/main/engine/since/index.ts';
import { DAY_MS } from '../../../src/shared/kernel/instant.ts';
import { testCompany } from '../../support/synced-company.ts';

test('a month without a look is told whole: the bridge adds up, and every payment that failed or came in is in it', async () => {
  const { db, sync, servers } = await testCompany({ scale: 0.1 });
  const context = () => metricsContext(readWorkspace(db), servers.control.now());
  await sync();
  recompute(db, context());
  const then = snapshot(db, {}, context());
  const lookedAt = context().now;
  look(db, true, lookedAt);
  servers.control.advance(30 * DAY_MS);
  await sync();
  recompute(db, context());

  const told = since(db, { limit: 500 }, context());
  const { mrr } = told;
  if (mrr === null) throw new Error('a bridge was expected');
  expect(mrr.from).toBe(then.mrr);
  expect(mrr.to).toBe(snapshot(db, {}, context()).mrr);
  const { from, to, ...parts } = mrr;
  expect(Object.values(parts).reduce<number>((sum, part) => sum + part, from)).toBe(to);
  expect(told.customers.total).toBeGreaterThan(2);
  expect(told.customers.rows).toHaveLength(told.customers.total);

  const payments = (column: 'failed_at' | 'recovered_at') =>
    db.all(db.build.selectFrom('failed_payment').select(column).where(column, '>', lookedAt)).length;
  expect(told.failed.total).toBe(payments('failed_at'));
  expect(told.recovered.total).toBe(payments('recovered_at'));
  expect(told.failed.total).toBeGreaterThan(0);
  expect(since(db, { limit: 1 }, context()).failed.rows, 'the newest first').toEqual(told.failed.rows.slice(0, 1));
});
