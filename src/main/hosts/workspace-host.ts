/**
 * One data directory in the hands of a host: the way from a locked keyring to
 * an open engine and back. Everything but the session calls is answered with
 * `locked` while there is no engine. The key passes through; it is never kept.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, isAppError } from '../../shared/kernel/errors.ts';
import type { SessionStatus } from '../../shared/contract/session.ts';
import { createAutoLock, type AutoLock } from './auto-lock.ts';
import { eraseWorkspace } from './erase-workspace.ts';
import { buildStamp } from './installation.ts';
import { describeSession } from './describe-session.ts';
import { addKeychain, keyWays, removeWay } from './key-ways.ts';
import { createEngine, loadReaders, type CallContext, type Engine, type SessionCalls } from '../engine/index.ts';
import type { EnginePorts } from '../engine/runtime/index.ts';
import { listBackups, lockDirectory, restoreBackup, type Backup, type SpareThreads } from '../engine/store/index.ts';
import {
  changePassphrase,
  createAttemptLimit,
  createKeyring,
  keyringExists,
  setPassphrase,
  startThrowAway,
  unlockKeyring,
  type KeyProtector,
  type ThrowAway,
  type Unlock,
} from './keyring/index.ts';

export const DATABASE_FILE = 'vario.db';
export const KEYRING_FILE = 'keyring.json';
/** Where backups go unless the founder names another folder, seen from the data directory. */
const BACKUP_FOLDER = 'backups';

export type SessionState = SessionStatus['state'];

export interface WorkspaceHostOptions {
  readonly dataDir: string;
  readonly host: SessionStatus['host'];
  readonly version: string;
  /** Names this host to a second one that finds the data directory in use. */
  readonly program: string;
  /** The operating system's keychain, where the host has one. */
  readonly keychain: KeyProtector | null;
  readonly ports: Omit<EnginePorts, 'store'>;
  /** Where the demo company may live beside the data directory; null: this host shows none. */
  readonly demo?: DemoPlace | null;
  /** Minutes without a call after which the database is locked, null for never; left out: as the settings say. */
  readonly idleLockMinutes?: number | null;
  /** Minutes where the settings say nothing either; default null: never. */
  readonly presetLockMinutes?: number | null;
  /** Folder of the log, of which a bundle for help has the end; default: in the data directory. */
  readonly logDir?: string;
  /** Whether an open engine syncs by itself; default true. One-shot commands say no. */
  readonly worksByItself?: boolean;
  /** Called after every change of the state. */
  readonly onState?: (state: SessionState) => void;
}

export interface DemoPlace {
  /** Each demo gets a folder of its own in it, under a key that is kept nowhere, and takes it along when it is left. */
  readonly dir: string;
  /** Where its reports go; null: into its own folder, so that they go with it. */
  readonly documentsDir: string | null;
}

export interface WorkspaceHost {
  /** What the call handlers are given. */
  readonly context: CallContext;
  readonly state: SessionState;
  /** The open engine. @throws AppError `locked`. */
  engine(): Engine;
  /** Closes the engine, as locking does, and removes an open demo. Twice is once. */
  close(): Promise<void>;
}

/** Makes the host; nothing is opened before `session.create`, `session.unlock` or `session.openDemo`. */
export function createWorkspaceHost(options: WorkspaceHostOptions): WorkspaceHost {
  return new Host(options);
}

/** Which database to open, and where its reports go. */
interface Place {
  readonly file: string;
  readonly documentsDir: string;
}

class Host implements WorkspaceHost {
  readonly context: CallContext;
  readonly #options: WorkspaceHostOptions;
  readonly #databaseFile: string;
  readonly #keyringFile: string;
  readonly #attempts: ReturnType<typeof createAttemptLimit>;
  readonly #autoLock: AutoLock;
  #engine: Engine | null = null;
  /** What the next opening needs beside the key, on its way while that is derived. */
  #readers: SpareThreads | null = null;
  #demo: ThrowAway | null = null;
  /** Why the last opening failed; a successful one clears it. */
  #problem: SessionStatus['problem'] = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: WorkspaceHostOptions) {
    this.#options = options;
    this.#databaseFile = join(options.dataDir, DATABASE_FILE);
    this.#keyringFile = join(options.dataDir, KEYRING_FILE);
    this.#attempts = createAttemptLimit(() => options.ports.clock.now());
    this.#autoLock = createAutoLock({
      fixed: options.idleLockMinutes,
      preset: options.presetLockMinutes ?? null,
      logger: options.ports.logger,
      lock: () => this.close(),
    });
    this.context = {
      session: this.#sessionCalls(),
      engine: () => this.engine().calls,
      logger: options.ports.logger,
      onActivity: () => this.#autoLock.touch(),
    };
  }

  get state(): SessionState {
    if (this.#engine) return 'unlocked';
    if (this.#problem) return 'broken';
    return keyringExists(this.#keyringFile) ? 'locked' : 'new';
  }

  engine(): Engine {
    if (this.#engine) return this.#engine;
    throw new AppError(
      'locked',
      this.state === 'new' ? 'There is no database yet: create one first' : 'The database is locked: unlock it first',
    );
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#shut();
      await this.#readers?.stop();
      this.#readers = null;
    });
  }

  #sessionCalls(): SessionCalls {
    const { clock } = this.#options.ports;
    return {
      status: () => this.#status(),
      create: (input) =>
        this.#inTurn(async () => {
          if (this.#engine) throw new AppError('conflict', 'The database is open already');
          this.#prepare();
          const key = await this.#createKey(input.keychain, input.passphrase);
          await this.#open(key, this.#own());
          return this.#status();
        }),
      unlock: ({ passphrase }) =>
        this.#inTurn(async () => {
          if (this.#engine) return this.#status();
          this.#prepare();
          const unlock = passphrase === null ? { protector: this.#keychain() } : { passphrase };
          const key = await this.#attempts.attempt(() => unlockKeyring(this.#keyringFile, unlock));
          await this.#open(key, this.#own());
          return this.#status();
        }),
      lock: () =>
        this.#inTurn(async () => {
          // Nothing opens a throw-away database again, and invented figures need no lock.
          if (this.#demo === null) await this.#shut();
          return this.#status();
        }),
      backups: () => this.#backups(),
      restore: ({ file, passphrase }) =>
        this.#inTurn(async () => {
          await this.#restore(file, passphrase);
          return this.#status();
        }),
      openDemo: () =>
        this.#inTurn(async () => {
          if (this.#demo === null) await this.#openDemo();
          return this.#status();
        }),
      leaveDemo: () =>
        this.#inTurn(async () => {
          if (this.#demo === null) throw new AppError('conflict', 'The demo company is not open; nothing was deleted');
          await this.#shut();
          return this.#status();
        }),
      changePassphrase: ({ current, next }) =>
        this.#inTurn(async () => {
          await this.#attempts.attempt(() => changePassphrase(this.#keyringFile, current, next, clock.now()));
          this.#engine?.calls.changes.publish('session');
          return this.#status();
        }),
      setRecovery: ({ passphrase, current }) =>
        this.#inTurn(async () => {
          const opens: Unlock = current === null ? { protector: this.#keychain() } : { passphrase: current };
          await this.#attempts.attempt(() =>
            setPassphrase(this.#keyringFile, opens, passphrase, 'recovery', clock.now()),
          );
          this.#engine?.calls.changes.publish('session');
          return this.#status();
        }),
      ways: () => (this.#demo === null && keyringExists(this.#keyringFile) ? keyWays(this.#keyringFile) : []),
      addKeychain: ({ passphrase }) =>
        this.#changeWays(() => addKeychain(this.#keyringFile, passphrase, this.#keychain(), clock.now())),
      setPassphrase: ({ passphrase, current }) =>
        this.#changeWays(() =>
          setPassphrase(this.#keyringFile, this.#opening(current), passphrase, 'daily', clock.now()),
        ),
      removeWay: ({ way, current }) =>
        this.#changeWays(() => removeWay(this.#keyringFile, way, this.#opening(current))),
      eraseAll: ({ companyName }) =>
        this.#inTurn(async () => {
          await this.#erase(companyName);
          return this.#status();
        }),
    };
  }

  #opening(passphrase: string | null): Unlock {
    return passphrase === null ? { protector: this.#keychain() } : { passphrase };
  }

  #changeWays(change: () => Promise<void>): Promise<SessionStatus> {
    return this.#inTurn(async () => {
      if (this.#demo !== null) throw new AppError('conflict', 'The demo company has no key to protect. Leave it first');
      await this.#attempts.attempt(change);
      this.#engine?.calls.changes.publish('session');
      return this.#status();
    });
  }

  async #erase(companyName: string): Promise<void> {
    if (this.#demo !== null) throw new AppError('conflict', 'Leave the demo company instead: that deletes it');
    const workspace = await this.engine().calls.ask('workspace.get', undefined);
    if (companyName.trim() !== workspace.companyName)
      throw new AppError('invalid_input', `Nothing was erased: type “${workspace.companyName}” to confirm`);
    await this.#shut();
    eraseWorkspace(this.#databaseFile, this.#keyringFile, join(this.#options.dataDir, BACKUP_FOLDER));
    this.#tellState();
  }

  async #backups(): Promise<Backup[]> {
    const own = join(this.#options.dataDir, BACKUP_FOLDER);
    const folder =
      this.#engine === null || this.#demo !== null
        ? null
        : (await this.#engine.calls.ask('workspace.get', undefined)).backupFolder;
    return [own, ...(folder === null ? [] : [folder])].flatMap(listBackups).sort((a, b) => b.madeAt - a.madeAt);
  }

  async #restore(file: string, passphrase: string | null): Promise<void> {
    if (this.#demo !== null) throw new AppError('conflict', 'Leave the demo company first');
    const known = await this.#backups();
    if (!known.some((backup) => backup.file === file))
      throw new AppError(
        'not_found',
        `${file} is none of the backups that Vario knows. Use vario restore for another one`,
      );
    const opens: Unlock = passphrase === null ? { protector: this.#keychain() } : { passphrase };
    const key = await this.#attempts.attempt(() => unlockKeyring(this.#keyringFile, opens));
    const again = Uint8Array.from(key);
    await this.#shut();
    try {
      const lock = lockDirectory(this.#options.dataDir, this.#options.program, this.#options.ports.clock.now());
      try {
        restoreBackup(this.#databaseFile, file, key);
      } finally {
        lock.release();
        key.fill(0);
      }
    } catch (error) {
      // The database before is in its place; where it cannot be opened either, the status says so.
      await this.#open(again, this.#own()).catch((cause: unknown) =>
        this.#options.ports.logger.warn('The database before the restore could not be opened', { error: cause }),
      );
      throw error;
    }
    await this.#open(again, this.#own());
  }

  async #openDemo(): Promise<void> {
    const { demo } = this.#options;
    if (!demo) throw new AppError('unavailable', 'This host shows no demo company');
    await this.#shut();
    this.#prepare();
    const folder = startThrowAway(demo.dir);
    this.#demo = folder;
    try {
      await this.#open(folder.key, {
        file: join(folder.dataDir, DATABASE_FILE),
        documentsDir: demo.documentsDir ?? join(folder.dataDir, 'documents'),
      });
    } catch (error) {
      this.#demo = null;
      folder.remove();
      throw error;
    }
  }

  #own(): Place {
    return { file: this.#databaseFile, documentsDir: this.#options.ports.documentsDir };
  }

  async #createKey(useKeychain: boolean, passphrase: string | null): Promise<Uint8Array> {
    const ways: Unlock[] = [];
    if (useKeychain) ways.push({ protector: this.#keychain() });
    if (passphrase !== null) ways.push({ passphrase });
    if (existsSync(this.#databaseFile) && !keyringExists(this.#keyringFile))
      throw new AppError(
        'conflict',
        `${this.#databaseFile} exists without its ${KEYRING_FILE}. Put the keyring back from a backup, or move the database away`,
      );
    mkdirSync(this.#options.dataDir, { recursive: true, mode: 0o700 });
    return await createKeyring(this.#keyringFile, ways, this.#options.ports.clock.now());
  }

  #keychain(): KeyProtector {
    const { keychain } = this.#options;
    if (keychain) return keychain;
    throw new AppError('unavailable', 'This host has no keychain: use a passphrase');
  }

  async #status(): Promise<SessionStatus> {
    const { host, version, keychain } = this.#options;
    const session = { state: this.state, problem: this.#problem, isDemo: this.#demo !== null };
    return { ...(await describeSession(this.#keyringFile, session, keychain)), host, version };
  }

  async #open(key: Uint8Array, { file, documentsDir }: Place): Promise<void> {
    const { ports, program, worksByItself = true } = this.#options;
    try {
      this.#engine = await createEngine(
        { ...ports, documentsDir, store: { file, key } },
        {
          program,
          worksByItself,
          version: this.#options.version,
          build: buildStamp(),
          logDir: this.#logDir,
          spareReaders: this.#readers ?? undefined,
        },
      );
      this.#problem = null;
      this.#readers = null;
    } catch (error) {
      if (isAppError(error)) this.#problem = { code: error.code, message: error.message };
      this.#tellState();
      throw error;
    } finally {
      key.fill(0);
    }
    if (this.#demo === null) this.#autoLock.follow(this.#engine.calls);
    this.#tellState();
  }

  /** A wrong passphrase leaves the threads to the next try. */
  #prepare(): void {
    const { ports, worksByItself = true } = this.#options;
    this.#readers ??= loadReaders(ports.readerWorkerUrl, { worksByItself });
  }

  get #logDir(): string {
    return this.#options.logDir ?? join(this.#options.dataDir, 'logs');
  }

  async #shut(): Promise<void> {
    this.#autoLock.stop();
    const engine = this.#engine;
    if (!engine) return;
    // From here on calls are answered with `locked`, while running ones come to their end.
    this.#engine = null;
    engine.calls.changes.publish('session');
    await engine.close();
    this.#demo?.remove();
    this.#demo = null;
    this.#tellState();
  }

  #tellState(): void {
    this.#options.onState?.(this.state);
  }

  /** One change of the session after the other: two windows may unlock at once. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => undefined);
    return next;
  }
}
