/**
 * What the desktop shell and the engine's process say to each other, apart
 * from the renderer's calls. Both sides parse with these schemas, so that a
 * shell and an engine of different versions fail with a sentence. Keys travel
 * only here: never in argv, environment or a file.
 */
import { z } from 'zod';
import { ERROR_CODES } from '../../shared/kernel/errors.ts';

const BytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'not bytes');
const FailureSchema = z.object({ code: z.enum(ERROR_CODES), message: z.string() });

/** Answers carry the id of the request that they answer. */
const RequestIdSchema = z.number().int();

export const ShellMessageSchema = z.discriminatedUnion('type', [
  /** First of all, once. */
  z.object({
    type: z.literal('start'),
    /** Folder of the database, the keyring and the lock. */
    dataDir: z.string().min(1),
    /** Folder of board packs, exports and backups. */
    documentsDir: z.string().min(1),
    version: z.string(),
    /** Whether the operating system's keychain protects what it wraps (`basic_text` counts as none). */
    keychainAvailable: z.boolean(),
    /** True: the demo company under a throw-away key, in a folder of its own beside `dataDir`, which is not touched. */
    demo: z.boolean().default(false),
    /** Open with the keychain at once where a keyring has that way in. */
    unlockWithKeychain: z.boolean().default(true),
    logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  }),
  /** A window's MessagePort, as the message's only transferred port. */
  z.object({ type: z.literal('port'), windowId: z.number().int() }),
  /** What the keychain answered to `keychain`. */
  z.object({ type: z.literal('keychain_result'), id: RequestIdSchema, bytes: BytesSchema }),
  z.object({ type: z.literal('keychain_failed'), id: RequestIdSchema, failure: FailureSchema }),
  /** The page asked for by `print` is in its file. */
  z.object({ type: z.literal('print_result'), id: RequestIdSchema }),
  z.object({ type: z.literal('print_failed'), id: RequestIdSchema, failure: FailureSchema }),
  /** The person asked for it, or the screen was locked. */
  z.object({ type: z.literal('lock') }),
  /** Sync all sources now (tray, menu). */
  z.object({ type: z.literal('sync') }),
  /** The machine woke from sleep. */
  z.object({ type: z.literal('wake') }),
  /** Finish running transactions and end; answered by `stopped`. */
  z.object({ type: z.literal('stop') }),
]);
export type ShellMessage = z.infer<typeof ShellMessageSchema>;
/** As the shell writes it: fields with a default may be left out. */
export type ShellMessageInput = z.input<typeof ShellMessageSchema>;

export const EngineMessageSchema = z.discriminatedUnion('type', [
  /** Windows' ports are served from now on (the database may still be locked). */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('session'), state: z.enum(['new', 'locked', 'unlocked', 'broken']) }),
  /** Wrap 32 bytes with the operating system's keychain, or unwrap what it once wrapped. */
  z.object({
    type: z.literal('keychain'),
    id: RequestIdSchema,
    operation: z.enum(['wrap', 'unwrap']),
    bytes: BytesSchema,
  }),
  /** Print an in-app path to PDF. The page is ready when `document.body.dataset.ready` is `true`. */
  z.object({
    type: z.literal('print'),
    id: RequestIdSchema,
    path: z.string().startsWith('/'),
    format: z.enum(['A4', 'Letter']),
    title: z.string(),
    file: z.string(),
  }),
  z.object({ type: z.literal('print_cancelled'), id: RequestIdSchema }),
  /** Show a native notification; a click opens the in-app path `target`. */
  z.object({
    type: z.literal('notify'),
    id: z.string(),
    title: z.string(),
    body: z.string(),
    target: z.string().startsWith('/'),
  }),
  /** Today's figures for the tray, already formatted for the workspace's locale; null while there are none. */
  z.object({
    type: z.literal('figures'),
    figures: z.object({ arr: z.string(), climb: z.string(), openAlerts: z.number().int() }).nullable(),
  }),
  /** One redacted line of the log. */
  z.object({
    type: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    message: z.string(),
    fields: z.record(z.string(), z.unknown()),
  }),
  /** A failure after which the process ends with exit code 1. */
  z.object({ type: z.literal('failed'), failure: FailureSchema }),
  z.object({ type: z.literal('stopped') }),
]);
export type EngineMessage = z.infer<typeof EngineMessageSchema>;
