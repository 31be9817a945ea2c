/** Figures while a long first sync is under way. */
import { expect, it } from 'vitest';
import { createChangeHub } from '../../../src/main/engine/api/change-hub.ts';
import { ledgerMeanwhile } from '../../../src/main/engine/api/ledger-meanwhile.ts';
import { systemHttp } from '../../../src/main/engine/runtime/index.ts';
import { MINUTE_MS } from '../../../src/shared/kernel/instant.ts';
import { rejectionOf } from '../../support/store.ts';
import { rowsIn, testCompany } from '../../support/synced-company.ts';

/** A company whose first sync stops in the middle of its invoices. */
async function halfWay() {
  const stop = new AbortController();
  let pages = 0;
  const company = await testCompany({
    scale: 0.1,
    http: async (request) => {
      if (new URL(request.url).pathname === '/v1/invoices' && (pages += 1) === 6) stop.abort();
      return await systemHttp(request);
    },
  });
  await rejectionOf(company.sync({ signal: stop.signal }));
  const steps: string[] = [];
  const { db, deps } = company;
  const meanwhile = ledgerMeanwhile(
    {
      db,
      clock: deps.clock,
      changes: createChangeHub(),
      notify: () => undefined,
      runningSince: deps.clock.now(),
      openThreads: () => Promise.reject(new Error('So few customers need no threads')),
      openClosing: () => Promise.reject(new Error('Nothing is to be closed')),
      compact: () => Promise.resolve(false),
    },
    ({ step }) => steps.push(step),
    new AbortController().signal,
  );
  return { ...company, meanwhile, steps, runs: () => rowsIn(db, 'ledger_run') };
}

it('the ledger follows after two minutes, and then every quarter of an hour; pages wait for it', async () => {
  const { meanwhile, runs, skipAhead, db, steps } = await halfWay();
  await meanwhile.turn();
  expect(runs()).toBe(0);

  skipAhead(2 * MINUTE_MS);
  // Two streams have a page each: both wait for the one computation.
  await Promise.all([meanwhile.turn(), meanwhile.turn()]);
  expect(runs()).toBe(1);
  expect(rowsIn(db, 'movement_rollup')).toBeGreaterThan(0);
  expect(rowsIn(db, 'dirty_customer')).toBe(0);
  expect(steps[0]).toBe('Computing the ledger of what is there so far');

  skipAhead(14 * MINUTE_MS);
  await meanwhile.turn();
  expect(runs()).toBe(1);
});

it('a sync of a source whose history is whole is never held back', async () => {
  const { meanwhile, runs, skipAhead, sync } = await halfWay();
  await sync();
  skipAhead(60 * MINUTE_MS);
  await meanwhile.turn();
  expect(runs()).toBe(0);
});
