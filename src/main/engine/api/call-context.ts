/** What the handlers of the contract are given: the host's session, and the engine while it is unlocked. */
import type { SessionStatus } from '../../../shared/contract/session.ts';
import type { NativeNotification } from '../runtime/ports.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Job, JobQueue } from '../jobs/index.ts';
import type { ReaderPool } from '../store/index.ts';
import type { Broadcast } from './broadcast.ts';
import type { CallInput, CallOutput, CommandName, QueryTable, SessionName } from './call-types.ts';
import type { ChangeHub } from './change-hub.ts';

/** An open engine, as the handlers see it. */
export interface EngineCalls {
  /** Runs a query on the reader's thread. */
  readonly ask: ReaderPool<QueryTable>['run'];
  readonly commands: {
    readonly [Name in CommandName]: (
      input: CallInput<Name>,
      signal: AbortSignal | undefined,
    ) => CallOutput<Name> | Promise<CallOutput<Name>>;
  };
  /** Work on the writer whose sentences have figures as the company's locale writes them. */
  readonly worded: <Result>(work: () => Result) => Result;
  readonly jobs: JobQueue;
  readonly changes: ChangeHub;
  readonly notifications: Broadcast<NativeNotification>;
  /** Every change of a job. */
  readonly jobEvents: Broadcast<Job>;
}

type SessionInput<Name extends SessionName> = CallInput<Name>;

/** Keys and locks, held by the host. */
export interface SessionCalls {
  status(): SessionStatus | Promise<SessionStatus>;
  create(input: SessionInput<'session.create'>): Promise<SessionStatus>;
  unlock(input: SessionInput<'session.unlock'>): Promise<SessionStatus>;
  lock(): Promise<SessionStatus>;
  backups(): Promise<CallOutput<'session.backups'>>;
  restore(input: SessionInput<'session.restore'>): Promise<SessionStatus>;
  openDemo(): Promise<SessionStatus>;
  leaveDemo(): Promise<SessionStatus>;
  changePassphrase(input: SessionInput<'session.changePassphrase'>): Promise<SessionStatus>;
  setRecovery(input: SessionInput<'session.setRecovery'>): Promise<SessionStatus>;
  ways(): CallOutput<'session.ways'>;
  addKeychain(input: SessionInput<'session.addKeychain'>): Promise<SessionStatus>;
  setPassphrase(input: SessionInput<'session.setPassphrase'>): Promise<SessionStatus>;
  removeWay(input: SessionInput<'session.removeWay'>): Promise<SessionStatus>;
  eraseAll(input: SessionInput<'session.eraseAll'>): Promise<SessionStatus>;
}

export interface CallContext {
  readonly session: SessionCalls;
  /** The open engine. @throws AppError `locked` while there is none. */
  readonly engine: () => EngineCalls;
  readonly logger: Logger;
  /** Somebody uses Vario: puts the idle lock off. */
  readonly onActivity: () => void;
}
