/** What an alert says, made of its facts in the locale of whoever reads it. */
import { currencyCode, isCurrencyCode, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import {
  allOf,
  counted,
  dayText,
  durationText,
  moneyText,
  percentText,
  shareText,
  tenureText,
} from '../wording/index.ts';
import type { AlertFacts, FactsOf } from './facts.ts';

export interface AlertSentences {
  readonly title: string;
  readonly body: string;
  /** What to do next; null where nothing helps. */
  readonly nextAction: string | null;
}

/**
 * @param name the customer's, as it is now; alerts about no customer do not use it.
 * @param today days of another year are told with their year.
 */
export function sentencesOf(facts: AlertFacts, name: string, today: PlainDay): AlertSentences {
  switch (facts.rule) {
    case 'customer_churned':
      return ofChurn(facts, name, today);
    case 'customer_cancelling':
      return ofCancelling(facts, name, today);
    case 'payment_failed':
      return ofFailedPayment(facts, name, today);
    case 'growth_under_target':
      return ofGrowth(facts, today);
    case 'sync_failing':
      return ofFailingSync(facts);
    case 'sync_stale':
      return {
        title: `${facts.source} has not been synced for ${durationText(facts.minutes)}`,
        body: 'No sync was complete since. Figures, and the alerts made from them, may be out of date.',
        nextAction: 'Sync now under Sources.',
      };
    case 'backup_failing':
      return {
        title: 'The backup could not be written',
        body: sentence(facts.problem ?? 'No reason is known'),
        nextAction: 'Look under Settings, Backups; then back up again.',
      };
  }
}

function ofChurn(facts: FactsOf<'customer_churned'>, name: string, today: PlainDay): AlertSentences {
  const known = [
    facts.plan === null ? null : `on ${facts.plan}`,
    facts.firstPaidOn === null ? null : `a customer for ${tenureText(facts.firstPaidOn, facts.endedOn)}`,
  ].filter((fact) => fact !== null);
  return {
    title: `${name} has left: ${stakeText(facts)} ended on ${dayText(facts.endedOn, today)}`,
    body: joined([known.length === 0 ? null : `${name} was ${known.join(', ')}.`, reasonText(facts.reason)]),
    nextAction: facts.unpaid
      ? 'Ask for another way to pay: the loss was not their choice.'
      : 'Write within a week: ask what would have kept them, and note it with the customer.',
  };
}

function ofCancelling(facts: FactsOf<'customer_cancelling'>, name: string, today: PlainDay): AlertSentences {
  const { whole, plan, firstPaidOn, rest, currency } = facts;
  const known = [
    plan === null ? null : `is on ${plan}`,
    firstPaidOn === null ? null : `has paid for ${tenureText(firstPaidOn, facts.raisedOn)}`,
  ].filter((fact) => fact !== null);
  return {
    title: `${name} ${whole ? 'is leaving' : 'is giving up a subscription'}: ${stakeText(facts)} ends on ${dayText(facts.endsOn, today)}`,
    body: joined([
      known.length === 0 ? null : `${name} ${allOf(known)}.`,
      rest === null ? null : `${moneyText(rest, currency)} MRR stays.`,
      reasonText(facts.reason),
    ]),
    nextAction: facts.action,
  };
}

function ofFailedPayment(facts: FactsOf<'payment_failed'>, name: string, today: PlainDay): AlertSentences {
  const nextOn = facts.nextOn === null ? null : dayText(facts.nextOn, today);
  const stake = facts.mrr === null ? stakeText(facts) : `${stakeText(facts)} at stake`;
  return {
    title: `A payment of ${name} failed: ${dueText(facts.due)} due, ${stake}`,
    body: joined([
      `Invoice ${facts.invoice} failed after ${counted(facts.attempts, 'attempt')}.`,
      facts.message === null ? null : `The bank says: ${sentence(facts.message)}`,
      nextOn === null ? 'No further attempt is planned.' : `The next attempt is on ${nextOn}.`,
    ]),
    nextAction:
      nextOn === null
        ? 'Write to them today and send a link to pay: without an attempt the subscription ends.'
        : `Ask for another card before ${nextOn}.`,
  };
}

function ofGrowth(facts: FactsOf<'growth_under_target'>, today: PlainDay): AlertSentences {
  const money = (amount: number): string => moneyText(amount, facts.currency);
  return {
    title: `MRR ${facts.growth < 0 ? 'fell' : 'grew'} ${percentText(Math.abs(facts.growth))} in ${counted(facts.days, 'day')}, the target is ${percentText(facts.target)}`,
    body: `MRR went from ${money(facts.from.mrr)} on ${dayText(facts.from.on, today)} to ${money(facts.to.mrr)} on ${dayText(facts.to.on, today)}: ${money(facts.missing)} less than the target.`,
    nextAction: 'See which movements made the difference, and whether the losses or the gains fell short.',
  };
}

function ofFailingSync({ source, refused, message }: FactsOf<'sync_failing'>): AlertSentences {
  return {
    title: refused ? `${source} refuses the key` : `${source} cannot be synced`,
    body: `${sentence(message ?? 'No reason is known')} Figures stay as of the last complete sync.`,
    nextAction: refused
      ? 'Enter a new key under Sources, or sign in again there; nothing that was read is lost.'
      : 'See what the source answers under Sources, then sync again.',
  };
}

function stakeText(facts: { mrr: number | null; share: number | null; currency: CurrencyCode }): string {
  if (facts.mrr === null) return 'MRR not valued';
  return `${moneyText(facts.mrr, facts.currency)} MRR${facts.share === null ? '' : ` (${shareText(facts.share)})`}`;
}

/** An amount of a currency that nobody knows is its code alone. */
function dueText({ amount, currency }: { amount: number; currency: string }): string {
  return isCurrencyCode(currency) ? moneyText(amount, currencyCode(currency)) : currency;
}

function reasonText(reason: string | null): string {
  return reason === null ? 'No reason was given.' : `Reason: ${reason}.`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function joined(sentences: readonly (string | null)[]): string {
  return sentences.filter((told) => told !== null).join(' ');
}
