/** From one policy's numbers to another's, rule by rule, and the customers behind each. */
import { z } from 'zod';
import { PolicyInputSchema, SWITCH_NAMES } from './policy.ts';
import { query } from './procedure.ts';
import { CurrencySchema, CursorSchema, CustomerIdSchema, DaySchema, MinorSchema } from './scalars.ts';

const PolicyCustomerSchema = z.object({
  customerId: CustomerIdSchema,
  name: z.string(),
  arr: MinorSchema,
  mrr: MinorSchema,
});

/**
 * From one policy's MRR to another's, switch by switch. Annual lines add up
 * exactly, monthly ones are apportioned; the customers behind a line add up to it.
 */
const PolicyBridgeSchema = z.object({
  asOf: DaySchema,
  currency: CurrencySchema,
  from: z.object({ policy: z.string(), mrr: MinorSchema, arr: MinorSchema }),
  to: z.object({ policy: z.string(), mrr: MinorSchema, arr: MinorSchema }),
  /** Only switches that change the amount of somebody. */
  rules: z.array(
    z.object({
      rule: z.enum(SWITCH_NAMES),
      arr: MinorSchema,
      mrr: MinorSchema,
      /** The largest first; all of them unless fewer were asked for. */
      customers: z.array(PolicyCustomerSchema),
      customerCount: z.number().int(),
    }),
  ),
  /** Currencies without a rate on the day: in neither sum. */
  withoutRate: z.array(z.string()),
});
export type PolicyBridge = z.infer<typeof PolicyBridgeSchema>;

/** `from` is the workspace's policy where it is not given. */
const policies = {
  asOf: DaySchema.optional(),
  from: PolicyInputSchema.optional(),
  to: PolicyInputSchema,
  currency: CurrencySchema.optional(),
};

/** `from` is the workspace's policy where it is not given. */
export const policyBridge = query
  .input(
    z.object({
      ...policies,
      /** So many customers behind each line; default all. */
      customers: z.number().int().min(0).max(1_000).optional(),
    }),
  )
  .output(PolicyBridgeSchema);
/** The customers behind one line of it, the largest first. Their amounts add up to the line. */
export const policyBridgeCustomers = query
  .input(
    z.object({
      ...policies,
      rule: z.enum(SWITCH_NAMES),
      limit: z.number().int().min(1).max(1_000).default(100),
      cursor: CursorSchema.optional(),
    }),
  )
  .output(
    z.object({
      currency: CurrencySchema,
      arr: MinorSchema,
      mrr: MinorSchema,
      total: z.number().int(),
      rows: z.array(PolicyCustomerSchema),
      cursor: CursorSchema,
    }),
  );
