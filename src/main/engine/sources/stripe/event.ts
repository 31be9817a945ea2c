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

/** The object as the event's type names it, where it does not name itself. */
export function kindOf({ type, data }: StripeEvent): string | undefined {
  return data.object.object ?? (type.startsWith('customer.subscription.') ? 'subscription' : undefined);
}

export type StripeEvent = z.output<typeof EventSchema>;
