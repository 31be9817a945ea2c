/** R22 by channel: spend marked with a channel ÷ new customers who came by it. */
import type { ChannelAcquisition } from '../../../../shared/contract/unit-economics.ts';
import { dayOfNumber, monthOf, type PlainMonth } from '../../../../shared/kernel/day.ts';
import { minor } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { costBook, SALES_AND_MARKETING } from '../../costs/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import { eachSpells } from '../cohorts/lives.ts';
import { crmTexts } from '../slices/dimension-values.ts';
import type { LedgerView } from './ledger-view.ts';
import { channelKey, type EconomicsSource } from './unit-economics-months.ts';
import { monthText } from '../../wording/index.ts';

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
  // Costs are recorded for the company: a slice has none to set against its customers.
  if (!book.any || source.view.slice !== null) return [];
  const tallies = new Map<string, Tally>();
  const tally = (channel: string | null): Tally => {
    const key = channel === null ? '' : channelKey(channel);
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
  for (const [channel, customers] of newcomers(source, month)) tally(channel).customers += customers;
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
  if (customers === 0) return without(`No new customers by this channel in ${monthText(month)}`);
  return { ...row, cac: divideRounded(spend, customers), reason: null };
}

/** How many customers were new in a month, by channel; '' is none. */
type Newcomers = ReadonlyMap<string, number>;

const remembered = new WeakMap<LedgerView, { months: FirstPaid; counts: Map<PlainMonth, Newcomers> }>();

/** Counted once per month for as long as the view of the ledger stands. */
function newcomers({ db, view }: Pick<EconomicsSource, 'db' | 'view'>, month: PlainMonth): Newcomers {
  let known = remembered.get(view);
  if (!known) remembered.set(view, (known = { months: firstPaid(view), counts: new Map() }));
  let counts = known.counts.get(month);
  if (!counts) known.counts.set(month, (counts = countByChannel(db, known.months.get(month) ?? [])));
  return counts;
}

type FirstPaid = ReadonlyMap<PlainMonth, readonly number[]>;

/** Customers by the month of their first paying day. */
function firstPaid(view: LedgerView): FirstPaid {
  const months = new Map<PlainMonth, number[]>();
  eachSpells(view, Number.POSITIVE_INFINITY, ({ customerId, turns }) => {
    const month = monthOf(dayOfNumber(turns[0] ?? 0));
    const customers = months.get(month);
    if (customers) customers.push(customerId);
    else months.set(month, [customerId]);
  });
  return months;
}

/** By the text under `channel` of the vendor's customer; the first source's word, where a customer is known to several. Where billing is silent, a field of a CRM speaks. */
function countByChannel(db: ReadDb, customers: readonly number[]): Newcomers {
  const rows = db
    .prepare<[string], { customer_id: number; channel: string | null }>(
      `SELECT b.customer_id, CASE json_type(b.metadata, '$.channel') WHEN 'text' THEN b.metadata ->> '$.channel' END AS channel
       FROM json_each(?) asked CROSS JOIN billing_customer b ON b.customer_id = asked.value
       ORDER BY b.source_id DESC, b.id DESC`,
    )
    .all(JSON.stringify(customers));
  const channels = new Map(customers.map((customerId) => [customerId, '']));
  for (const { customer_id, name } of crmTexts(db, 'channel'))
    if (channels.has(customer_id)) channels.set(customer_id, name);
  for (const { customer_id, channel } of rows) if (channel !== null) channels.set(customer_id, channel.trim());
  const counts = new Map<string, number>();
  for (const channel of channels.values()) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  return counts;
}
