/** Which records of which systems are one customer: what is linked, what is suggested, what a person decides. */
import { z } from 'zod';
import { CrmMeaningNameSchema } from './crm-fields.ts';
import { command, query } from './procedure.ts';
import { CursorSchema, CustomerIdSchema, DaySchema, InstantSchema, MinorSchema, SourceIdSchema } from './scalars.ts';

export const IDENTITY_RULES = ['billing_id', 'metadata', 'domain', 'email', 'name', 'hand'] as const;
const RuleSchema = z.enum(IDENTITY_RULES);
export type IdentityRule = z.infer<typeof RuleSchema>;
/** What a link may rest on: never a name alone. */
export type LinkRule = Exclude<IdentityRule, 'name'>;

/** Where an account lies: in a CRM, in the product, in a help desk or a survey. */
export const ACCOUNT_KINDS = ['crm', 'product', 'support'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

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
  kind: z.enum(ACCOUNT_KINDS),
  sourceId: SourceIdSchema,
  sourceName: z.string(),
  accountId: z.string(),
  name: z.string().nullable(),
  domain: z.string().nullable(),
  /** Its page in the program that it comes from; null where there is none, as for the demo company. */
  page: z.string().nullable(),
  /** Of the account's deals that are still open; 0 where it has no deals. */
  openDeals: z.number().int(),
  linked: MatchSchema.nullable(),
  /** Who it may be; of a linked account those of whom an id says that it is them instead. */
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
  /** How many billing records and accounts were decided about together with this one, itself included. */
  records: z.number().int(),
  accounts: z.number().int(),
  /** False for what was taken back already, or takes something back itself. */
  canUndo: z.boolean(),
});
export type IdentityDecision = z.infer<typeof IdentityDecisionSchema>;

/** A deal of an account that is linked to the customer. */
export const CustomerDealSchema = z.object({
  sourceId: SourceIdSchema,
  dealId: z.string(),
  name: z.string(),
  stage: z.string(),
  outcome: z.enum(['open', 'won', 'lost']),
  /** Minor units of `currency`; null where nobody filled it in. */
  amountMinor: MinorSchema.nullable(),
  currency: z.string().nullable(),
  closeOn: DaySchema.nullable(),
  owner: z.string().nullable(),
  /** With the territories that it lies in, the widest first; null where the system keeps none. */
  territory: z.string().nullable(),
  lastActivityAt: InstantSchema.nullable(),
  lossReason: z.string().nullable(),
  /** What further fields say of it, where the founder has said what they mean. */
  said: z.array(z.object({ meaning: CrmMeaningNameSchema, text: z.string() })),
  /** Its page in the program that it comes from; null where there is none, as for the demo company. */
  page: z.string().nullable(),
});
export type CustomerDeal = z.infer<typeof CustomerDealSchema>;

/** Customers of billing that have a domain, an address or a name in common: perhaps one company. */
export const AlikeSchema = z.object({
  rule: z.enum(['email', 'domain', 'name']),
  /** What they have in common. */
  value: z.string(),
  customers: z.array(
    z.object({
      customerId: CustomerIdSchema,
      name: z.string(),
      email: z.string().nullable(),
      records: z.number().int(),
      createdAt: InstantSchema,
    }),
  ),
});
export type Alike = z.infer<typeof AlikeSchema>;

/**
 * `suggested`: linked to nobody, with somebody that it may be; `conflicts`: an id speaks for somebody else than it is
 * linked to, or ids speak for several.
 */
export const ACCOUNT_STATES = ['suggested', 'conflicts', 'linked', 'unlinked', 'all'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export const identity = {
  accounts: query
    .input(
      z.object({
        state: z.enum(ACCOUNT_STATES).default('suggested'),
        kind: z.enum(ACCOUNT_KINDS).optional(),
        /** A part of the name or of the domain, or the whole id. */
        search: z.string().max(200).optional(),
        cursor: CursorSchema.optional(),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        rows: z.array(AccountMatchSchema),
        /** Of all accounts, whatever is searched for. */
        counts: z.object({
          suggested: z.number().int(),
          conflicts: z.number().int(),
          linked: z.number().int(),
          unlinked: z.number().int(),
          all: z.number().int(),
        }),
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
      /** Set for a customer all of whose records belong to another one since they were merged. */
      mergedInto: z.object({ customerId: CustomerIdSchema, name: z.string() }).nullable(),
    }),
  ),
  /** At most 200 groups, those with the strongest evidence first. */
  alike: query
    .input(z.object({ search: z.string().max(200).optional() }))
    .output(z.object({ groups: z.array(AlikeSchema), total: z.number().int() })),
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
  /** The records and accounts of customers go over to another one, whose name stays. */
  merge: command
    .input(z.object({ customerIds: z.array(CustomerIdSchema).min(1).max(200), into: CustomerIdSchema }))
    .output(z.object({ decisionIds: z.array(z.number().int()) })),
  /** A billing record goes back to whom it came from, or gets a customer of its own. */
  split: command
    .input(z.object({ sourceId: SourceIdSchema, recordId: z.string() }))
    .output(z.object({ decisionId: z.number().int(), customerId: CustomerIdSchema })),
  /** Takes decisions back together with all that were made with them. */
  undo: command
    .input(z.object({ decisionIds: z.array(z.number().int()).min(1).max(1_000) }))
    .output(z.object({ done: z.literal(true) })),
};
