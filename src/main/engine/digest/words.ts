/** Words that the sentences of days and weeks share. */
import type { DigestSection } from '../../../shared/contract/digest.ts';
import type { Bridge } from '../../../shared/contract/metrics.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { Days } from './period.ts';
import { clockText, counted, moneyText, signedMoney, weekdayText } from '../wording/index.ts';

/** What stretch a digest speaks of, in a phrase that ends a sentence. */
export function daysText({ from, to }: Days, today: PlainDay): string {
  if (to === today && from < to) return `since ${weekdayText(from, today)}, ${clockText(0)}`;
  if (from === to) return `on ${weekdayText(from, today)}`;
  return `from ${weekdayText(from, today)} to ${weekdayText(to, today)}`;
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

/** With a capital and a full stop. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}
