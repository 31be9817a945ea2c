/** The search parameters of every page. What does not fit is dropped, never an error page. */
import { z } from 'zod';
import { USAGE_PERIODS } from '../../../shared/contract/usage.ts';
import { ACCOUNT_KINDS, ACCOUNT_STATES } from '../../../shared/contract/identity.ts';
import { CRM_FIELD_OBJECTS } from '../../../shared/contract/crm-fields.ts';
import { CustomerStateSchema } from '../../../shared/contract/customer-state.ts';
import { RestatementCauseSchema } from '../../../shared/contract/closing.ts';
import { MovementKindSchema } from '../../../shared/contract/metrics.ts';
import { SWITCH_NAMES } from '../../../shared/contract/policy.ts';
import { CohortKindSchema, CohortSplitSchema, CohortUnitSchema } from '../../../shared/contract/retention.ts';
import { PackBasisSchema } from '../../../shared/contract/reports.ts';
import { DaySchema, MonthSchema } from '../../../shared/contract/scalars.ts';
import { UNIT_ECONOMICS_SERIES } from '../../../shared/contract/unit-economics.ts';
import { DimensionSchema } from '../../../shared/contract/slice.ts';
import { FiltersSchema } from './filters.ts';

const day = DaySchema.optional().catch(undefined);
const month = MonthSchema.optional().catch(undefined);

/**
 * On every page of the frame: the figure whose rows (`why`) or definition (`how`) is open, and the filters of all rooms;
 * `whole`: the figure is of the whole company by its own policy all the same.
 */
export const EvidenceSearchSchema = FiltersSchema.extend({
  why: z.string().max(60).optional().catch(undefined),
  kind: MovementKindSchema.optional().catch(undefined),
  from: day,
  to: day,
  how: z.string().max(60).optional().catch(undefined),
  whole: z.literal('yes').optional().catch(undefined),
  /** The list of notes and releases. */
  notes: z.literal('all').optional().catch(undefined),
});
export type EvidenceSearch = z.infer<typeof EvidenceSearchSchema>;

export const CustomersSearchSchema = z.object({
  search: z.string().max(200).optional().catch(undefined),
  state: CustomerStateSchema.optional().catch(undefined),
  /** `from..to`: monthly minor units, days. */
  mrr: z.string().max(60).optional().catch(undefined),
  firstPaid: z.string().max(60).optional().catch(undefined),
  churned: z.string().max(60).optional().catch(undefined),
  sort: z.enum(['name', 'mrr', 'customerSince', 'churnedOn', 'state', 'country']).optional().catch(undefined),
  direction: z.enum(['asc', 'desc']).optional().catch(undefined),
});
export type CustomersSearch = z.infer<typeof CustomersSearchSchema>;

/** `moved`: the kind of movement that is listed. */
export const RevenueSearchSchema = z.object({
  part: z.enum(['course', 'movements', 'breakdown', 'cash', 'payments']).optional().catch(undefined),
  grain: z.enum(['day', 'week', 'month']).optional().catch(undefined),
  as: z.enum(['mrr', 'arr']).optional().catch(undefined),
  compare: z.enum(['before', 'year']).optional().catch(undefined),
  moved: MovementKindSchema.optional().catch(undefined),
  cut: DimensionSchema.optional().catch(undefined),
});
export type RevenueSearch = z.infer<typeof RevenueSearchSchema>;

/** `ahead`: months to come; `list`: those to come, or those that came. */
export const DiscountsSearchSchema = z.object({
  ahead: z.enum(['12', '24']).optional().catch(undefined),
  coupon: z.string().max(200).optional().catch(undefined),
  list: z.literal('past').optional().catch(undefined),
  /** How the figures are computed is open. */
  explained: z.literal('yes').optional().catch(undefined),
  month,
});
export type DiscountsSearch = z.infer<typeof DiscountsSearchSchema>;

/** `cohort` and `age`: the cell whose customers are open; `about`: the part whose method is. */
export const RetentionSearchSchema = z.object({
  measure: CohortKindSchema.optional().catch(undefined),
  unit: CohortUnitSchema.optional().catch(undefined),
  by: CohortSplitSchema.optional().catch(undefined),
  group: z.string().max(200).optional().catch(undefined),
  cohort: z.string().max(10).optional().catch(undefined),
  age: z.coerce.number().int().min(0).optional().catch(undefined),
  about: z.enum(['cohorts', 'survival', 'returned']).optional().catch(undefined),
});
export type RetentionSearch = z.infer<typeof RetentionSearchSchema>;

/** `trend`: the figure drawn over time. */
export const CostsSearchSchema = z.object({
  trend: z.enum(UNIT_ECONOMICS_SERIES).optional().catch(undefined),
});
export type CostsSearch = z.infer<typeof CostsSearchSchema>;

/**
 * `source`: whose use is shown; `within`: days for the funnel's steps; `method`: the one that is explained. `used`: the
 * event whose users are open; `everybody`: those with any use are.
 */
export const UsageSearchSchema = z.object({
  source: z.coerce.number().int().positive().optional().catch(undefined),
  step: z.enum(USAGE_PERIODS).optional().catch(undefined),
  within: z.enum(['7', '30', '90']).optional().catch(undefined),
  method: z.enum(['active', 'features', 'funnel', 'limits']).optional().catch(undefined),
  used: z.string().max(500).optional().catch(undefined),
  everybody: z.literal('yes').optional().catch(undefined),
});
export type UsageSearch = z.infer<typeof UsageSearchSchema>;

export const UsageMappingSearchSchema = z.object({
  source: z.coerce.number().int().positive().optional().catch(undefined),
});

/**
 * `base`, `other`: the two policies, `own` standing for the switches of `own` (JSON). `rule`: the rule whose customers
 * are open; `month`: the closed month that is.
 */
export const ReconciliationSearchSchema = z.object({
  tab: z.enum(['policies', 'completeness', 'payouts', 'quarantine', 'months', 'evidence']).optional().catch(undefined),
  base: z.string().max(60).optional().catch(undefined),
  other: z.string().max(60).optional().catch(undefined),
  own: z.string().max(1_000).optional().catch(undefined),
  rule: z.enum(SWITCH_NAMES).optional().catch(undefined),
  month,
  cause: RestatementCauseSchema.optional().catch(undefined),
});
export type ReconciliationSearch = z.infer<typeof ReconciliationSearchSchema>;

/** `alert`: the one that has the focus. */
export const AlertsSearchSchema = z.object({
  alert: z.coerce.number().int().positive().optional().catch(undefined),
  view: z.enum(['open', 'snoozed', 'done', 'rules']).optional().catch(undefined),
});

/** `source`: the connection that is shown, `ask`: what is asked about it; `add`: the catalogue, or the vendor to connect. */
export const SourcesSearchSchema = z.object({
  source: z.coerce.number().int().positive().optional().catch(undefined),
  ask: z.enum(['edit', 'disconnect']).optional().catch(undefined),
  add: z.string().max(60).optional().catch(undefined),
});
export type SourcesSearch = z.infer<typeof SourcesSearchSchema>;

/** `customer`: the one whose records are shown instead of the lists. */
export const MatchingSearchSchema = z.object({
  view: z
    .enum([...ACCOUNT_STATES, 'alike', 'decisions'])
    .optional()
    .catch(undefined),
  system: z.enum(ACCOUNT_KINDS).optional().catch(undefined),
  customer: z.coerce.number().int().positive().optional().catch(undefined),
});

/** `view`: the kind of object whose fields are shown, or what was said of fields before. */
export const CrmFieldsSearchSchema = z.object({
  view: z
    .enum([...CRM_FIELD_OBJECTS, 'changes'])
    .optional()
    .catch(undefined),
});

/** `upload`: the file that is mapped; `job`: the import whose progress is shown; `table`: the kind of its rows. */
export const ImportSearchSchema = z.object({
  upload: z.coerce.number().int().positive().optional().catch(undefined),
  job: z.coerce.number().int().positive().optional().catch(undefined),
  table: z.string().max(60).optional().catch(undefined),
  view: z.enum(['history', 'mappings']).optional().catch(undefined),
});

export const BoardSearchSchema = z.object({
  month,
  shows: PackBasisSchema.optional().catch(undefined),
  /** Whether the charts have notes and releases. */
  noted: z.literal('yes').optional().catch(undefined),
  format: z.enum(['A4', 'Letter']).optional().catch(undefined),
});

const digest = z.coerce.number().int().positive().optional().catch(undefined);
const paper = z.enum(['A4', 'Letter']).optional().catch(undefined);

/** The days of a digest (`from` and `to` are those of the rows behind a figure); `digest`: one of the archive; `format`: on paper. */
export const TodaySearchSchema = z.object({ since: day, until: day, digest, format: paper });

/** `of`: any day of the week. */
export const WeekSearchSchema = z.object({ of: day, digest, format: paper });

/** `way`: the way in that was chosen, or that it is chosen anew. `job`: the job whose progress is shown. */
export const WelcomeSearchSchema = z.object({
  way: z.enum(['stripe', 'choose']).optional().catch(undefined),
  job: z.coerce.number().int().positive().optional().catch(undefined),
});
