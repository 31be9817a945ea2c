/** What is read of Salesforce's answers: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/ */
import { z } from 'zod';
import { gapError } from '../kit/index.ts';

export const QuerySchema = z.object({
  totalSize: z.int().min(0),
  done: z.boolean(),
  nextRecordsUrl: z.string().startsWith('/services/').optional(),
  records: z.array(z.unknown()),
});
export const ObjectsSchema = z.object({ sobjects: z.array(z.object({ name: z.string(), queryable: z.boolean() })) });
export const ShapeSchema = z.object({
  createable: z.boolean(),
  updateable: z.boolean(),
  fields: z.array(z.object({ name: z.string(), label: z.string(), type: z.string(), custom: z.boolean() })),
});
const SalesforceTime = z.iso.datetime({ offset: true }).or(z.string().regex(/^[\dT:.-]+[+-]\d{4}$/));
export const DeletedSchema = z.object({
  deletedRecords: z.array(z.object({ id: z.string(), deletedDate: SalesforceTime })),
  earliestDateAvailable: SalesforceTime,
  latestDateCovered: SalesforceTime,
});
export const PicklistSchema = z.object({ values: z.array(z.object({ value: z.string() })) });
export const UserInfoSchema = z.object({
  organizationId: z.string(),
  organizationName: z.string(),
  orgDefaultCurrencyIsoCode: z.string().nullish(),
});

/** @throws a gap where the answer has another shape. */
export function readAnswer<Schema extends z.ZodType>(schema: Schema, answer: unknown, what: string): z.output<Schema> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success)
    throw gapError('refused', `Salesforce's answer for ${what} cannot be read; try again later`, parsed.error);
  return parsed.data;
}
