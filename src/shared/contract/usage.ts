/** What customers do in the product: active users, features, the sign-up funnel, limits, and what events mean. */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { CustomerIdSchema, DaySchema, InstantSchema, SourceIdSchema } from './scalars.ts';

const Count = z.number().int().min(0);

/** Which events and properties mean what; empty where a step is not tracked. */
export const UsageMappingSchema = z.object({
  customerProperty: z.string().max(200),
  billingIdProperty: z.string().max(200),
  channelProperty: z.string().max(200),
  visitedEvent: z.string().max(200),
  signUpEvent: z.string().max(200),
  activationEvent: z.string().max(200),
  /** Names divided by commas: who did nothing else was not active. */
  idleEvents: z.string().max(5_000),
});
export type UsageMapping = z.infer<typeof UsageMappingSchema>;

/** What a source of use holds: events of product analytics, or what a billing system's meters counted. */
export const USAGE_KINDS = ['events', 'meters'] as const;

/** A source of use with what it holds. */
export const UsageSourceSchema = z.object({
  sourceId: SourceIdSchema,
  name: z.string(),
  vendor: z.string(),
  kind: z.enum(USAGE_KINDS),
  firstOn: DaySchema.nullable(),
  lastOn: DaySchema.nullable(),
});
export type UsageSource = z.infer<typeof UsageSourceSchema>;

export const USAGE_PERIODS = ['day', 'week', 'month'] as const;

export const ActivePointSchema = z.object({
  startsOn: DaySchema,
  users: Count,
  accounts: Count,
  /** False where it was merged from sketches: right to some 2 %. */
  isExact: z.boolean(),
});
export type ActivePoint = z.infer<typeof ActivePointSchema>;

export const FeatureUseSchema = z.object({
  event: z.string(),
  isFeature: z.boolean(),
  count: Count,
  /** Of the span of the same length before; null where that was not read whole. */
  countBefore: Count.nullable(),
  /** People and accounts on a mean day of the span. */
  /** Null of a meter, which counts no people. */
  usersPerDay: z.number().nullable(),
  accountsPerDay: z.number(),
});
export type FeatureUse = z.infer<typeof FeatureUseSchema>;

/** Whose use a figure of a span is made of: the rows, the others and what is nobody's add up to the total. */
export const UseBehindSchema = z.object({
  total: Count,
  /** At most 500, the most use first. */
  rows: z.array(
    z.object({
      /** Null where the account is linked to no customer. */
      customerId: CustomerIdSchema.nullable(),
      name: z.string(),
      account: z.string(),
      count: Count,
      /** Days with use. */
      days: Count,
      /** The most people on one day; null of a meter, which counts none. */
      peakPeople: Count.nullable(),
    }),
  ),
  others: z.object({ accounts: Count, count: Count }),
  ofNobody: Count,
});
export type UseBehind = z.infer<typeof UseBehindSchema>;

export const FunnelRowSchema = z.object({
  /** Empty: not known. Null: all channels together. */
  channel: z.string().nullable(),
  /** Null where rows are of all days together. */
  day: DaySchema.nullable(),
  /** People, each on the day of the first visit only. */
  visited: Count,
  /** Accounts whose first event fell on the day; each later step within so many days of it. */
  signedUp: Count,
  activated: Count,
  trial: Count,
  paid: Count,
});
export type FunnelRow = z.infer<typeof FunnelRowSchema>;

export const LIMIT_MEASURES = ['count', 'peak_users'] as const;

export const LimitUseSchema = z.object({
  customerId: CustomerIdSchema,
  customerName: z.string(),
  sourceId: SourceIdSchema,
  plan: z.string().nullable(),
  event: z.string(),
  /** `count`: how often in the calendar month. `peak_users`: the most people on one day of it. */
  measure: z.enum(LIMIT_MEASURES),
  used: Count,
  limit: Count,
  /** A fraction; above 1 beyond the limit. */
  share: z.number(),
  /** Of the whole month before. */
  shareBefore: z.number(),
  isOwn: z.boolean(),
});
export type LimitUse = z.infer<typeof LimitUseSchema>;

export const UsageLimitSchema = z.object({
  event: z.string(),
  measure: z.enum(LIMIT_MEASURES),
  plan: z.string().nullable(),
  customerId: CustomerIdSchema.nullable(),
  customerName: z.string().nullable(),
  amount: z.number().int().positive(),
});
export type UsageLimit = z.infer<typeof UsageLimitSchema>;

/** Limits of one customer: what holds now, what is agreed with it alone, and what could be. */
export const CustomerLimitsSchema = z.object({
  rows: z.array(LimitUseSchema),
  own: z.array(
    z.object({
      sourceId: SourceIdSchema,
      event: z.string(),
      measure: z.enum(LIMIT_MEASURES),
      amount: z.number().int().positive(),
    }),
  ),
  choices: z.array(
    z.object({
      sourceId: SourceIdSchema,
      sourceName: z.string(),
      kind: z.enum(USAGE_KINDS),
      events: z.array(z.string()),
    }),
  ),
});
export type CustomerLimits = z.infer<typeof CustomerLimitsSchema>;

export const CustomerUsageSchema = z.object({
  accounts: z.array(
    z.object({
      name: z.string(),
      sourceName: z.string(),
      channel: z.string().nullable(),
      signedUpAt: InstantSchema.nullable(),
      activatedAt: InstantSchema.nullable(),
    }),
  ),
  lastActiveOn: DaySchema.nullable(),
  /** Days from which on anything is known. */
  knownFrom: DaySchema.nullable(),
  /** The most people on one day: of the last thirty days, and of the thirty before. */
  peakUsers: Count,
  peakUsersBefore: Count.nullable(),
  count: Count,
  countBefore: Count.nullable(),
  /** Ninety days, also those without use. */
  series: z.array(z.object({ day: DaySchema, count: Count, users: Count })),
  features: z.array(z.object({ event: z.string(), count: Count, countBefore: Count.nullable(), lastOn: DaySchema })),
  limits: z.array(LimitUseSchema),
});
export type CustomerUsage = z.infer<typeof CustomerUsageSchema>;

export const MappedEventSchema = z.object({
  event: z.string(),
  /** Of the last thirty days that were read. */
  count: Count,
  /** Null of a meter, which counts no people. */
  usersPerDay: z.number().nullable(),
  accountsPerDay: z.number(),
  isFeature: z.boolean(),
  /** Whether a person has said so. */
  isDecided: z.boolean(),
});
export type MappedEvent = z.infer<typeof MappedEventSchema>;

export const MappingPreviewSchema = z.object({
  /** Fields that differ from what is applied. */
  changed: z.array(z.string()),
  /** Days that have to be read again from the source; 0 where nothing has. */
  daysToRead: Count,
  /** What is found of each step in the last thirty days; null where the event was never seen. */
  steps: z.array(
    z.object({
      step: z.enum(['visited', 'signedUp', 'activated']),
      event: z.string(),
      count: Count.nullable(),
      accountsPerDay: z.number().nullable(),
    }),
  ),
  /** Whether events were seen that carry the property. */
  customerProperty: z.enum(['seen', 'not_seen', 'not_to_be_told']),
  channelProperty: z.enum(['seen', 'not_seen', 'not_to_be_told']),
});
export type MappingPreview = z.infer<typeof MappingPreviewSchema>;

const Span = z.object({ sourceId: SourceIdSchema.optional(), from: DaySchema, to: DaySchema });
const LimitKey = z.object({
  sourceId: SourceIdSchema,
  event: z.string().min(1).max(500),
  measure: z.enum(LIMIT_MEASURES),
  plan: z.string().max(500).nullable(),
  customerId: CustomerIdSchema.nullable(),
});

export const usage = {
  sources: query.output(z.array(UsageSourceSchema)),
  /** Periods that begin within the span. */
  active: query
    .input(Span.extend({ period: z.enum(USAGE_PERIODS) }))
    .output(z.object({ points: z.array(ActivePointSchema) })),
  features: query.input(Span).output(z.object({ rows: z.array(FeatureUseSchema), daysBeforeKnown: z.boolean() })),
  /** Of one event, or of all that counts as use. */
  behind: query.input(Span.extend({ event: z.string().max(500).nullable() })).output(UseBehindSchema),
  funnel: query
    .input(
      Span.extend({
        by: z.enum(['channel', 'day']).default('channel'),
        withinDays: z.number().int().min(1).max(365).default(30),
      }),
    )
    .output(
      z.object({
        rows: z.array(FunnelRowSchema),
        total: FunnelRowSchema,
        /** First days from which on cohorts have not had all their time yet; null where all have. */
        openFrom: DaySchema.nullable(),
        /** Steps for which no event is named. */
        untracked: z.array(z.enum(['visited', 'signedUp', 'activated'])),
      }),
    ),
  limits: query
    .input(z.object({ atLeast: z.number().min(0).default(0.8), limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.object({ rows: z.array(LimitUseSchema), total: Count, hasLimits: z.boolean() })),
  limitsOfCustomer: query.input(z.object({ customerId: CustomerIdSchema })).output(CustomerLimitsSchema),
  /** On how many of the last days customers did something in the product; who has no account is left out. */
  daysOfUse: query.input(z.object({ customerIds: z.array(CustomerIdSchema).max(500) })).output(
    z.object({
      days: z.number().int(),
      rows: z.array(z.object({ customerId: CustomerIdSchema, activeDays: z.number().int() })),
    }),
  ),
  ofCustomer: query.input(z.object({ customerId: CustomerIdSchema })).output(CustomerUsageSchema.nullable()),
  mapping: query.input(z.object({ sourceId: SourceIdSchema })).output(
    z.object({
      mapping: UsageMappingSchema,
      events: z.array(MappedEventSchema),
      /** Properties of the events looked at last, the commonest first. */
      properties: z.array(z.string()),
      plans: z.array(z.string()),
      limits: z.array(UsageLimitSchema),
      daysHeld: Count,
      accounts: Count,
      linkedAccounts: Count,
      /** Share of the last thirty days' events that belong to nobody in particular; null without events. */
      unassigned: z.number().nullable(),
    }),
  ),
  preview: query
    .input(z.object({ sourceId: SourceIdSchema, mapping: UsageMappingSchema }))
    .output(MappingPreviewSchema),
  /** Checked at the source, stored, and everything that has to be is read again. */
  saveMapping: command
    .input(z.object({ sourceId: SourceIdSchema, mapping: UsageMappingSchema }))
    .output(z.object({ jobId: z.number().nullable() })),
  /** Null: by its name again. */
  saveFeature: command
    .input(z.object({ sourceId: SourceIdSchema, event: z.string().min(1), isFeature: z.boolean().nullable() }))
    .output(z.object({ done: z.literal(true) })),
  /** A limit of a plan or of one customer; an amount of null takes it away. */
  saveLimit: command
    .input(LimitKey.extend({ amount: z.number().int().positive().nullable() }))
    .output(z.object({ done: z.literal(true) })),
};
