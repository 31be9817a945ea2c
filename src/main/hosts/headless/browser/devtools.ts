/**
 * A browser driven by the Chrome DevTools Protocol through pipes: no port is
 * opened, so no other program of this computer can take part.
 * https://chromedevtools.github.io/devtools-protocol/
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { AppError } from '../../../../shared/kernel/errors.ts';

const FLAGS = [
  '--headless',
  '--remote-debugging-pipe',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--mute-audio',
];

/** Windows has no groups of processes; Chrome ends its children there by itself. */
const HAS_GROUPS = process.platform !== 'win32';

const REMOVALS = 20;
const CHILDREN_LINGER_MS = 50;

const ReplySchema = z.object({
  id: z.number().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

export interface Devtools {
  /** Sends a command and parses its result. @throws AppError `unavailable` when the browser refuses or is gone. */
  send<Result>(method: string, params: object, result: z.ZodType<Result>, sessionId?: string): Promise<Result>;
  /** Ends the browser and removes its profile. Twice is once. */
  close(): Promise<void>;
}

/** Starts the browser with a profile of its own, which lasts as long as the browser. */
export function startBrowser(executable: string): Devtools {
  const profile = mkdtempSync(join(tmpdir(), 'vario-print-'));
  // Chromium refuses to run its sandbox as root, as in containers.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [...FLAGS, ...sandbox, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // A group of its own, so that it can be ended with all that it starts.
    detached: HAS_GROUPS,
  });
  return new PipedBrowser(child, profile);
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: AppError): void;
}

class PipedBrowser implements Devtools {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #input: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #exited: Promise<void>;
  #gone: AppError | null = null;
  #nextId = 1;

  constructor(child: ChildProcess, profile: string) {
    this.#child = child;
    this.#profile = profile;
    this.#input = child.stdio[3] as Writable;
    this.#input.on('error', (cause) => this.#lost('stopped listening', cause));
    this.#listen(child.stdio[4] as Readable);
    this.#exited = new Promise((resolve) => {
      child.once('error', (cause) => {
        this.#lost('could not be started', cause);
        resolve();
      });
      child.once('close', (code) => {
        this.#lost(`ended by itself (${code ?? 'killed'})`, null);
        resolve();
      });
    });
  }

  async send<Result>(method: string, params: object, result: z.ZodType<Result>, sessionId?: string): Promise<Result> {
    if (this.#gone) throw this.#gone;
    const id = this.#nextId++;
    const reply = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#input.write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
    const parsed = result.safeParse(await reply);
    if (parsed.success) return parsed.data;
    throw new AppError('unavailable', `The browser answered ${method} in an unknown form`, { cause: parsed.error });
  }

  async close(): Promise<void> {
    this.#lost('was closed', null);
    endAll(this.#child);
    await this.#exited;
    await removeForGood(this.#profile);
  }

  #listen(output: Readable): void {
    let unread: Buffer[] = [];
    output.on('data', (chunk: Buffer) => {
      for (let rest = chunk; rest.length > 0;) {
        const end = rest.indexOf(0);
        unread.push(end === -1 ? rest : rest.subarray(0, end));
        if (end === -1) return;
        const message = Buffer.concat(unread).toString('utf8');
        unread = [];
        rest = rest.subarray(end + 1);
        this.#received(message);
      }
    });
    output.on('error', (cause) => this.#lost('stopped answering', cause));
  }

  #received(message: string): void {
    const { id, result, error } = ReplySchema.parse(JSON.parse(message));
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || !waiting) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(new AppError('unavailable', `The browser refused: ${error.message}`));
    else waiting.resolve(result);
  }

  #lost(what: string, cause: unknown): void {
    this.#gone ??= new AppError('unavailable', `The browser that prints ${what}`, { cause });
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
    this.#waiting.clear();
  }
}

/** Ends a browser that may have ended by itself, and its children, which on a busy machine outlive it by seconds. */
function endAll(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (!HAS_GROUPS) child.kill('SIGKILL');
  else process.kill(-child.pid, 'SIGKILL');
}

/** The browser's own children outlive it for a moment and may write once more: removed until it stays away. */
async function removeForGood(folder: string): Promise<void> {
  for (let attempt = 0; attempt < REMOVALS; attempt++) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    await pause(CHILDREN_LINGER_MS);
    if (!existsSync(folder)) return;
  }
}
