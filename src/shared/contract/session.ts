/** Keys and locks: the only calls that are answered while the database is locked. */
import { z } from 'zod';
import { InstantSchema } from './scalars.ts';
import { sessionCommand, sessionQuery } from './procedure.ts';

/** Long enough to resist guessing when somebody has the file (NIST SP 800-63B-4: at least 15 where it stands alone; 12 with a slow hash). */
export const PassphraseSchema = z.string().min(12, 'at least 12 characters').max(1_024);

export const SessionStatusSchema = z.object({
  /** `new`: no database yet. `broken`: it cannot be opened; `problem` says why and what to do. */
  state: z.enum(['new', 'locked', 'unlocked', 'broken']),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  host: z.enum(['electron', 'browser']),
  version: z.string(),
  /** How the key can be had: the operating system's keychain, a passphrase, or not at all after exit (`throw_away`, the demo). */
  protections: z.array(z.enum(['keychain', 'passphrase', 'recovery', 'throw_away'])),
  keychainAvailable: z.boolean(),
});
export type SessionStatus = z.infer<typeof SessionStatusSchema>;

/** One way to the key: the operating system's keychain, the daily passphrase, or the one that is kept elsewhere. */
export const KeyWaySchema = z.object({ way: z.enum(['keychain', 'passphrase', 'recovery']), since: InstantSchema });
export type KeyWay = z.infer<typeof KeyWaySchema>;

/** A passphrase that opens the database now; null asks the keychain. */
const CurrentSchema = z.string().max(1_024).nullable();

export const BackupSchema = z.object({
  file: z.string(),
  reason: z.enum(['manual', 'scheduled', 'before-migration']),
  /** Bytes. */
  size: z.number().int(),
  madeAt: InstantSchema,
});
export type Backup = z.infer<typeof BackupSchema>;

export const session = {
  status: sessionQuery.output(SessionStatusSchema),
  /** Creates the database with a fresh key, wrapped by the keychain, a passphrase, or both. */
  create: sessionCommand
    .input(z.object({ keychain: z.boolean(), passphrase: PassphraseSchema.nullable() }))
    .output(SessionStatusSchema),
  /** Opens with the keychain (`passphrase` null) or a passphrase. Fails with `auth_failed`. */
  unlock: sessionCommand.input(z.object({ passphrase: z.string().max(1_024).nullable() })).output(SessionStatusSchema),
  lock: sessionCommand.output(SessionStatusSchema),
  /**
   * Opens an empty database in a folder of its own, under a key that is kept nowhere; `workspace.startDemo` fills it.
   * A database that is open is locked before.
   */
  openDemo: sessionCommand.output(SessionStatusSchema),
  /** Closes the demo's database and removes its folder; what was there before the demo is there again, locked or new. */
  leaveDemo: sessionCommand.output(SessionStatusSchema),
  /** The backups beside the database, and while it is open also those in the founder's own folder; newest first. */
  backups: sessionQuery.output(z.array(BackupSchema)),
  /**
   * Puts a backup in the database's place and opens it; also where the database itself cannot be opened. `passphrase`
   * null asks the keychain: nobody keeps the key. The database before is kept aside. Fails with `not_found` for a file
   * that is no backup known to `backups`.
   */
  restore: sessionCommand
    .input(z.object({ file: z.string(), passphrase: z.string().max(1_024).nullable() }))
    .output(SessionStatusSchema),
  changePassphrase: sessionCommand
    .input(z.object({ current: z.string().max(1_024), next: PassphraseSchema }))
    .output(SessionStatusSchema),
  /**
   * Adds (or replaces) a recovery passphrase beside the other ways in. `current` is the passphrase that opens the
   * database now; null asks the keychain: nobody keeps the key after opening.
   */
  setRecovery: sessionCommand
    .input(z.object({ passphrase: PassphraseSchema, current: z.string().max(1_024).nullable().default(null) }))
    .output(SessionStatusSchema),
  /** The ways to the key; none for the demo, whose key is kept nowhere. */
  ways: sessionQuery.output(z.array(KeyWaySchema)),
  /** Gives the key to the computer's keychain as well. */
  addKeychain: sessionCommand.input(z.object({ passphrase: z.string().max(1_024) })).output(SessionStatusSchema),
  /** Adds a daily passphrase where there is none, or replaces one that is forgotten while another way opens. */
  setPassphrase: sessionCommand
    .input(z.object({ passphrase: PassphraseSchema, current: CurrentSchema }))
    .output(SessionStatusSchema),
  /** Takes a way away; `current` must open by one that stays. Fails with `conflict` for the only one. */
  removeWay: sessionCommand
    .input(z.object({ way: KeyWaySchema.shape.way, current: CurrentSchema }))
    .output(SessionStatusSchema),
  /**
   * Deletes the database, its key, the backups beside it and files on their way in. The company's name as it is set
   * confirms it. Fails with `invalid_input` for another name, with `locked` while it cannot be compared.
   */
  eraseAll: sessionCommand.input(z.object({ companyName: z.string() })).output(SessionStatusSchema),
};
