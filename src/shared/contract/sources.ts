/** Connections to vendors: what can be connected, what is, how far it has come, and what did not fit. */
import { z } from 'zod';
import { command, query } from './procedure.ts';
import { signIn } from './sign-in.ts';
import { CurrencySchema, CursorSchema, InstantSchema, SourceIdSchema } from './scalars.ts';
import { sourceUpkeep } from './source-upkeep.ts';

export const FormFieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  help: z.string().nullable(),
  secret: z.boolean(),
  required: z.boolean(),
  placeholder: z.string().nullable(),
});

export const SourceDescriptorSchema = z.object({
  vendor: z.string(),
  title: z.string(),
  family: z.enum(['billing', 'crm', 'analytics', 'support', 'files', 'rates']),
  description: z.string(),
  fields: z.array(FormFieldSchema),
  /** Names of the fields that signing in at the vendor needs, in place of a secret; null where it is connected by a key. */
  signIn: z.object({ fields: z.array(z.string()) }).nullable(),
  /** The read-only scopes that it needs, in the vendor's own words. */
  scopes: z.array(z.object({ id: z.string(), title: z.string(), why: z.string(), required: z.boolean() })),
});

export const SourceCheckSchema = z.object({
  ok: z.boolean(),
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
  liveMode: z.boolean().nullable(),
  /** What the account is kept in, as the vendor says or its objects show; null where neither is known. */
  currency: CurrencySchema.nullable(),
  missingScopes: z.array(z.object({ id: z.string(), title: z.string(), why: z.string() })),
  /** Sentences about what is odd but no obstacle (a key that can write, a test account). */
  warnings: z.array(z.string()),
  problem: z.string().nullable(),
});
export type SourceCheck = z.infer<typeof SourceCheckSchema>;

export const StreamStateSchema = z.object({
  stream: z.string(),
  title: z.string(),
  fetched: z.number().int(),
  changed: z.number().int(),
  quarantined: z.number().int(),
  /** Records stored, as of the last full listing; null for a stream that keeps none of its own (a feed of events, rates). */
  stored: z.number().int().nullable(),
  complete: z.boolean(),
  /** What proves it complete, or what is missing, in a sentence. */
  proof: z.string().nullable(),
  syncedAt: InstantSchema.nullable(),
  /** While it is read: objects with those to come; null while nobody knows. */
  expected: z.number().int().nullable(),
  /** How its last reading ended; null while it is read, and before the first. */
  outcome: z.enum(['done', 'gap', 'failed', 'stopped']).nullable(),
  /** What went wrong then, in a sentence. */
  problem: z.string().nullable(),
  endedAt: InstantSchema.nullable(),
});

export const SourceSchema = z.object({
  sourceId: SourceIdSchema,
  vendor: z.string(),
  title: z.string(),
  name: z.string(),
  accountName: z.string().nullable(),
  accountId: z.string().nullable(),
  /** Null where the vendor has no test mode. */
  liveMode: z.boolean().nullable(),
  /** False for a test account beside a live one: it is read, and is part of no figure. */
  counts: z.boolean(),
  /** While it is synced: by the pace measured so far and what is known to come; null while either is unknown. */
  remaining: z
    .object({ seconds: z.number().int().nullable(), perSecond: z.number().nullable(), measuredAt: InstantSchema })
    .nullable(),
  /** Synced later than this it has to be listed again altogether, because the vendor forgets what changed; null: never. */
  changesKeptUntil: InstantSchema.nullable(),
  state: z.enum(['ready', 'syncing', 'paused', 'failing', 'disconnected']),
  lastSyncedAt: InstantSchema.nullable(),
  lastError: z.object({ code: z.string(), message: z.string(), at: InstantSchema }).nullable(),
  /** The job that syncs it now. */
  jobId: z.number().nullable(),
  streams: z.array(StreamStateSchema),
  family: z.enum(['billing', 'crm', 'analytics', 'support', 'files', 'rates']),
  /** Settings without secrets, by the names of the form's fields. */
  config: z.record(z.string(), z.string()),
  /** When it is synced next by itself; null while it rests or is disconnected. */
  nextSyncAt: InstantSchema.nullable(),
  /** What it waits for until then: its turn, the network, the vendor's patience, or a new key. */
  waitsFor: z.enum(['turn', 'network', 'vendor', 'limit', 'key']),
  /** Failed syncs in a row. */
  failures: z.number().int(),
  /** The moment from which it counts as out of date, by the alert rule's threshold; null where that is off, or nothing was read. */
  staleAt: InstantSchema.nullable(),
});
export type Source = z.infer<typeof SourceSchema>;

const SumsSchema = z.object({ currency: z.string(), theirs: z.number().int(), ours: z.number().int() });

export const StreamProofSchema = z.object({
  stream: z.string(),
  title: z.string(),
  complete: z.boolean(),
  /** Objects that the last full listing showed, and those stored right after it; null for a stream that lists none. */
  listing: z
    .object({
      at: InstantSchema,
      listed: z.number().int(),
      stored: z.number().int(),
      quarantined: z.number().int(),
      /** Sums of the objects' amounts, minor units: as listed and as stored. */
      sums: z.array(SumsSchema),
    })
    .nullable(),
  /** The vendor's own totals against the sums stored, minor units. */
  totals: z.array(SumsSchema.extend({ statedAs: z.string() })),
  gap: z.string().nullable(),
  sentence: z.string(),
  syncedAt: InstantSchema.nullable(),
});

export const SourceCompletenessSchema = z.object({
  sourceId: SourceIdSchema,
  name: z.string(),
  vendor: z.string(),
  streams: z.array(StreamProofSchema),
});
export type SourceCompleteness = z.infer<typeof SourceCompletenessSchema>;

/** What did not fit: a record of a vendor, or a row of a file. It counts in no figure. */
export const SetAsidePageSchema = z.object({
  total: z.number().int(),
  rows: z.array(
    z.object({
      key: z.string(),
      /** Null of a row of a file, which fits once the file is put right and imported again. */
      quarantineId: z.number().nullable(),
      /** Null of a table that is no source's: costs. */
      sourceId: SourceIdSchema.nullable(),
      file: z.object({ importId: z.number().int(), name: z.string(), line: z.number().int() }).nullable(),
      stream: z.string(),
      objectId: z.string(),
      reason: z.string(),
      path: z.string(),
      record: z.string(),
      lastSeenAt: InstantSchema,
    }),
  ),
  cursor: CursorSchema,
});
export type SetAsidePage = z.infer<typeof SetAsidePageSchema>;

const connection = {
  vendor: z.string(),
  config: z.record(z.string(), z.string()),
  secrets: z.record(z.string(), z.string().max(10_000)),
};

export const sources = {
  ...sourceUpkeep,
  ...signIn,
  catalogue: query.output(z.array(SourceDescriptorSchema)),
  list: query.output(z.array(SourceSchema)),
  /** Tries the secret and its scopes without storing anything. */
  check: command.input(z.object(connection)).output(SourceCheckSchema),
  connect: command
    .input(z.object({ ...connection, name: z.string().min(1).max(100) }))
    .output(z.object({ sourceId: SourceIdSchema, jobId: z.number() })),
  /** Starts a sync of the given sources (default: all); `full` lists everything again. */
  sync: command
    .input(z.object({ sourceIds: z.array(SourceIdSchema).optional(), full: z.boolean().default(false) }))
    .output(z.object({ jobId: z.number() })),
  disconnect: command
    .input(z.object({ sourceId: SourceIdSchema, deleteData: z.boolean() }))
    .output(z.object({ done: z.literal(true) })),
  /** Every stream's count and sums against the vendor's own, and what is missing. */
  completeness: query.output(z.array(SourceCompletenessSchema)),
  /**
   * Asks the vendor again for records that were set aside: for one, or for all of a source with the same reason. The
   * job's result says how many were tried and how many fit now.
   */
  retryQuarantined: command
    .input(
      z.object({ sourceId: SourceIdSchema, quarantineId: z.number().int().optional(), reason: z.string().optional() }),
    )
    .output(z.object({ jobId: z.number() })),
  /** Reads every kept record again, also those set aside, offline; then the ledger follows. */
  retry: command.output(z.object({ jobId: z.number() })),
  quarantine: query
    .input(
      z.object({
        sourceId: SourceIdSchema.optional(),
        limit: z.number().int().min(1).max(200).default(50),
        cursor: CursorSchema.optional(),
      }),
    )
    .output(SetAsidePageSchema),
};
