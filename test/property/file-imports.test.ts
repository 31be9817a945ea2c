/**
 * Random files of payments, invoices and customers are imported and taken back in any order that is allowed. After every
 * act the facts are those of an import of the standing files alone, and the same file twice is the same as once.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf, fileBench } from '../support/file-imports.ts';
import { laterImport } from '../../src/main/engine/files/importing/take-back.ts';

const id = fc.integer({ min: 1, max: 5 });
const cents = fc.integer({ min: 100, max: 99_999 }).map((value) => (value / 100).toFixed(2));
const day = fc.integer({ min: 1, max: 28 }).map((value) => `2026-01-${String(value).padStart(2, '0')}`);

const PAYMENTS = ['id', 'Created date (UTC)', 'Amount', 'Currency', 'Status', 'Customer ID', 'Customer Email'];
const payments = fc.array(fc.tuple(id, day, cents, id), { minLength: 1, maxLength: 6 }).map((rows) => ({
  kind: 'stripe_payments',
  text: csvOf(
    PAYMENTS,
    rows.map(([charge, at, amount, customer]) => [
      `ch_${charge}`,
      at,
      amount,
      'usd',
      'Paid',
      `cus_${customer}`,
      `c${customer}@b.example`,
    ]),
  ),
}));
const INVOICES = ['Invoice ID', 'Customer ID', 'Date', 'Amount', 'Currency', 'Period start', 'Period end', 'Line ID'];
const invoices = fc.array(fc.tuple(id, day, cents, id, id), { minLength: 1, maxLength: 6 }).map((rows) => ({
  kind: 'invoices',
  text: csvOf(
    INVOICES,
    rows.map(([invoice, at, amount, customer, line]) => [
      `in_${invoice}`,
      `cus_${customer}`,
      at,
      amount,
      'EUR',
      at,
      '2026-02-20',
      line,
    ]),
  ),
}));
const customers = fc
  .array(fc.tuple(id, fc.constantFrom('Kestrel', 'Heron', '')), { minLength: 1, maxLength: 4 })
  .map((rows) => ({
    kind: 'customers',
    text: csvOf(
      ['Customer ID', 'Name', 'Email'],
      rows.map(([customer, name]) => [`cus_${customer}`, name, `c${customer}@own.example`]),
    ),
  }));

const act = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('import' as const), file: fc.oneof(payments, invoices, customers) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
);

/**
 * What a bench holds, without where its invoices lie by day: that is only ever widened, made anew when an import is taken
 * back, and says no more than where to look (docs/decisions/invoices-by-day.md).
 */
function factsOf(files: ReturnType<typeof fileBench>): Partial<Record<string, string[]>> {
  const { invoice_day: _days, invoice_counted: _counted, ...facts } = files.dump();
  return facts;
}

test('taking an import back leaves exactly what stood before it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 7 }), async (acts) => {
      const files = fileBench();
      /** What stands before each import that nothing has been imported over. */
      const standing: { importId: number; before: ReturnType<typeof factsOf> }[] = [];
      for (const step of acts) {
        if (step.do === 'import') {
          const before = factsOf(files);
          const report = await files.bring(step.file.kind, step.file.text);
          const stood = factsOf(files);
          // Once more is the same as once.
          const again = await files.bring(step.file.kind, step.file.text);
          await files.undo(again.importId);
          expect(factsOf(files)).toEqual(stood);
          standing.push({ importId: report.importId ?? 0, before });
          continue;
        }
        const last = standing.at(-1);
        if (!last) continue;
        expect(laterImport(files.db, last.importId)).toBeNull();
        await files.undo(last.importId);
        standing.pop();
        expect(factsOf(files)).toEqual(last.before);
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
});
