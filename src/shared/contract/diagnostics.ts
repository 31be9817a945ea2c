/** What the program is, whom it spoke with, and how it is doing: nothing here names a customer or an amount. */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { DaySchema, InstantSchema } from './scalars.ts';

export const VersionsSchema = z.object({
  vario: z.string(),
  /** What the build was made from and when; null in a checkout that was not built. */
  commit: z.string().nullable(),
  builtAt: InstantSchema.nullable(),
  electron: z.string().nullable(),
  chromium: z.string().nullable(),
  node: z.string(),
  sqlite: z.string(),
  /** The schema that the database has. */
  schema: z.number().int(),
  /** `linux x64`. */
  platform: z.string(),
});
export type Versions = z.infer<typeof VersionsSchema>;

/** Requests to one host on one day of the company. */
export const ContactSchema = z.object({
  /** `this computer` for addresses that lead nowhere else. */
  host: z.string(),
  on: DaySchema,
  requests: z.number().int(),
  /** Nothing answered, or with a status of 400 and more. */
  failures: z.number().int(),
  bytesSent: z.number().int(),
  bytesGot: z.number().int(),
  lastAt: InstantSchema,
});
export type Contact = z.infer<typeof ContactSchema>;

/** One text of the bundle. */
export const BundlePartSchema = z.object({ name: z.string(), text: z.string() });
export type BundlePart = z.infer<typeof BundlePartSchema>;

export const diagnostics = {
  versions: query.output(VersionsSchema),
  /** The last 400 days, newest first. */
  contacts: query.output(z.array(ContactSchema)),
  /** What the database tells of itself for the bundle. */
  facts: query.output(z.array(BundlePartSchema)),
  /** All that `save` would write. */
  preview: query.output(z.array(BundlePartSchema)),
  /** Writes the bundle among the documents. */
  save: command.output(z.object({ file: z.string(), bytes: z.number().int() })),
};
