/** What the company spends: told month by month, as its founder keeps it in a spreadsheet. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { addToMonth, dayAt, lastDayOf, monthOf, UTC, type PlainMonth } from '../../../shared/kernel/day.ts';
import { decimalText, minor } from '../../../shared/kernel/money.ts';
import { chaptersUntil, HISTORY_MONTHS } from './chapters.ts';
import type { Company } from './life.ts';
import { EUR, GBP, JPY, USD } from './price-list.ts';
import { createRandom } from './random.ts';

export type CostKind = 'marketing' | 'sales' | 'cogs' | 'rnd' | 'ga';

export interface CostLine {
  readonly month: PlainMonth;
  readonly kind: CostKind;
  /** A channel of customers, where the money was spent on one. */
  readonly channel: string | null;
  /** Minor units of `currency`; negative for a credit. */
  readonly minor: number;
  readonly currency: CurrencyCode;
}

/** Months of the company at which somebody joined. */
const FIRST_SELLER = 7;
const SECOND_SELLER = 21;
const ENGINEERS_JOIN = [0, 9, 17, 25, 31];
const TOKYO_FROM = 12;

/**
 * The costs of the whole months of the company's history. The running month has
 * none yet: its bills come when it is over. One month has two lines for the same
 * channel, of which one is a credit: a spreadsheet is like that.
 */
export function companyCosts(company: Company): CostLine[] {
  const chapters = chaptersUntil(company.now);
  const first = monthOf(dayAt(company.foundedAt, UTC));
  const today = dayAt(company.now, UTC);
  const bad = chapters.badQuarter.map((at) => monthOf(dayAt(at, UTC)));
  const lines: CostLine[] = [];
  for (let index = 0; index <= HISTORY_MONTHS; index++) {
    const month = addToMonth(first, index);
    if (lastDayOf(month) >= today) break;
    const joined = company.lives.filter((life) => monthOf(dayAt(life.joinedAt, UTC)) === month);
    const known = company.lives.filter((life) => monthOf(dayAt(life.joinedAt, UTC)) <= month).length;
    const inBadQuarter = month >= (bad[0] ?? month) && month <= (bad[1] ?? month);
    const random = createRandom(company.seed).fork(`costs-${index}`);
    const from = (channel: string) => joined.filter((life) => life.channel === channel).length;
    const put = (kind: CostKind, channel: string | null, dollars: number, currency: CurrencyCode = USD) =>
      lines.push({ month, kind, channel, minor: currency === JPY ? dollars : dollars * 100, currency });

    // In the bad quarter the same advertisements bring fewer customers.
    put(
      'marketing',
      'self_serve',
      600 + from('self_serve') * random.int(inBadQuarter ? 210 : 130, inBadQuarter ? 290 : 200),
    );
    if (index === SECOND_SELLER) put('marketing', 'self_serve', -340);
    put('marketing', 'referral', from('referral') * 90);
    put('marketing', null, 400 + index * 20);
    if (index >= 4) put('marketing', null, 350 + random.int(0, 120), EUR);
    if (index >= FIRST_SELLER) put('sales', 'sales', 4_600 + from('sales') * random.int(500, 900));
    if (index >= SECOND_SELLER) put('sales', 'sales', 3_700, GBP);
    put('cogs', null, 380 + known * 11 + random.int(0, 150));
    if (index >= TOKYO_FROM) put('cogs', null, 42_000 + random.int(0, 90) * 100, JPY);
    put('rnd', null, ENGINEERS_JOIN.filter((joinsAt) => index >= joinsAt).length * 6_800 + random.int(0, 300));
    put('ga', null, 900 + index * 110 + (month.endsWith('-01') ? 3_500 : 0));
  }
  return lines;
}

/** The costs as the file that the founder keeps. */
export function costsCsv(lines: readonly CostLine[]): string {
  const rows = lines.map(({ month, kind, channel, minor: amount, currency }) =>
    [month, kind, channel ?? '', decimalText(minor(amount), currency), currency].join(','),
  );
  return `${['month,kind,channel,amount,currency', ...rows].join('\r\n')}\r\n`;
}
