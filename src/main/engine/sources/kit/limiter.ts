/** An Http that keeps to a vendor's limits: pace, concurrency, patience after a refusal, and only the declared hosts. */
import PQueue from 'p-queue';
import { AppError, isAppError } from '../../../../shared/kernel/errors.ts';
import { instantOfHttpDate, SECOND_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Http, HttpRequest, HttpResponse, RandomSource } from '../../runtime/ports.ts';
import type { BudgetReading } from './budget.ts';
import type { SessionPorts } from './session-ports.ts';
import { pace, type Pace } from './pace.ts';

export interface Limits {
  readonly requestsPerSecond: number;
  /** One for all, or by what `endpointOf` calls it. */
  readonly perEndpointPerSecond: number | ((endpoint: string) => number);
  readonly concurrency: number;
  /** Which requests share an endpoint's limit. */
  readonly endpointOf: (url: URL) => string;
  /** Which requests go first wherever they wait together: those with the higher number. Zero where nothing is said. */
  readonly priorityOf?: (endpoint: string) => number;
  /** How often a request is tried in all. */
  readonly attempts: number;
  /** Quotas that an answer states, read off its headers. */
  readonly budgetOf?: (response: HttpResponse, now: Instant) => readonly BudgetReading[];
}

/** What a server that is out of order is given: some eight seconds at the most, whatever the patience with a busy one. */
const SERVER_ERROR_ATTEMPTS = 5;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 32_000;
/** A vendor that asks for more patience than this is left alone until the next run. */
const LONGEST_RETRY_AFTER_MS = 5 * 60_000;
/** Whoever was told the same wait does not come back in the same moment: up to a tenth of it later, a second at most. */
const RETRY_AFTER_JITTER = 0.1;

/**
 * Wraps `ports.http`. Retries what a repetition can heal (429, 409, 5xx, no
 * answer) with full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/),
 * or as long as `Retry-After` says and a little longer. Other answers are returned as they are. An
 * endpoint that is out of order (5xx to the last try) gets one try a request from
 * then on, and its failure carries `details.failing`: the others go on.
 * @param onRequest is told of every request sent, repetitions included.
 */
export function limitedHttp(
  ports: SessionPorts,
  limits: Limits,
  hosts: readonly string[],
  onRequest: () => void,
): Http {
  const { http, clock, random, signal, attempts = limits.attempts } = ports;
  const queue = new PQueue({ concurrency: limits.concurrency });
  const whole = pace(limits.requestsPerSecond, clock);
  const endpoints = new Map<string, Pace>();
  const outOfOrder = new Set<string>();
  const paceOf = (endpoint: string): Pace => {
    let known = endpoints.get(endpoint);
    if (!known) endpoints.set(endpoint, (known = pace(mostOf(limits, endpoint), clock)));
    return known;
  };

  async function attempt(request: HttpRequest, endpoint: Pace, priority: number): Promise<HttpResponse> {
    // Turns are waited for outside the queue, so that a slow endpoint takes no places from the others.
    await endpoint.wait(signal);
    await whole.wait(signal, priority);
    return await queue.add(
      async () => {
        onRequest();
        const response = await http(request);
        const stated = limits.budgetOf?.(response, clock.now()) ?? [];
        if (stated.length > 0) ports.onBudget?.(stated);
        return response;
      },
      { signal, priority },
    );
  }

  /** Stripe says which of its limits was hit; without a word it is taken for the one over all. */
  function slowDown({ headers }: HttpResponse, endpoint: Pace, toldMs: number | null): void {
    const hit = headers['stripe-rate-limited-reason']?.startsWith('endpoint') === true ? endpoint : whole;
    if (toldMs === null) hit.refused();
    else endpoint.holdBack(toldMs);
  }

  async function patient(request: HttpRequest): Promise<HttpResponse> {
    const url = new URL(request.url);
    if (!isDeclared(url.host, hosts))
      throw new AppError('internal', `A source asked for ${url.host}, which it has not declared`);
    const name = limits.endpointOf(url);
    const endpoint = paceOf(name);
    const priority = limits.priorityOf?.(name) ?? 0;
    for (let tries = 1; ; tries++) {
      const outcome = await outcomeOf(attempt(request, endpoint, priority));
      if (outcome.kind === 'answer' && !isRetryable(outcome.response.status)) {
        endpoint.succeeded();
        whole.succeeded();
        outOfOrder.delete(name);
        return outcome.response;
      }
      const told = outcome.kind === 'answer' ? retryAfterMs(outcome.response, clock.now()) : null;
      const broken = outcome.kind === 'answer' && isServerError(outcome.response.status);
      const most = !broken ? attempts : outOfOrder.has(name) ? 1 : Math.min(attempts, SERVER_ERROR_ATTEMPTS);
      if (tries >= most || (told ?? 0) > LONGEST_RETRY_AFTER_MS) {
        if (broken) outOfOrder.add(name);
        return finalWord(outcome, url, told);
      }
      const delay = told === null ? backOffMs(tries, random) : told + jitterMs(told, random);
      if (outcome.kind === 'answer' && outcome.response.status === 429) slowDown(outcome.response, endpoint, told);
      await clock.sleep(delay, signal);
    }
  }

  return (request) => patient({ ...request, signal }).catch(asCancelled(signal));
}

/** `*.my.example` stands for every host below it: some vendors tell a customer's own host only when they sign in. */
function isDeclared(host: string, hosts: readonly string[]): boolean {
  return hosts.some((declared) => (declared.startsWith('*.') ? host.endsWith(declared.slice(1)) : host === declared));
}

function mostOf({ perEndpointPerSecond }: Limits, endpoint: string): number {
  return typeof perEndpointPerSecond === 'number' ? perEndpointPerSecond : perEndpointPerSecond(endpoint);
}

type Outcome = { kind: 'answer'; response: HttpResponse } | { kind: 'silence'; error: AppError };

async function outcomeOf(exchange: Promise<HttpResponse>): Promise<Outcome> {
  try {
    return { kind: 'answer', response: await exchange };
  } catch (error) {
    if (isAppError(error, 'unavailable')) return { kind: 'silence', error };
    throw error;
  }
}

function finalWord(outcome: Outcome, url: URL, toldMs: number | null): HttpResponse {
  if (outcome.kind === 'silence') throw outcome.error;
  const { status } = outcome.response;
  if (status === 429) {
    const when = toldMs === null ? 'later' : `in ${Math.ceil(toldMs / 1_000)} seconds`;
    throw new AppError('rate_limited', `${url.host} allows no further requests for now; sync again ${when}`, {
      details: { retryAfterMs: toldMs },
    });
  }
  const details = isServerError(status) ? { failing: url.pathname } : {};
  throw new AppError('unavailable', `${url.host}${url.pathname} keeps answering ${status}; sync again later`, {
    details,
  });
}

/** 501 says that it will never be done: that is an answer. */
function isServerError(status: number): boolean {
  return status >= 500 && status !== 501;
}

function isRetryable(status: number): boolean {
  return status === 429 || status === 409 || status === 408 || isServerError(status);
}

/** Full jitter: any time up to twice as long as the time before. */
function backOffMs(tries: number, random: RandomSource): number {
  return Math.ceil(random.fraction() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (tries - 1)));
}

function jitterMs(toldMs: number, random: RandomSource): number {
  return Math.ceil(random.fraction() * Math.min(SECOND_MS, toldMs * RETRY_AFTER_JITTER));
}

/**
 * Seconds or an HTTP date, by RFC 9110 section 10.2.3; null where nothing usable is said. A date is taken from the
 * vendor's own clock where the answer tells it, so that a wrong clock of this machine makes no wait of hours.
 */
function retryAfterMs({ headers }: HttpResponse, now: Instant): number | null {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND_MS;
  const at = instantOfHttpDate(text);
  return at === null ? null : Math.max(0, at - (instantOfHttpDate(headers['date'] ?? '') ?? now));
}

function asCancelled(signal: AbortSignal): (error: unknown) => never {
  return (error) => {
    if (signal.aborted && !isAppError(error, 'cancelled'))
      throw new AppError('cancelled', 'The sync was cancelled', { cause: error });
    throw error;
  };
}
