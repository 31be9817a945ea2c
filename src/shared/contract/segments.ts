/** Filters over customers, and those that are saved under a name. */
import { z } from 'zod';
import { CustomerStateSchema } from './customer-state.ts';
import { command, query } from './procedure.ts';
import { DaySchema, InstantSchema, MinorSchema } from './scalars.ts';
import { DimensionSchema } from './slice.ts';

const DaysSchema = z.object({ from: DaySchema.optional(), to: DaySchema.optional() });

/** One condition over a dimension. Of a price's dimensions a customer has the values it pays for today; its plan also while it does not pay. */
export const FilterConditionSchema = z.object({
  dimension: DimensionSchema.refine((dimension) => dimension !== 'segment', 'a segment cannot be made of segments'),
  values: z.array(z.string().max(500)).min(1).max(200),
  /** Those who have none of the values. */
  not: z.boolean().optional(),
});
export type FilterCondition = z.infer<typeof FilterConditionSchema>;

/** All of what is given must hold. Customers as they stand at the last run. */
export const CustomerFilterSchema = z.strictObject({
  /** Part of the name or e-mail address, in any case, or the vendor's id. */
  search: z.string().trim().min(1).max(200).optional(),
  states: z.array(CustomerStateSchema).min(1).optional(),
  where: z.array(FilterConditionSchema).max(12).optional(),
  /** Monthly minor units of the reporting currency, both ends included. */
  mrr: z.object({ min: MinorSchema.optional(), max: MinorSchema.optional() }).optional(),
  firstPaid: DaysSchema.optional(),
  churned: DaysSchema.optional(),
});
export type CustomerFilter = z.infer<typeof CustomerFilterSchema>;

const SegmentNameSchema = z.string().trim().min(1, 'a segment needs a name').max(80);

export const SegmentSchema = z.object({
  segmentId: z.number().int(),
  name: z.string(),
  filter: CustomerFilterSchema,
  createdAt: InstantSchema,
});
export type Segment = z.infer<typeof SegmentSchema>;

const One = z.object({ segmentId: z.number().int() });

export const segments = {
  /** By name, each with the number of its customers today. */
  list: query.output(z.array(SegmentSchema.extend({ customers: z.number().int() }))),
  /** Saves a new one, or changes the name or filter of one there is. Names differ in more than case. */
  save: command
    .input(
      z.object({
        segmentId: z.number().int().optional(),
        name: SegmentNameSchema.optional(),
        filter: CustomerFilterSchema.optional(),
      }),
    )
    .output(SegmentSchema),
  /** Takes one away; `restore` brings it back. */
  remove: command.input(One).output(SegmentSchema),
  restore: command.input(One).output(SegmentSchema),
};
