/** One run of the command line: its options, its terminal, and the workspace that its command works on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/server';
import type { Command } from 'commander';
import { AppError, isAppError } from '../../../shared/kernel/errors.ts';
import { KEYRING_FILE } from '../workspace-host.ts';
import { dataDirOf, documentsDirOf } from './directories.ts';
import { startHeadless, type Client, type Headless } from './headless.ts';
import { passphraseOf } from './read-secret.ts';
import { createTerminal, type Terminal, type TerminalStreams } from './terminal.ts';
import { inLocale } from '../../engine/wording/index.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a run of the command line is given by its process, or by a test. */
export interface Process {
  readonly env: Environment;
  readonly streams: TerminalStreams;
  /** Fires on Ctrl-C. */
  readonly stop: AbortSignal;
  /** Calls back on every Enter where somebody sits at the terminal. @returns the way to stop that. */
  readonly onEnter: (listener: () => void) => () => void;
}

interface GlobalOptions {
  readonly dataDir?: string;
  readonly passphraseFile?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export interface Invocation {
  readonly dataDir: string;
  readonly documentsDir: string;
  readonly passphrase: string | null;
  readonly terminal: Terminal;
  readonly process: Process;
  readonly stderrLevel: 'debug' | 'error';
  /** Whether `--data-dir` was given in so many words. */
  readonly dataDirOption: string | undefined;
}

/** Reads the options that every command has. */
export function invocationOf(command: Command, run: Process): Invocation {
  const options = command.optsWithGlobals<GlobalOptions>();
  return {
    dataDir: dataDirOf(options.dataDir, run.env),
    dataDirOption: options.dataDir,
    documentsDir: documentsDirOf(run.env),
    passphrase: passphraseOf(options.passphraseFile, run.env),
    terminal: terminalOf(command, run),
    process: run,
    stderrLevel: options.verbose ? 'debug' : 'error',
  };
}

export function terminalOf(command: Command, run: Process): Terminal {
  const { json = false, quiet = false } = command.optsWithGlobals<GlobalOptions>();
  return createTerminal(run.streams, { json, quiet });
}

/**
 * Opens the workspace of the data directory, runs `work`, and closes it again. What `work` says has figures as the
 * company's locale writes them.
 * `create`: a new data directory gets its database, protected by the passphrase.
 * @throws AppError `locked` without a passphrase, `not_found` without a database, `auth_failed` for a wrong passphrase.
 */
export async function withWorkspace<Result>(
  invocation: Invocation,
  options: { readonly program: string; readonly create?: boolean },
  work: (client: Client, headless: Headless) => Promise<Result>,
): Promise<Result> {
  const { dataDir, documentsDir, stderrLevel } = invocation;
  // Looked at before anything is started: a mistyped folder is not to be created.
  if (options.create !== true && !existsSync(join(dataDir, KEYRING_FILE)))
    throw new AppError(
      'not_found',
      `There is no Vario database in ${dataDir}. Create one with vario connect, or give another folder with --data-dir`,
    );
  const headless = startHeadless({
    dataDir,
    documentsDir,
    stderrLevel,
    program: `vario ${options.program}`,
    worksByItself: false,
  });
  try {
    await openSession(headless.client, invocation);
    const { locale } = await headless.client.workspace.get();
    return await inLocale(locale, () => work(headless.client, headless));
  } finally {
    await headless.close();
  }
}

async function openSession(client: Client, invocation: Invocation): Promise<void> {
  const { dataDir, passphrase, terminal } = invocation;
  const { state, problem } = await client.session.status();
  if (state === 'unlocked') return;
  if (state === 'broken') throw new AppError('storage_failed', problem?.message ?? 'The database cannot be opened');
  if (passphrase === null)
    throw new AppError(
      'locked',
      `The database in ${dataDir} ${state === 'new' ? 'needs' : 'is locked:'} a passphrase in VARIO_PASSPHRASE or --passphrase-file FILE`,
    );
  if (state === 'new') {
    await client.session.create({ keychain: false, passphrase });
    terminal.note(`Created an encrypted database in ${dataDir}`);
  } else await client.session.unlock({ passphrase });
}

/** A failure in words: its code of the closed list and its sentence. */
export function failureOf(error: unknown): { code: string; message: string } {
  if (isAppError(error)) return { code: error.code, message: error.message };
  if (error instanceof ORPCError) return { code: String(error.code), message: error.message };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'internal', message: `Something unexpected went wrong: ${message}` };
}
