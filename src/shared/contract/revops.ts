/** What billing means for the books: revenue earned, corrected and deferred (ASC 606, management view). */
import { z } from 'zod';
import { query } from './procedure.ts';
import { CurrencySchema, MinorSchema, MonthSchema } from './scalars.ts';

/**
 * One month; minor units of the reporting currency. A correction has two
 * parts: what had been earned (the contra-revenue column) and what had not
 * (`…Deferred`). `opening + billed − recognised − Σ …Deferred = closing`.
 */
export const RevenueMonthSchema = z.object({
  month: MonthSchema,
  opening: MinorSchema,
  /** Invoice lines finalised in the month and payments without an invoice, net of discounts and tax. */
  billed: MinorSchema,
  /** Earned in the month, before corrections. */
  recognised: MinorSchema,
  refunds: MinorSchema,
  refundsDeferred: MinorSchema,
  creditNotes: MinorSchema,
  creditNotesDeferred: MinorSchema,
  voids: MinorSchema,
  voidsDeferred: MinorSchema,
  badDebt: MinorSchema,
  badDebtDeferred: MinorSchema,
  disputes: MinorSchema,
  disputesDeferred: MinorSchema,
  /** Gains: money that came after its revenue had been given up. */
  recoverables: MinorSchema,
  recoverablesDeferred: MinorSchema,
  /** Deferred revenue at the end of the month, less what is earned and not billed yet. */
  closing: MinorSchema,
  /** Of `closing`: earned and not billed yet, as a positive amount. */
  unbilled: MinorSchema,
});

export const DeferredRevenueSchema = z.object({
  currency: CurrencySchema,
  timeZone: z.string(),
  months: z.array(RevenueMonthSchema),
  /** Billings left out because no exchange rate of their day is known, in their own currency. */
  unvalued: z.array(z.object({ currency: CurrencySchema, billings: z.number().int(), billedMinor: MinorSchema })),
});
export type DeferredRevenue = z.infer<typeof DeferredRevenueSchema>;

export const revops = {
  deferredRevenue: query.input(z.object({ from: MonthSchema, to: MonthSchema })).output(DeferredRevenueSchema),
};
