/**
 * Balance transactions: they never change and have no events, so the newest
 * are listed again with ten minutes of overlap, and their sum is held against
 * the balance that Stripe states.
 */
import { z } from 'zod';
import { currencyCode, isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import { instantOfSeconds, minuteText, secondsOfInstant } from '../../../../shared/kernel/instant.ts';
import type { Json, Page, ProviderTotal, SourceRecord, Stream, StreamProof, StreamRun } from '../kit/index.ts';
import { minorOfStripe } from './amounts.ts';
import type { StripeClient } from './client.ts';
import { balanceTransactionType } from './objects/payment.ts';
import { freshListing, listedFrom, ListingSchema, remainingOf, walkRanges, type Listing } from './ranges.ts';

const PATH = '/v1/balance_transactions';
const OVERLAP_SECONDS = 600;
/** Enough to keep the endpoint's 25 requests a second busy at a quarter of a second each. */
const WORKERS = 6;

const CursorSchema = z.object({ listing: ListingSchema, newest: z.number(), first: z.boolean() });

export function balanceStream(client: StripeClient): Stream {
  return {
    id: 'balance_transactions',
    title: 'Balance transactions',
    change: 'updated_at',
    phase: 2,
    objectTypes: [balanceTransactionType],
    keepsRaw: true,
    scope: 'balance_read',
    isDue: () => true,
    read: (run) => pages(run, client),
    proof: proofOf,
    wholeFrom(cursor) {
      const { listing } = CursorSchema.safeParse(cursor).data ?? {};
      const from = listing ? listedFrom(listing) : null;
      return from === null ? null : instantOfSeconds(from);
    },
  };
}

async function* pages(run: StreamRun, client: StripeClient): AsyncGenerator<Page> {
  const before = CursorSchema.safeParse(run.cursor).data;
  const underway = before && before.listing.ranges.length > 0;
  const first = before ? before.first && Boolean(underway) : true;
  const start = underway
    ? withNewest(before.listing, before.newest)
    : before
      ? listingFrom(Math.max(0, before.newest - OVERLAP_SECONDS))
      : freshListing();
  let newest = before?.newest ?? 0;
  const fetchPage = async (range: Listing['ranges'][number]) =>
    await client.list(PATH, {
      limit: 100,
      'created[gte]': range.gte,
      ...(range.lt === null ? {} : { 'created[lt]': range.lt }),
      ...(range.after === null ? {} : { starting_after: range.after }),
    });
  for await (const { objects, listing } of walkRanges(start, WORKERS, fetchPage)) {
    for (const object of objects) newest = Math.max(newest, CreatedSchema.safeParse(object).data?.created ?? 0);
    yield {
      records: objects.map((value): SourceRecord => ({ kind: 'object', type: balanceTransactionType.type, value })),
      cursor: { listing, newest: Math.min(newest, secondsOfInstant(run.now) + OVERLAP_SECONDS), first },
      remaining: remainingOf(listing, secondsOfInstant(run.now)),
      listing: first,
    };
  }
}

const CreatedSchema = z.object({ created: z.int() });

/**
 * A listing that goes on after a rest: what was created meanwhile lies above all its ranges, and no event tells of it.
 * Nothing is added where the newest range has not shown anything yet.
 */
function withNewest(listing: Listing, newest: number): Listing {
  if (newest === 0 || listing.ranges.some(({ lt, reached }) => lt === null && reached === null)) return listing;
  return { ...listing, ranges: [...listing.ranges, { gte: newest + 1, lt: null, after: null, reached: null }] };
}

function listingFrom(gte: number): Listing {
  return { ranges: [{ gte, lt: null, after: null, reached: null }], listed: 0, finished: 0, from: gte };
}

function proofOf(cursor: Json): StreamProof {
  const parsed = CursorSchema.safeParse(cursor).data;
  if (!parsed) return { complete: false, sentence: 'Nothing has been listed yet' };
  if (parsed.listing.ranges.length > 0)
    return { complete: false, sentence: `${parsed.listing.ranges.length} ranges are still open` };
  const until = parsed.newest === 0 ? 'none so far' : `up to ${minuteText(instantOfSeconds(parsed.newest))}`;
  return { complete: true, sentence: `Every range of creation time walked to its end, ${until}` };
}

const FundsSchema = z.array(z.object({ amount: z.int(), currency: z.string() }));
const BalanceSchema = z.object({ available: FundsSchema, pending: FundsSchema });

/** What Stripe says is in the account, by currency: the sum of all net amounts ever. Source: https://docs.stripe.com/api/balance */
export async function statedBalance(client: StripeClient): Promise<ProviderTotal[]> {
  const balance = BalanceSchema.safeParse(await client.get('/v1/balance')).data;
  if (!balance) return [];
  const sums = new Map<string, number>();
  for (const { amount, currency } of [...balance.available, ...balance.pending])
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums]
    .filter(([code]) => isCurrencyCode(code))
    .map(([code, amount]) => {
      const currency = currencyCode(code);
      return {
        stream: 'balance_transactions',
        currency,
        minor: minorOfStripe(amount, currency, 'amount'),
        statedAs: 'balance, available and pending',
      };
    });
}
