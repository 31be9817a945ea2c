/** R22 by channel: spend marked with a channel ÷ new customers who came by it. */
import type { ChannelAcquisition } from '../../../../shared/contract/unit-economics.ts';
import { dayNumber, firstDayOf, lastDayOf, type PlainMonth } from '../../../../shared/kernel/day.ts';
import { minor } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { costBook, SALES_AND_MARKETING } from '../../costs/index.ts';
import { eachSpells } from '../cohorts/lives.ts';
import type { EconomicsSource } from './unit-economics-months.ts';

interface Tally {
  channel: string | null;
  spend: number | null;
  missing: boolean;
  customers: number;
}

/**
 * One row per channel that has costs or new customers in the month; channels
 * are told apart without regard to case. What has no channel stands in a row of
 * its own and is shared out over nobody. Empty where no cost is recorded at all.
 */
export function cacByChannel(source: EconomicsSource, month: PlainMonth): ChannelAcquisition[] {
  const book = costBook(source.db, source.currency, source.context.today);
  if (!book.any) return [];
  const tallies = new Map<string, Tally>();
  const tally = (channel: string | null): Tally => {
    const key = channel?.trim().toLowerCase() ?? '';
    let found = tallies.get(key);
    if (!found)
      tallies.set(key, (found = { channel: key === '' ? null : channel, spend: null, missing: false, customers: 0 }));
    return found;
  };
  for (const { channel, valued } of book.costs(SALES_AND_MARKETING, month)) {
    const found = tally(channel);
    found.spend = (found.spend ?? 0) + (valued ?? 0);
    found.missing ||= valued === null;
  }
  const channelOf = channelFinder(source);
  for (const customerId of newCustomers(source, month)) tally(channelOf(customerId)).customers += 1;
  return [...tallies.values()]
    .sort((a, b) => (b.spend ?? -1) - (a.spend ?? -1) || b.customers - a.customers)
    .map((found) => acquisitionOf(found, month));
}

function acquisitionOf({ channel, spend, missing, customers }: Tally, month: PlainMonth): ChannelAcquisition {
  const row = { channel, spend: spend === null || missing ? null : minor(spend), newCustomers: customers };
  const without = (reason: string): ChannelAcquisition => ({ ...row, cac: null, reason });
  if (missing) return without('A cost in another currency has no rate');
  if (channel === null) return without('Costs and customers without a channel cannot be set against each other');
  if (spend === null) return without(`No cost of this channel is recorded for ${month}`);
  if (spend < 0) return without('Credits exceed the costs');
  if (customers === 0) return without(`No new customers by this channel in ${month}`);
  return { ...row, cac: divideRounded(spend, customers), reason: null };
}

/** Those whose first paying day lies in the month. */
export function newCustomers({ view }: Pick<EconomicsSource, 'view'>, month: PlainMonth): number[] {
  const [from, to] = [dayNumber(firstDayOf(month)), dayNumber(lastDayOf(month))];
  const found: number[] = [];
  eachSpells(view, to, ({ customerId, turns }) => {
    if ((turns[0] ?? 0) >= from) found.push(customerId);
  });
  return found;
}

/** The text under `channel` of the vendor's customer; the first source's word, where a customer is known to several. */
export function channelFinder({ db }: Pick<EconomicsSource, 'db'>): (customerId: number) => string | null {
  const find = db.prepare<[number], { channel: string }>(
    `SELECT m.value AS channel FROM billing_customer b, json_each(b.metadata) m
     WHERE b.customer_id = ? AND m.key = 'channel' AND m.type = 'text' AND m.value <> '' ORDER BY b.source_id, b.id LIMIT 1`,
  );
  return (customerId) => find.first(customerId)?.channel ?? null;
}
