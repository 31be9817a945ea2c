/**
 * Which balance transactions a payout consists of. Stripe tells it for automatic
 * payouts only, once they are put together, and by a list of its own:
 * https://docs.stripe.com/payouts/reconciliation
 */
import { z } from 'zod';
import { DAY_MS, instantOfSeconds } from '../../../../shared/kernel/instant.ts';
import { gapOf, type StreamRun } from '../kit/index.ts';
import type { ListPage, StripeClient } from './client.ts';

const PAGE_SIZE = 100;
/** Older payouts are compared with the bank long since: asking would be as many requests as the whole balance. */
export const PARTS_FOR_DAYS = 400;

const Shape = z.looseObject({
  id: z.string(),
  automatic: z.boolean(),
  balance_transaction: z.string().nullish(),
  created: z.number(),
  reconciliation_status: z.string().nullish(),
});
const Known = z.object({ parts: z.array(z.string()) });
const Entry = z.object({ id: z.string() });

/** The payout with `parts`; as it is where they are not to be had. What was told once is not asked again. */
export async function wholePayout(
  client: StripeClient,
  raw: unknown,
  run: Pick<StreamRun, 'now' | 'stored'>,
): Promise<unknown> {
  const payout = Shape.safeParse(raw).data;
  if (!payout?.automatic || payout.reconciliation_status !== 'completed') return raw;
  const known = Known.safeParse(run.stored('payout', payout.id)).data;
  if (known) return { ...payout, parts: known.parts };
  if (instantOfSeconds(payout.created) < run.now - PARTS_FOR_DAYS * DAY_MS) return raw;
  const parts = await partsOf(client, payout.id);
  return parts === null ? raw : { ...payout, parts: parts.filter((id) => id !== payout.balance_transaction) };
}

/** Null where the key may not read balance transactions: their own stream shows that gap. */
async function partsOf(client: StripeClient, payout: string): Promise<string[] | null> {
  const parts: string[] = [];
  for (let after: string | undefined; ;) {
    const page: ListPage | null = await client
      .list('/v1/balance_transactions', { payout, limit: PAGE_SIZE, ...(after ? { starting_after: after } : {}) })
      .catch((error: unknown) => {
        if (gapOf(error) === null) throw error;
        return null;
      });
    if (page === null) return null;
    const ids = page.data.flatMap((entry) => Entry.safeParse(entry).data?.id ?? []);
    parts.push(...ids);
    after = ids.at(-1);
    if (!page.hasMore || after === undefined) return parts;
  }
}
