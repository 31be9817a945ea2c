/** One customer's data: all that is held of it, and its erasure (GDPR, Articles 15, 17 and 20). */
import { z } from 'zod';
import { command } from './procedure.ts';
import { CustomerIdSchema } from './scalars.ts';

export const privacy = {
  /** Everything that is held about a customer from every source, as one indented JSON document. Writes nothing. */
  exportCustomer: command.input(z.object({ customerId: CustomerIdSchema })).output(
    z.object({
      customerId: CustomerIdSchema,
      name: z.string(),
      /** How many rows and kept records of how many sources it is. */
      rows: z.number().int(),
      sources: z.number().int(),
      text: z.string(),
    }),
  ),
  /**
   * Erases names, addresses, further fields and what people wrote, and puts the vendors’ ids on the list by which the
   * next sync erases them again. Amounts, days and states stay. Cannot be undone. `name` is typed as a sign that this
   * customer is meant.
   */
  eraseCustomer: command.input(z.object({ customerId: CustomerIdSchema, name: z.string().max(5_000) })).output(
    z.object({
      /** What the customer is called from now on. */
      name: z.string(),
      rows: z.number().int(),
      /** Sentences about what still tells who it was, and what to do about it. */
      remains: z.array(z.string()),
      /** The job that fills the database’s pages anew, so that nothing of it is left between rows. */
      jobId: z.number().int(),
    }),
  ),
};
