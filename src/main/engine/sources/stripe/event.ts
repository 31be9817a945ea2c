/** An event as far as the feed looks at it. */
import { z } from 'zod';

export const CleanId = z
  .string()
  .min(1)
  .max(255)
  .refine((id) => id.isWellFormed());

export const EventSchema = z.object({
  id: CleanId,
  type: z.string(),
  created: z.int(),
  data: z.object({ object: z.looseObject({ object: z.string().optional(), id: CleanId.optional() }) }),
});
export type StripeEvent = z.output<typeof EventSchema>;
