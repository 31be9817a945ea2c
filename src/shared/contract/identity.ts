/** Which records of which systems are one customer: what is linked, what is suggested, what a person decides. */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { CursorSchema, CustomerIdSchema, DaySchema, InstantSchema, MinorSchema, SourceIdSchema } from './scalars.ts';

export const IDENTITY_RULES = ['billing_id', 'metadata', 'domain', 'email', 'name', 'hand'] as const;
const RuleSchema = z.enum(IDENTITY_RULES);
export type IdentityRule = z.infer<typeof RuleSchema>;

/** A customer that an account may be, or is, with what speaks for it. */
const MatchSchema = z.object({
  customerId: CustomerIdSchema,
  customerName: z.string(),
  rule: RuleSchema,
  /** Likeness from 0 to 1; 1 for anything but names. */
  score: z.number(),
  evidence: z.string(),
});

export const AccountMatchSchema = z.object({
  sourceId: SourceIdSchema,
  sourceName: z.string(),
  accountId: z.string(),
  name: z.string().nullable(),
  domain: z.string().nullable(),
  /** Of the account's deals that are still open. */
  openDeals: z.number().int(),
  linked: MatchSchema.nullable(),
  suggestions: z.array(MatchSchema),
});
export type AccountMatch = z.infer<typeof AccountMatchSchema>;

export const IDENTITY_ACTIONS = ['link', 'unlink', 'reject', 'merge', 'split'] as const;

export const IdentityDecisionSchema = z.object({
  decisionId: z.number().int(),
  at: InstantSchema,
  byHand: z.boolean(),
  action: z.enum(IDENTITY_ACTIONS),
  recordId: z.string(),
  recordName: z.string().nullable(),
  customerId: CustomerIdSchema,
  customerName: z.string(),
  fromCustomerName: z.string().nullable(),
  evidence: z.string(),
  /** False for what was taken back already, or takes something back itself. */
  canUndo: z.boolean(),
});
export type IdentityDecision = z.infer<typeof IdentityDecisionSchema>;

/** A deal of an account that is linked to the customer. */
export const CustomerDealSchema = z.object({
  dealId: z.string(),
  name: z.string(),
  stage: z.string(),
  outcome: z.enum(['open', 'won', 'lost']),
  /** Minor units of `currency`; null where nobody filled it in. */
  amountMinor: MinorSchema.nullable(),
  currency: z.string().nullable(),
  closeOn: DaySchema.nullable(),
  owner: z.string().nullable(),
  lastActivityAt: InstantSchema.nullable(),
  lossReason: z.string().nullable(),
});
export type CustomerDeal = z.infer<typeof CustomerDealSchema>;

export const identity = {
  accounts: query
    .input(
      z.object({
        state: z.enum(['suggested', 'linked', 'unlinked']).default('suggested'),
        search: z.string().max(200).optional(),
        cursor: CursorSchema.optional(),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        rows: z.array(AccountMatchSchema),
        /** Of all accounts, whatever is searched for. */
        counts: z.object({ suggested: z.number().int(), linked: z.number().int(), unlinked: z.number().int() }),
        cursor: CursorSchema,
      }),
    ),
  ofCustomer: query.input(z.object({ customerId: CustomerIdSchema })).output(
    z.object({
      billing: z.array(
        z.object({
          sourceId: SourceIdSchema,
          sourceName: z.string(),
          recordId: z.string(),
          name: z.string().nullable(),
        }),
      ),
      accounts: z.array(AccountMatchSchema),
      deals: z.array(CustomerDealSchema),
    }),
  ),
  decisions: query
    .input(z.object({ cursor: CursorSchema.optional(), limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.object({ rows: z.array(IdentityDecisionSchema), cursor: CursorSchema })),
  decide: command
    .input(
      z.object({
        action: z.enum(['link', 'unlink', 'reject']),
        sourceId: SourceIdSchema,
        accountId: z.string(),
        customerId: CustomerIdSchema,
      }),
    )
    .output(z.object({ decisionId: z.number().int() })),
  /** The records of a customer go over to another one. */
  merge: command
    .input(z.object({ customerId: CustomerIdSchema, into: CustomerIdSchema }))
    .output(z.object({ decisionIds: z.array(z.number().int()) })),
  /** A billing record gets a customer of its own. */
  split: command
    .input(z.object({ sourceId: SourceIdSchema, recordId: z.string() }))
    .output(z.object({ decisionId: z.number().int(), customerId: CustomerIdSchema })),
  undo: command
    .input(z.object({ decisionIds: z.array(z.number().int()).min(1).max(1_000) }))
    .output(z.object({ done: z.literal(true) })),
};
