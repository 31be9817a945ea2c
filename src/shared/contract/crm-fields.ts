/** Further fields of sales systems: what is in them, and what the founder says they mean. */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { InstantSchema, SourceIdSchema } from './scalars.ts';

export const CRM_FIELD_OBJECTS = ['account', 'contact', 'deal'] as const;
export type CrmFieldObject = (typeof CRM_FIELD_OBJECTS)[number];

/** What a field may mean, by the kind of object that it belongs to. People carry none: no figure rests on who somebody is. */
export const CRM_MEANINGS = {
  account: ['billing_customer', 'channel', 'slice'],
  contact: [],
  deal: ['channel', 'slice', 'loss_reason', 'competitor', 'contract_start', 'contract_end', 'annual_amount'],
} as const;

const CRM_MEANING_NAMES = [...new Set([...CRM_MEANINGS.account, ...CRM_MEANINGS.deal])];
export const CrmMeaningNameSchema = z.enum(CRM_MEANING_NAMES);
export type CrmMeaning = z.infer<typeof CrmMeaningNameSchema>;

/** Keys by which figures are sliced share their names with the metadata of billing: `metadata:segment`. */
export const SliceKeySchema = z
  .string()
  .trim()
  .min(1, 'a slice needs a name')
  .max(80)
  .regex(/^[^"\\:]+$/, 'a slice’s name has no quotes, backslashes or colons');

/** `slice` names the key of figures where the meaning is a slice; null for nothing at all. */
export const CrmMeaningSchema = z
  .object({ meaning: CrmMeaningNameSchema, slice: SliceKeySchema.nullable() })
  .nullable();
export type SaidOfField = z.infer<typeof CrmMeaningSchema>;

export const CrmFieldSchema = z.object({
  sourceId: SourceIdSchema,
  sourceName: z.string(),
  vendor: z.string(),
  object: z.enum(CRM_FIELD_OBJECTS),
  key: z.string(),
  label: z.string(),
  /** In the system's own word; null where it does not tell. */
  type: z.string().nullable(),
  /** Objects that are alive, and those of them in which the field is filled in. */
  objects: z.number().int(),
  filled: z.number().int(),
  /** Up to three values, the most frequent first; of people none. */
  samples: z.array(z.string()),
  /** False: the system has the field, and its values are not read. */
  isRead: z.boolean(),
  /** Named as the billing customer's id when the source was connected: it means that until something else is said. */
  byConnection: z.boolean(),
  said: CrmMeaningSchema,
});
export type CrmField = z.infer<typeof CrmFieldSchema>;

const FieldSchema = z.object({
  sourceId: SourceIdSchema,
  object: z.enum(CRM_FIELD_OBJECTS),
  key: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^"\\]+$/, 'a field’s key has neither quotes nor backslashes'),
});

export const CrmFieldChangeSchema = z.object({
  changeId: z.number().int(),
  at: InstantSchema,
  sourceName: z.string(),
  object: z.enum(CRM_FIELD_OBJECTS),
  label: z.string(),
  before: CrmMeaningSchema,
  after: CrmMeaningSchema,
  /** False for what was taken back already, or takes something back itself. */
  canUndo: z.boolean(),
});
export type CrmFieldChange = z.infer<typeof CrmFieldChangeSchema>;

export const crmFields = {
  /** By source, kind of object and label. */
  list: query.output(z.array(CrmFieldSchema)),
  /** The latest hundred, newest first. */
  changes: query.output(z.array(CrmFieldChangeSchema)),
  /** Says what a field means, at once and for what is stored already; null: nothing. */
  save: command.input(FieldSchema.extend({ said: CrmMeaningSchema })).output(z.object({ changeId: z.number().int() })),
  undo: command.input(z.object({ changeId: z.number().int() })).output(z.object({ changeId: z.number().int() })),
  /** Has a field's values read from now on, and everything listed again for it. */
  read: command.input(FieldSchema).output(z.object({ jobId: z.number().int() })),
};
