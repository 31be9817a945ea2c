/** What shows that a state of a subscription held, and where two kinds of evidence contradict each other. */
import { z } from 'zod';
import { query } from './procedure.ts';
import { CursorSchema, CustomerIdSchema, DaySchema, MinorSchema, SourceIdSchema } from './scalars.ts';

/**
 * `event` and `read` were seen as they happened; `invoice` and `timestamps` are
 * reconstructed: from what was billed, and from the dates that an object carries.
 */
export const EvidenceSchema = z.enum(['event', 'read', 'invoice', 'timestamps']);

export type Evidence = z.infer<typeof EvidenceSchema>;

export const DISAGREEMENT_CAUSES = [
  'price',
  'quantity',
  'items',
  'discount',
  'amount',
  'billed_while_not_counted',
  'change_on_no_invoice',
] as const;

const SideSchema = z.object({
  /** Annual minor units of the row's currency; null where it cannot be valued. */
  annualMinor: MinorSchema.nullable(),
  /** The items in words: `price_pro × 3, price_seat × 10`; «nothing that counts» where there is none. */
  items: z.string(),
  objectId: z.string(),
  sourceUrl: z.string().nullable(),
});

/** One subscription on one day on which its invoices say something else than it was seen to be. MRR follows `state`. */
export const EvidenceDisagreementSchema = z.object({
  customerId: CustomerIdSchema,
  customerName: z.string(),
  sourceId: SourceIdSchema,
  subscriptionId: z.string(),
  on: DaySchema,
  currency: z.string(),
  cause: z.enum(DISAGREEMENT_CAUSES),
  /** The difference in a sentence. */
  note: z.string(),
  invoices: SideSchema,
  state: SideSchema.extend({ evidence: EvidenceSchema }),
});
export type EvidenceDisagreement = z.infer<typeof EvidenceDisagreementSchema>;

/**
 * Where invoices and the subscription's own evidence differ, customer by
 * customer. A page may hold fewer rows than `limit`, also none, with a cursor:
 * the search stops after so many customers; give the cursor back to go on. How many there are in all is known with the
 * last page.
 */
export const evidenceDisagreements = query
  .input(z.object({ limit: z.number().int().min(1).max(500).default(100), cursor: CursorSchema.optional() }))
  .output(
    z.object({
      rows: z.array(EvidenceDisagreementSchema),
      /** Customers looked at for this page, and of all with billing. */
      customersSearched: z.number().int(),
      customersInAll: z.number().int(),
      /** Of this page and those before it. */
      foundSoFar: z.number().int(),
      searchedSoFar: z.number().int(),
      /** All that there are; null while there are customers to look at. */
      total: z.number().int().nullable(),
      cursor: CursorSchema,
    }),
  );
