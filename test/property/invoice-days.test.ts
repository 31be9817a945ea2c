/**
 * The invoices of a span of days are found without an index over their times: whatever their ids look like, in whatever
 * order they come, and however they change, they are those that a look at every invoice finds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invoiceStretches } from '../../src/main/engine/metrics/slices/flows/invoice-stretches.ts';
import { flowFacts } from '../../src/main/engine/metrics/slices/flows/flow-facts.ts';
import { dayAt, UTC } from '../../src/shared/kernel/day.ts';
import { addMs, DAY_MS } from '../../src/shared/kernel/instant.ts';
import { at, company, type Company } from '../unit/metrics/support/company.ts';

const RUNS = Number(process.env['VARIO_INVOICE_DAYS_RUNS'] ?? 25);
const KINDS = ['invoiced', 'tax_paid'] as const;
const dayArb = fc.integer({ min: 1, max: 30 });
const moment = (month: number, day: number, hour = 0) =>
  at(`2026-0${month}-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`);
const invoiceArb = fc.record({
  /** Ids that grow with time, and such that tell nothing. */
  ordered: fc.boolean(),
  tail: fc.stringMatching(/^[0-9A-Za-z]{6}$/),
  createdOn: dayArb,
  hour: fc.nat(23),
  finalizedAfterDays: fc.option(fc.nat(3)),
  status: fc.constantFrom('draft', 'open', 'paid', 'void', 'uncollectible'),
  taxMinor: fc.constantFrom(0, 190),
  paidOnDayOfJune: fc.option(dayArb),
});
/** What becomes of some of them later. */
const laterArb = fc.record({ which: fc.nat(40), status: fc.constantFrom('paid', 'void'), paidOnDayOfJuly: dayArb });

/** Of every invoice, whether it counts in the span. */
function lookedAtAll({ db }: Company, kind: (typeof KINDS)[number], from: number, until: number): string[] {
  const counts =
    kind === 'invoiced'
      ? `status IN ('open', 'paid', 'uncollectible') AND finalized_at >= ? AND finalized_at < ?`
      : `status = 'paid' AND tax_minor <> 0 AND paid_at >= ? AND paid_at < ?`;
  return db
    .prepare<[number, number], { id: string }>(`SELECT id FROM invoice WHERE ${counts} ORDER BY id`)
    .all(from, until)
    .map(({ id }) => id);
}

test('every invoice of a span is found, once', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(invoiceArb, { maxLength: 30, selector: ({ tail }) => tail }),
      fc.array(laterArb, { maxLength: 6 }),
      fc.tuple(dayArb, dayArb),
      (invoices, later, [one, other]) => {
        const c = company('2026-08-01');
        try {
          const ids = c.db.transaction(() =>
            invoices.map((invoice) => {
              const { ordered, tail, createdOn, hour, finalizedAfterDays, paidOnDayOfJune, ...rest } = invoice;
              const createdAt = moment(5, createdOn, hour);
              return c.invoice({
                ...rest,
                id: ordered ? `in_${createdAt}${tail}` : `in_${tail}`,
                customerId: 'cus_1',
                createdAt,
                finalizedAt: finalizedAfterDays === null ? null : addMs(createdAt, finalizedAfterDays * DAY_MS),
                ...(paidOnDayOfJune !== null && { paidAt: moment(6, paidOnDayOfJune) }),
                totalMinor: 1_190,
                lines: [],
              });
            }),
          );
          c.db.transaction(() => {
            for (const { which, status, paidOnDayOfJuly } of later)
              c.db
                .prepareWrite<[string, number, string]>(`UPDATE invoice SET status = ?, paid_at = ? WHERE id = ?`)
                .run(status, moment(7, paidOnDayOfJuly), ids[which] ?? '');
          });
          const [first, last] = [Math.min(one, other), Math.max(one, other)];
          for (const month of [5, 6, 7])
            for (const kind of KINDS) {
              const [from, until] = [moment(month, first), addMs(moment(month, last), DAY_MS)];
              const found = flowFacts(c.db, kind, dayAt(from, UTC), dayAt(addMs(until, -1), UTC)).map(({ id }) => id);
              expect([month, kind, found.toSorted()]).toEqual([month, kind, lookedAtAll(c, kind, from, until)]);
            }
        } finally {
          c.close();
        }
      },
    ),
    { numRuns: RUNS },
  );
});

test('ids that grow with time are looked for among those of their days alone', () => {
  const c = company('2026-08-01');
  for (const month of [5, 6, 7])
    for (const day of [1, 2, 3, 20, 21])
      c.invoice({ id: `in_${moment(month, day)}`, customerId: 'cus_1', createdAt: moment(month, day), lines: [] });
  const stretches = invoiceStretches(c.db, moment(6, 1), moment(7, 1));
  expect(stretches.map(({ firstId, lastId }) => [firstId, lastId])).toEqual([
    [`in_${moment(6, 1)}`, `in_${moment(6, 3)}`],
    [`in_${moment(6, 20)}`, `in_${moment(6, 21)}`],
  ]);
  // One that is paid long after is looked for on its own day, and nothing between is.
  c.db
    .prepareWrite<[number, string]>(`UPDATE invoice SET paid_at = ?, tax_minor = 5 WHERE id = ?`)
    .run(moment(6, 10), `in_${moment(5, 20)}`);
  expect(invoiceStretches(c.db, moment(6, 5), moment(6, 15)).map(({ firstId }) => firstId)).toEqual([
    `in_${moment(5, 20)}`,
  ]);
  c.close();
});
