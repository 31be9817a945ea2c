/** Who stays: cohorts, lifetimes, and those who left and came back. */
import { z } from 'zod';
import { PolicyInputSchema } from './policy.ts';
import { query } from './procedure.ts';
import { SliceSchema } from './slice.ts';
import { CurrencySchema, CustomerIdSchema, DaySchema, FigureSchema, MinorSchema } from './scalars.ts';

export const COHORT_KINDS = ['logo', 'gross', 'net'] as const;
/** Fiscal quarters and years follow the company's fiscal year; the others the calendar. */
export const COHORT_UNITS = ['month', 'quarter', 'year', 'fiscal_quarter', 'fiscal_year'] as const;
export const COHORT_SPLITS = ['plan', 'country', 'currency', 'channel'] as const;
export const CohortKindSchema = z.enum(COHORT_KINDS);
export const CohortUnitSchema = z.enum(COHORT_UNITS);
/** A named split, or `metadata:` and a key of the customers' metadata. */
export const CohortSplitSchema = z.union([z.enum(COHORT_SPLITS), z.templateLiteral(['metadata:', z.string().min(1)])]);
export type CohortKind = (typeof COHORT_KINDS)[number];
export type CohortUnit = (typeof COHORT_UNITS)[number];
export type NamedCohortSplit = (typeof COHORT_SPLITS)[number];
export type CohortSplit = z.infer<typeof CohortSplitSchema>;

/** Which customers: all, or those whose value of `by` is `group`; under the company's policy, or another. */
const SelectionSchema = z.object({
  asOf: DaySchema.optional(),
  policy: PolicyInputSchema.optional(),
  /** Only its customers; of a slice by plan or the like those who began with it. */
  slice: SliceSchema.optional(),
  by: CohortSplitSchema.optional(),
  group: z.string().max(200).optional(),
});

export const CohortRowSchema = z.object({
  /** `2026-03`, `2026-Q1`, `2026`, `FY2027-Q1` or `FY2027`: the period of the first positive MRR. */
  cohort: z.string(),
  /** Customers who began in it, also those who left before its end. */
  size: z.number().int(),
  /** What the values are shares of: customers for `logo`, else minor units of MRR at the end of the first period. */
  base: z.number().nullable(),
  /** By age in periods, 0 being the end of the first; fractions; null where not reached or not defined. */
  values: z.array(z.number().nullable()),
  /** Why reached values are null, in a sentence. */
  reason: z.string().nullable(),
});
export type CohortRow = z.infer<typeof CohortRowSchema>;

export const CohortMatrixSchema = z.object({
  unit: CohortUnitSchema,
  kind: CohortKindSchema,
  asOf: DaySchema,
  policy: z.string(),
  currency: CurrencySchema,
  by: CohortSplitSchema.nullable(),
  group: z.string().nullable(),
  /** The as-of day's period is not over: the last reached value of every row stands at that day. */
  running: z.boolean(),
  rows: z.array(CohortRowSchema),
  /** Mean of the rows by age, each weighted by its base, from periods that are over; null where there is none. */
  average: z.array(z.number().nullable()),
  /** How many customers stand behind the mean at each age. */
  behind: z.array(z.number().int()),
  /** With `by`: the same mean for each group, largest first. */
  groups: z.array(
    z.object({
      group: z.string(),
      customers: z.number().int(),
      average: z.array(z.number().nullable()),
      behind: z.array(z.number().int()),
    }),
  ),
});
export type CohortMatrix = z.infer<typeof CohortMatrixSchema>;

export const CohortMemberSchema = z.object({
  customerId: CustomerIdSchema,
  name: z.string(),
  firstPaidOn: DaySchema,
  /** Monthly minor units at the end of the first period and of the asked one; null without a rate. */
  mrrThen: MinorSchema.nullable(),
  mrrNow: MinorSchema.nullable(),
  state: z.enum(['grown', 'same', 'shrunk', 'left', 'not_valued']),
});
export type CohortMember = z.infer<typeof CohortMemberSchema>;

const SurvivalStepSchema = z.object({
  days: z.number().int(),
  atRisk: z.number().int(),
  ended: z.number().int(),
  survival: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

const SpanSchema = z.object({ low: z.number().nullable(), high: z.number().nullable() });

export const SurvivalSchema = z.object({
  asOf: DaySchema,
  policy: z.string(),
  currency: CurrencySchema,
  /** Customers who ever paid, those of them who left, and those of them who came back afterwards. */
  lives: z.number().int(),
  ended: z.number().int(),
  returned: z.number().int(),
  /** The longest life seen, in days. */
  longest: z.number().int(),
  steps: z.array(SurvivalStepSchema),
  /** Months (of 365/12 days) by which half has left, with its 95 % bounds. */
  median: FigureSchema.extend(SpanSchema.shape),
  /** Mean months paid, counted up to the longest life seen, with its 95 % bounds. */
  lifetime: FigureSchema.extend(SpanSchema.shape).extend({ restricted: z.boolean() }),
  /** Minor units, before margin. `bySurvival`: ARPA × lifetime of the chosen customers; `byChurn`: ARPA ÷ customer churn (R21) of the slice, whatever the group; without a slice the company's. */
  arpa: FigureSchema,
  ltv: z.object({ bySurvival: FigureSchema, byChurn: FigureSchema }),
});
export type SurvivalReport = z.infer<typeof SurvivalSchema>;

export const ReturnedCustomerSchema = z.object({
  customerId: CustomerIdSchema,
  name: z.string(),
  leftOn: DaySchema,
  returnedOn: DaySchema,
  /** Days without paying. */
  away: z.number().int(),
  /** Monthly minor units on the day before leaving and at the end of the as-of day; null without a rate. */
  before: MinorSchema.nullable(),
  now: MinorSchema.nullable(),
});
export type ReturnedCustomer = z.infer<typeof ReturnedCustomerSchema>;

/** Trials by the period in which they started (R23). */
export const TrialCohortsSchema = z.object({
  unit: CohortUnitSchema,
  asOf: DaySchema,
  /** So many days after its end a trial may still convert. */
  graceDays: z.number().int(),
  rows: z.array(
    z.object({
      cohort: z.string(),
      started: z.number().int(),
      converted: z.number().int(),
      lost: z.number().int(),
      open: z.number().int(),
      /** The last day on which one of the open trials may still convert; null: none is open, or an end is not known. */
      openUntil: DaySchema.nullable(),
      /** Converted ÷ started, a fraction; null with the reason while trials are open. */
      rate: FigureSchema,
    }),
  ),
});
export type TrialCohorts = z.infer<typeof TrialCohortsSchema>;

export const retention = {
  cohorts: query
    .input(
      SelectionSchema.extend({
        kind: CohortKindSchema.default('logo'),
        unit: CohortUnitSchema.default('month'),
        /** The last so many periods; default all. */
        last: z.number().int().min(1).max(1200).optional(),
      }),
    )
    .output(CohortMatrixSchema),
  /** The customers behind a cell. */
  members: query
    .input(
      SelectionSchema.extend({
        unit: CohortUnitSchema,
        cohort: z.string().max(10),
        age: z.number().int().min(0),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(200),
      }),
    )
    .output(
      z.object({
        currency: CurrencySchema,
        on: DaySchema,
        total: z.number().int(),
        kept: z.number().int(),
        mrrThen: MinorSchema.nullable(),
        mrrNow: MinorSchema.nullable(),
        rows: z.array(CohortMemberSchema),
      }),
    ),
  survival: query.input(SelectionSchema).output(SurvivalSchema),
  trials: query
    .input(
      z.object({
        unit: CohortUnitSchema.default('month'),
        asOf: DaySchema.optional(),
        last: z.number().int().min(1).max(1200).optional(),
        slice: SliceSchema.optional(),
      }),
    )
    .output(TrialCohortsSchema),
  returned: query
    .input(
      SelectionSchema.extend({
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(200),
      }),
    )
    .output(z.object({ currency: CurrencySchema, total: z.number().int(), rows: z.array(ReturnedCustomerSchema) })),
};
