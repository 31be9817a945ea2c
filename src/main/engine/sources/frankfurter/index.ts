/**
 * Exchange rates from Frankfurter v2 (https://frankfurter.dev), without a key.
 * Answers: what was one euro worth in the currencies of the facts, day by day?
 * Never: asks for a currency or a day that no fact needs.
 */
import { z } from 'zod';
import { isRetiredCurrency } from '../../../../shared/kernel/currency.ts';
import { addDays, plainDay, type PlainDay } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { Http } from '../../runtime/ports.ts';
import {
  defineSource,
  exchangeRateType,
  gapError,
  gapOf,
  mirrorableAddress,
  politeLimits,
  PUBLIC_RATES,
  RATE_BASE,
  ratesNeeded,
  type Json,
  type Page,
  type SourceReport,
  type Stream,
  type StreamRun,
} from '../kit/index.ts';

const ConfigSchema = mirrorableAddress('https://api.frankfurter.dev/v2', 'API address');

/** The last days are asked for again: a blended rate is refined as more central banks publish. */
const REVISED_DAYS = 7;
const DAYS_PER_PAGE = 366;

export const frankfurterSource = defineSource({
  ...PUBLIC_RATES,
  id: 'frankfurter',
  title: 'Frankfurter',
  description: 'Daily exchange rates of central banks in more than 200 currencies. No account, no key.',
  config: ConfigSchema,
  limits: () => politeLimits(5, 2, 6),
  open({ apiBase }, _secrets, { http }) {
    const get = reader(apiBase, http);
    return {
      streams: [ratesStream(get)],
      check: async () => await check(get),
      plan: () => ({ relist: false, notes: [] }),
    };
  },
});

type Get = (path: string, query: Readonly<Record<string, string>>) => Promise<unknown>;

/** An address without a path may serve the API at its root or, as frankfurter.dev does, under /v2. */
function reader(apiBase: string, http: Http): Get {
  const base = apiBase.replace(/\/$/, '');
  const roots = new URL(apiBase).pathname === '/' ? [base, `${base}/v2`] : [base];
  const answerOf = async (root: string, path: string, query: Readonly<Record<string, string>>) => {
    const url = new URL(`${root}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return await http({ method: 'GET', url: url.href, headers: { accept: 'application/json' } });
  };
  return async (path, query) => {
    let response = await answerOf(roots[0] ?? base, path, query);
    for (const root of roots.slice(1)) if (response.status === 404) response = await answerOf(root, path, query);
    const text = new TextDecoder().decode(response.body);
    if (response.status !== 200)
      throw gapError(
        response.status === 404 ? 'not_found' : 'refused',
        `Frankfurter answers ${response.status} for ${path}: ${text.slice(0, 200)}`,
      );
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new AppError('source_failed', `Frankfurter's answer for ${path} is not JSON; try again later`, { cause });
    }
  };
}

const CurrenciesSchema = z.array(z.object({ iso_code: z.string() }));

/** The currencies that are quoted, or null where the server has no list of them. */
async function quoted(get: Get): Promise<ReadonlySet<string> | null> {
  const answer = await get('/currencies', { scope: 'all' }).catch(nullWhereMissing);
  if (answer === null) return null;
  const parsed = CurrenciesSchema.safeParse(answer);
  if (!parsed.success)
    throw new AppError('source_failed', `Frankfurter's list of currencies cannot be read; try again later`);
  return new Set(parsed.data.map(({ iso_code }) => iso_code));
}

function nullWhereMissing(error: unknown): null {
  if (gapOf(error) === 'not_found') return null;
  throw error;
}

async function check(get: Get): Promise<SourceReport> {
  const currencies = await quoted(get);
  return {
    ok: currencies === null || currencies.size > 0,
    accountId: null,
    accountName: null,
    liveMode: null,
    missingScopes: [],
    warnings: [],
    problem: currencies?.size === 0 ? 'The server quotes no currency' : null,
  };
}

const CursorSchema = z.object({
  from: z.string().transform(plainDay),
  to: z.string().transform(plainDay),
  quotes: z.array(z.string()),
  /** Needed currencies that nobody quotes. */
  unquoted: z.array(z.string()),
});

function ratesStream(get: Get): Stream {
  return {
    id: 'rates',
    title: 'Exchange rates',
    change: 'updated_at',
    phase: 1,
    objectTypes: [exchangeRateType],
    keepsRaw: false,
    scope: null,
    isDue: () => true,
    read: (run) => pages(run, get),
    proof(cursor) {
      const known = CursorSchema.safeParse(cursor).data;
      if (!known) return { complete: false, sentence: 'No rates have been read yet' };
      const missing = known.unquoted.length > 0 ? `; nobody quotes ${known.unquoted.join(', ')}` : '';
      return {
        complete: known.unquoted.length === 0,
        sentence: `Rates of ${known.quotes.join(', ') || 'no other currency than the euro'} from ${known.from} to ${known.to}${missing}`,
      };
    },
  };
}

async function* pages(run: StreamRun, get: Get): AsyncGenerator<Page> {
  const needed = ratesNeeded(run);
  const known = CursorSchema.safeParse(run.cursor).data ?? null;
  const available = await quoted(get);
  // A server that lists none refuses the lot for one that it does not know.
  const quotes = needed.quotes.filter((code) => available?.has(code) ?? !isRetiredCurrency(code));
  const unquoted = needed.quotes.filter((code) => !quotes.includes(code));
  const isCovered = known !== null && known.from <= needed.from && quotes.every((code) => known.quotes.includes(code));
  const first =
    isCovered && known.to > needed.from ? later(addDays(known.to, -REVISED_DAYS), needed.from) : needed.from;
  // While older days are still to come, the cursor claims no more than what is stored.
  const start = isCovered ? known.from : needed.from;
  for (let from = first; from <= needed.to; from = addDays(from, DAYS_PER_PAGE)) {
    const to = earlier(addDays(from, DAYS_PER_PAGE - 1), needed.to);
    const rates = quotes.length === 0 ? [] : await ratesOf(get, from, to, quotes);
    const cursor: Json = { from: start, to, quotes: [...quotes], unquoted: [...unquoted] };
    yield {
      records: rates.map((value) => ({ kind: 'object', type: exchangeRateType.type, value })),
      cursor,
      remaining: null,
      listing: false,
    };
  }
}

async function ratesOf(get: Get, from: PlainDay, to: PlainDay, quotes: readonly string[]): Promise<readonly unknown[]> {
  const answer = await get('/rates', { from, to, base: RATE_BASE, quotes: quotes.join(',') });
  const parsed = z.array(z.unknown()).safeParse(answer);
  if (!parsed.success) throw new AppError('source_failed', `Frankfurter's rates cannot be read; try again later`);
  return parsed.data;
}

function later(a: PlainDay, b: PlainDay): PlainDay {
  return a > b ? a : b;
}

function earlier(a: PlainDay, b: PlainDay): PlainDay {
  return a < b ? a : b;
}
