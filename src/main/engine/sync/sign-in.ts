/**
 * Connecting a vendor by signing in: the founder's browser goes to the vendor,
 * which sends it back to a listener on this machine. Tokens stay in the engine:
 * whoever started it is told how it ended, and nothing else.
 */
import { AppError, isAppError } from '../../../shared/kernel/errors.ts';
import { MINUTE_MS } from '../../../shared/kernel/instant.ts';
import { listenForAnswer, type Loopback } from '../runtime/index.ts';
import type { SignIn } from '../sources/kit/index.ts';
import { sourceOf, SOURCES } from '../sources/registry.ts';
import { connectSource, type TextValues } from './connections.ts';
import type { SyncDeps } from './deps.ts';

export interface SignInRequest {
  readonly vendor: string;
  readonly name: string;
  readonly config: TextValues;
  /** What the app itself needs, as its own secret; tokens come from the vendor. */
  readonly secrets: TextValues;
}

export type SignInState =
  | { readonly state: 'waiting' }
  | { readonly state: 'done'; readonly sourceId: number; readonly jobId: number; readonly warnings: readonly string[] }
  | { readonly state: 'refused' | 'timed_out'; readonly message: string };

export interface SignIns {
  /** Opens the listener and gives the address for the browser. One that is still waiting ends by it. @throws AppError. */
  start(request: SignInRequest): Promise<{ readonly signInId: string; readonly address: string }>;
  /** @throws AppError `not_found` for one that this engine has not started. */
  stateOf(signInId: string): SignInState;
  cancel(signInId: string): Promise<void>;
  /** Ends whatever waits, and resolves once nothing listens any more. */
  close(): Promise<void>;
}

/** A person signs in, perhaps with a second factor, perhaps asking somebody for leave. */
const TIME_OUT_MS = 10 * MINUTE_MS;
const RANDOM_BYTES = 32;
const MOST_KEPT = 20;

/** @param onConnected queues the first sync of a source that was connected, and gives its job. */
export function createSignIns(deps: SyncDeps, onConnected: (sourceId: number) => number): SignIns {
  const states = new Map<string, SignInState>();
  let open: { readonly signInId: string; readonly stop: AbortController; readonly ended: Promise<void> } | null = null;

  async function stopOpen(): Promise<void> {
    open?.stop.abort();
    await open?.ended;
  }

  function enter(signInId: string, state: SignInState): void {
    states.set(signInId, state);
    const [oldest] = states.keys();
    if (states.size > MOST_KEPT && oldest !== undefined) states.delete(oldest);
  }

  return {
    async start(request) {
      const parsed = sourceOf(request.vendor, deps.sources ?? SOURCES).parse(request.config, request.secrets);
      if (parsed.signIn === null)
        throw new AppError('invalid_input', `${request.vendor} is connected by a key, not by signing in`);
      await stopOpen();
      const signInId = randomText(deps);
      const state = randomText(deps);
      const loopback = await listenForAnswer(parsed.signIn.redirectUri, state);
      const stop = new AbortController();
      const begun = await parsed.signIn.begin({ redirectUri: loopback.redirectUri, state }).catch(async (error) => {
        await loopback.close();
        throw error;
      });
      enter(signInId, { state: 'waiting' });
      const { http, clock, random } = deps;
      const tokenHttp = parsed.signIn.http({ http, clock, random, signal: stop.signal, attempts: 3 });
      const ended = answered(deps, loopback, stop.signal)
        .then(async (answer) => await connected(deps, request, begun, answer, tokenHttp))
        .then(({ sourceId, warnings }) => {
          enter(signInId, { state: 'done', sourceId, jobId: onConnected(sourceId), warnings });
        })
        .catch((error: unknown) => enter(signInId, endOf(error)))
        .then(async () => await loopback.close());
      open = { signInId, stop, ended };
      return { signInId, address: begun.address };
    },
    stateOf(signInId) {
      const state = states.get(signInId);
      if (!state) throw new AppError('not_found', 'This sign-in was not started by the engine that runs now');
      return state;
    },
    async cancel(signInId) {
      if (open?.signInId === signInId) await stopOpen();
    },
    close: stopOpen,
  };
}

/** The answer, or the end of the wait. @throws AppError `unavailable` when nobody came in time, `cancelled`. */
async function answered({ clock }: SyncDeps, loopback: Loopback, signal: AbortSignal): Promise<URLSearchParams> {
  const over = new AbortController();
  const wait = clock.sleep(TIME_OUT_MS, AbortSignal.any([signal, over.signal])).then(() => {
    throw new AppError('unavailable', 'Nobody came back from the sign-in page within ten minutes. Start again', {
      details: { timedOut: true },
    });
  });
  try {
    return await Promise.race([loopback.answer, wait]);
  } finally {
    over.abort();
    // The wait that lost the race is nobody's failure.
    wait.catch(() => undefined);
  }
}

async function connected(
  deps: SyncDeps,
  request: SignInRequest,
  begun: SignIn,
  answer: URLSearchParams,
  http: Parameters<SignIn['redeem']>[1],
): Promise<{ sourceId: number; warnings: readonly string[] }> {
  const code = answer.get('code');
  if (code === null) throw new AppError('auth_failed', refusalIn(answer));
  const { config, secrets } = await begun.redeem(code, http);
  const { sourceId, report } = await connectSource(deps, {
    vendor: request.vendor,
    name: request.name,
    config,
    secrets,
  });
  return { sourceId, warnings: report.warnings };
}

/** RFC 6749 section 4.1.2.1. */
function refusalIn(answer: URLSearchParams): string {
  const error = (answer.get('error') ?? 'no code').slice(0, 100);
  if (error === 'access_denied') return 'The sign-in page was left without allowing it. Start again to allow it.';
  const description = (answer.get('error_description') ?? '').slice(0, 300);
  return `The sign-in page answers “${error}”${description === '' ? '' : `: ${description}`}`;
}

function endOf(error: unknown): SignInState {
  if (!isAppError(error)) return { state: 'refused', message: 'The sign-in failed in an unexpected way' };
  if (error.code === 'cancelled') return { state: 'refused', message: 'The sign-in was cancelled' };
  return { state: error.details['timedOut'] === true ? 'timed_out' : 'refused', message: error.message };
}

function randomText({ random }: SyncDeps): string {
  return Buffer.from(random.bytes(RANDOM_BYTES)).toString('base64url');
}
