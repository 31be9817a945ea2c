import { describe, expect, it, onTestFinished } from 'vitest';
import { boardPack, listReportFiles, recordReportFile } from '../../../src/main/engine/reports/index.ts';
import type { MetricsContext } from '../../../src/main/engine/metrics/index.ts';
import { BoardPackSchema } from '../../../src/shared/contract/reports.ts';
import { plainMonth } from '../../../src/shared/kernel/day.ts';
import { failureOf } from '../../support/store.ts';
import { at, company, EUR, item, price, subscription } from '../metrics/support/company.ts';

/**
 * Three customers since January at 100, 200 and 700 a month; one of 50 who
 * came and left in March; Big leaves on 10 June, after saying why; New comes
 * in June at 400.
 */
function grown(over: Partial<MetricsContext> = {}) {
  const world = company('2026-07-05', over);
  onTestFinished(world.close);
  world.product('prod_main', 'Pro');
  const begin = (id: string, start: string, amount: number, end?: { on: string; feedback: string | null }) => {
    world.customer(id);
    const items = [item(price({ unitAmount: String(amount * 100) }))];
    const first = subscription(at(start), { customerId: id, items });
    world.see(first, at(start));
    if (end)
      world.see(
        {
          ...first,
          status: 'canceled',
          canceledAt: at(end.on),
          endedAt: at(end.on),
          cancellation: { reason: 'cancellation_requested', feedback: end.feedback, comment: null },
        },
        at(end.on),
      );
  };
  begin('Small', '2026-01-10', 100);
  begin('Middle', '2026-01-20', 200);
  begin('Big', '2026-01-30', 700, { on: '2026-06-10', feedback: 'switched_service' });
  begin('Guest', '2026-03-05', 50, { on: '2026-03-20', feedback: null });
  begin('New', '2026-06-15', 400);
  world.charge('Small', 10_000, at('2026-06-10'));
  world.charge('New', 40_000, at('2026-06-15'));
  world.refund(5_000, at('2026-06-20'));
  world.recompute();
  const pack = (month: string, context = world.context) =>
    boardPack(world.db, { month: plainMonth(month), companyName: 'Aerie' }, context);
  return { ...world, pack };
}

describe('the board pack of a month', () => {
  it('fits the contract and says of when it is', () => {
    const { pack } = grown();
    const june = pack('2026-06');
    expect(BoardPackSchema.parse(structuredClone(june))).toEqual(june);
    expect(june).toMatchObject({
      month: '2026-06',
      asOf: '2026-06-30',
      final: true,
      companyName: 'Aerie',
      policy: 'vario',
    });
  });

  it('opens with where ARR stands, and goes on by the MRR that is spoken of', () => {
    const { summary } = grown({ growthTarget: 0.1 }).pack('2026-06');
    expect(summary).toEqual([
      'ARR stood at $8,400 on Jun 30, 2026, down $3,600 (30.0%) since May 31.',
      'Gross revenue churn was 70.0% ($700 MRR), after 0.0% the month before.',
      'Net new MRR was −$300: gains of $400 (new customers $400), losses of $700.',
      'MRR fell 30.0% in Jun 2026; the target is 10.0%, $400 more.',
      'The largest customer, New, is 57.1% of MRR; the ten largest are 100.0%.',
      '3 paying customers: 1 new, 1 lost (33.3% of those at the start); $233.33 MRR per customer.',
      'Cash collected was $450, after refunds of $50.',
    ]);
  });

  it('lists who is largest, who left and why, and how concentrated MRR is', () => {
    const { pack } = grown();
    const june = pack('2026-06');
    expect(june.largest).toMatchObject([
      { name: 'New', plan: 'Pro', mrr: 40_000, share: 4 / 7 },
      { name: 'Middle', mrr: 20_000 },
      { name: 'Small', mrr: 10_000 },
    ]);
    expect(june.churned).toMatchObject([
      { name: 'Big', plan: 'Pro', mrr: 70_000, share: 0.7, note: 'Jun 10: switched service' },
    ]);
    expect(june.concentration).toEqual({ top1: 4 / 7, top5: 1, top10: 1, top20: 1 });
    expect(june.atRisk).toEqual([]);
    // May is as it was in May: Big still pays, New is not there yet.
    expect(pack('2026-05').largest.map(({ name }) => name)).toEqual(['Big', 'Middle', 'Small']);
    expect(pack('2026-05').churned).toEqual([]);
    expect(pack('2026-03').churned).toMatchObject([{ name: 'Guest', note: 'Mar 20: no reason given' }]);
  });

  it('lists who paused with those who left, as the churn rates count them', () => {
    const { pack, recompute, see } = grown();
    const small = { customerId: 'Small', items: [item(price())] };
    const pausing = subscription(at('2026-01-10'), { ...small, id: 'sub_pausing' });
    see(pausing, at('2026-01-10'));
    const pause = { behavior: 'void', since: at('2026-06-20'), resumesAt: null };
    see({ ...pausing, pause }, at('2026-06-20'));
    recompute();
    const { churned, current } = pack('2026-06');
    expect(churned.map(({ name, note }) => [name, note])).toEqual([['Big', 'Jun 10: switched service']]);
    expect(current.churnedCustomers).toBe(1);

    const alone = grown();
    const only = subscription(at('2026-02-01'), { customerId: 'Alone', items: [item(price())] });
    alone.see(only, at('2026-02-01'));
    alone.see({ ...only, pause }, at('2026-06-20'));
    alone.recompute();
    expect(alone.pack('2026-06').churned).toMatchObject([{ name: 'Big' }, { name: 'Alone', note: 'Jun 20: paused' }]);
    expect(alone.pack('2026-06').current.churnedCustomers).toBe(2);
  });

  it('follows cohorts from the month of the first payment to the last month that has ended', () => {
    const { retention } = grown().pack('2026-06');
    expect(retention).toEqual([
      { cohort: '2026-01', size: 3, logo: [1, 1, 1, 1, 1, 2 / 3], net: [1, 1, 1, 1, 1, 0.3] },
      { cohort: '2026-03', size: 1, logo: [0, 0, 0, 0], net: [null, null, null, null] },
      { cohort: '2026-06', size: 1, logo: [1], net: [1] },
    ]);
  });

  it('adds up: opening, movements and closing of the bridge, and the series ends where the scorecard stands', () => {
    const { bridge, current, series } = grown().pack('2026-06');
    const { opening, closing, ...moved } = bridge.mrr;
    expect(opening + Object.values(moved).reduce((sum, amount) => sum + (amount ?? 0), 0)).toBe(closing);
    const mrr = series.find(({ metric }) => metric === 'mrr')!;
    expect(mrr.points).toHaveLength(36);
    expect(mrr.points.at(-1)).toMatchObject({ on: '2026-06-30', value: current.mrr });
  });

  it('of a running month goes to today, and says that it is not over', () => {
    const { context, pack } = grown();
    const july = pack('2026-07');
    expect(july).toMatchObject({ asOf: context.today, final: false });
    expect(july.caveats[0]).toBe('The month is not over: figures are as of Jul 5 and will change.');
    // July has not ended: no cohort has a column for it.
    expect(july.retention.map(({ logo }) => logo.length)).toEqual([6, 4, 1]);
  });

  it('says who is at risk today, and why', () => {
    const { db, pack, see } = grown();
    see(subscription(at('2026-01-20'), { id: 'sub_leaving', customerId: 'Middle', items: [] }), at('2026-07-01'));
    db.run(
      db.build
        .updateTable('subscription')
        .set({ cancel_at: at('2026-07-20'), canceled_at: at('2026-07-01') })
        .where('id', '=', 'sub_leaving'),
    );
    const june = pack('2026-06');
    expect(june.atRisk).toMatchObject([{ name: 'Middle', mrr: 20_000, note: 'cancelled, ends on Jul 20' }]);
    expect(june.summary).toContain(
      '1 customer with $200 MRR (28.6%) is at risk: cancelled, past due, or with a failed payment.',
    );
    expect(june.caveats).toContain('Customers at risk are those of today, Jul 5.');
  });

  it('names what is missing: items without a value, streams without proof, records that could not be read', () => {
    const { db, pack, recompute, see } = grown();
    const yen = subscription(at('2026-02-01'), {
      customerId: 'Small',
      currency: EUR,
      items: [item(price({ currency: EUR }))],
    });
    see(yen, at('2026-02-01'));
    db.run(
      db.build.insertInto('stream_state').values([
        { source_id: 1, stream: 'invoices', complete: 0, synced_at: at('2026-07-05') },
        { source_id: 1, stream: 'customers', complete: 1, synced_at: at('2026-07-04') },
      ]),
    );
    const misfit = {
      reason: 'no currency',
      path: 'currency',
      record: new Uint8Array(),
      first_seen_at: 0,
      last_seen_at: 0,
    };
    db.run(db.build.insertInto('quarantine').values({ source_id: 1, stream: 'prices', object_id: 'p', ...misfit }));
    recompute();
    const june = pack('2026-06');
    expect(june.sources).toEqual([{ name: 'Stripe', syncedAt: at('2026-07-04'), complete: false }]);
    expect(june.caveats).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/could not be valued/),
        'Stripe is not proven complete: invoices.',
        '1 record of Stripe could not be read and is in no figure.',
      ]),
    );
  });

  it('defines every figure that it shows', () => {
    const { definitions } = grown().pack('2026-06');
    expect(definitions.map(({ id }) => id)).toEqual([
      'arr',
      'mrr',
      'cmrr',
      'pastDueMrr',
      'movements',
      'fx',
      'nrr',
      'grr',
      'grossChurn',
      'netChurn',
      'logoChurn',
      'customers',
      'arpa',
      'quickRatio',
      'concentration',
      'netRevenue',
      'cashCollected',
      'refunds',
    ]);
    expect(
      definitions.every(({ definition, source }) => definition.length > 20 && source.url.startsWith('https://')),
    ).toBe(true);
  });

  it('is refused before the ledger begins and for months to come', () => {
    const { pack } = grown();
    expect(failureOf(() => pack('2025-12'))).toMatchObject({ code: 'not_found' });
    expect(failureOf(() => pack('2026-08'))).toMatchObject({ code: 'invalid_input' });
  });
});

describe('the archive', () => {
  it('lists what was printed, newest first', () => {
    const { db } = grown();
    const file = { kind: 'board', format: 'A4', bytes: 9, pages: null, month: plainMonth('2026-06') } as const;
    const first = recordReportFile(db, { ...file, file: '/a.pdf', createdAt: at('2026-07-01') });
    const second = recordReportFile(db, { ...file, file: '/b.pdf', createdAt: at('2026-07-02'), pages: 8 });
    expect(listReportFiles(db)).toEqual([second, first]);
  });
});
