/** Starts processes of their own, so that what is measured shares no thread with what it is measured against. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface StripeProcess {
  readonly apiBase: string;
  readonly objects: number;
  stop(): void;
}

const ReadySchema = z.object({ port: z.number(), objects: z.number() });

/** @param latencyMs how long each answer is held back. @param kinds `bills`: customers, subscriptions and invoices alone. */
export async function startStripe(
  copies: number,
  latencyMs: number,
  kinds: 'all' | 'bills' = 'all',
): Promise<StripeProcess> {
  const child = forkOwn('./stripe-multiplied.ts', [copies, latencyMs, kinds]);
  const { port, objects } = ReadySchema.parse(await firstMessage(child));
  return { apiBase: `http://127.0.0.1:${port}`, objects, stop: () => void child.kill() };
}

/** Runs a script of this folder to its end and gives the message that it sends. */
export async function runOwn(script: string, args: readonly (string | number)[]): Promise<unknown> {
  const child = forkOwn(script, args);
  const message = await firstMessage(child);
  child.disconnect();
  if (child.exitCode === null) await once(child, 'exit');
  return message;
}

function forkOwn(script: string, args: readonly (string | number)[]): ChildProcess {
  return fork(fileURLToPath(new URL(script, import.meta.url)), args.map(String), { execArgv: [] });
}

async function firstMessage(child: ChildProcess): Promise<unknown> {
  return await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${child.spawnargs[1]} ended with code ${code}`)));
  });
}
