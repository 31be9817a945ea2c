/** Words that the sentences of days and weeks share. */
import type { DigestSection } from '../../../shared/contract/digest.ts';
import type { Bridge } from '../../../shared/contract/metrics.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { dayNumber, type PlainDay } from '../../../shared/kernel/day.ts';
import { counted, dayText, moneyText } from '../alerts/index.ts';
import type { Days } from './period.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** @example weekdayText('2026-11-20', '2026-11-21') // 'Friday, 20 Nov' */
export function weekdayText(day: PlainDay, today: PlainDay): string {
  const weekday = WEEKDAYS[(((dayNumber(day) + 3) % 7) + 7) % 7] ?? '';
  return `${weekday}, ${dayText(day, today)}`;
}

/** What stretch a digest speaks of, in a phrase that ends a sentence. */
export function daysText({ from, to }: Days, today: PlainDay): string {
  if (to === today && from < to) return `since ${weekdayText(from, today)}, 00:00`;
  if (from === to) return `on ${weekdayText(from, today)}`;
  return `from ${weekdayText(from, today)} to ${weekdayText(to, today)}`;
}

export function signedMoney(amount: number, currency: CurrencyCode): string {
  return `${amount > 0 ? '+' : ''}${moneyText(amount, currency)}`;
}

/** What moved MRR, the gains first; null where nothing did. */
export function movedText({ mrr, currency }: Bridge): string | null {
  const parts = [
    ['new', mrr.new],
    ['expansion', mrr.expansion],
    ['came back', mrr.reactivation + mrr.resumed],
    ['downgrades', mrr.contraction],
    ['left or paused', mrr.churn + mrr.paused],
    ['exchange rates', mrr.fx],
  ] as const;
  const told = parts.filter(([, amount]) => amount !== 0);
  return told.length === 0 ? null : told.map(([name, amount]) => `${name} ${signedMoney(amount, currency)}`).join(', ');
}

/** A section's count and sum in a phrase; null where it has nothing, or nobody can know. */
export function countText(
  sections: readonly DigestSection[],
  id: string,
  noun: string,
  currency: CurrencyCode,
  plural = `${noun}s`,
): string | null {
  const found = sections.find((section) => section.id === id);
  if (!found || found.count === null || found.count === 0) return null;
  const amount =
    found.amount === null || found.amount === 0
      ? ''
      : ` (${moneyText(Math.abs(found.amount), currency)}${found.amountIs === 'mrr' ? ' MRR' : ''})`;
  return `${counted(found.count, noun, plural)}${amount}`;
}

/** @example listed(['a', 'b', 'c']) // 'a, b and c' */
export function listed(parts: readonly (string | null)[]): string | null {
  const told = parts.filter((part) => part !== null);
  const last = told.at(-1);
  if (last === undefined) return null;
  return told.length === 1 ? last : `${told.slice(0, -1).join(', ')} and ${last}`;
}

/** With a capital and a full stop. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}
