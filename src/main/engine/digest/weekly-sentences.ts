/** What the week did, in sentences: where ARR went, whether that is enough, what made it, what to look at. */
import type { DigestFigure, DigestSection, WeeklyDigestReport } from '../../../shared/contract/digest.ts';
import type { Bridge } from '../../../shared/contract/metrics.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { Days } from './period.ts';
import { countText, movedText, sentence } from './words.ts';
import { counted, listed, moneyText, percentText, signedMoney, weekdayText } from '../wording/index.ts';

export interface WeeklyFacts {
  readonly days: Days;
  readonly isOver: boolean;
  readonly moved: Bridge;
  readonly climb: WeeklyDigestReport['climb'];
  readonly trajectories: WeeklyDigestReport['trajectories'];
  readonly figures: readonly DigestFigure[];
  readonly sections: readonly DigestSection[];
  readonly context: Pick<MetricsContext, 'today' | 'currency'>;
}

export function weeklySentences(facts: WeeklyFacts): string[] {
  const { trajectories, sections, context } = facts;
  const told = [
    arrText(facts),
    // Of the first target also the pace that is needed; the page says the rest.
    ...trajectories.flatMap(({ sentences }, index) => sentences.slice(0, index === 0 ? 2 : 1)),
    climbText(facts),
    madeOf(facts),
    retentionText(facts),
    cashText(facts),
    listed([
      countText(sections, 'trialsStarted', 'trial started', context.currency, 'trials started'),
      countText(sections, 'conversions', 'trial began to pay', context.currency, 'trials began to pay'),
      countText(
        sections,
        'trialsEnding',
        'trial ends in the seven days after',
        context.currency,
        'trials end in the seven days after',
      ),
    ]),
    listed([
      countText(
        sections,
        'cancellations',
        'subscription was called off',
        context.currency,
        'subscriptions were called off',
      ),
      countText(sections, 'slowTickets', 'slow request', context.currency),
    ]),
  ];
  return told.filter((text) => text !== null).map(sentence);
}

function arrText({ days, isOver, moved, figures, context }: WeeklyFacts): string {
  const week = `in the week from ${weekdayText(days.from, context.today)}${isOver ? '' : ' so far'}`;
  const arr = figures.find(({ id }) => id === 'arr');
  if (arr?.value == null) return `ARR ${week} is not known: ${arr?.reason ?? 'it has no value'}`;
  const { opening, closing } = moved.arr;
  const net = closing - opening;
  const share = opening > 0 ? ` (${percentText(Math.abs(net) / opening)})` : '';
  if (net === 0) return `ARR stayed at ${moneyText(closing, moved.currency)} ${week}`;
  return `ARR went ${net > 0 ? 'up' : 'down'} ${moneyText(Math.abs(net), moved.currency)}${share} ${week}, from ${moneyText(opening, moved.currency)} to ${moneyText(closing, moved.currency)}`;
}

function climbText({ climb, context }: WeeklyFacts): string | null {
  const { actual, before, needed, neededFor } = climb;
  const compared = `the week before ${signedMoney(before, context.currency)}`;
  if (needed === null || neededFor === null) return null;
  const enough = actual >= needed ? 'which was enough' : `${moneyText(needed - actual, context.currency)} short`;
  return `Net new ARR was ${signedMoney(actual, context.currency)} (${compared}); ${moneyText(needed, context.currency)} a week are needed for ${neededFor}, ${enough}`;
}

function madeOf({ moved, sections }: WeeklyFacts): string | null {
  const parts = movedText(moved);
  if (parts === null) return null;
  const first = (id: string) => sections.find((section) => section.id === id)?.lines[0];
  const [gain, loss] = [first('gains'), first('losses')];
  const named = listed([
    gain?.amount == null ? null : `${gain.who} brought most (${signedMoney(gain.amount, moved.currency)})`,
    loss?.amount == null ? null : `${loss.who} took most (${signedMoney(loss.amount, moved.currency)})`,
  ]);
  return `MRR moved by ${parts}${named === null ? '' : `; ${named}`}`;
}

function retentionText({ figures }: WeeklyFacts): string | null {
  const of = (id: string) => figures.find((figure) => figure.id === id);
  const [nrr, grr, churn] = [of('nrr'), of('grr'), of('grossChurn')];
  if (nrr?.value == null || grr?.value == null) return null;
  const before = nrr.before === null ? '' : ` (a week before ${percentText(nrr.before)})`;
  const lost = churn?.value == null ? '' : `; ${percentText(churn.value)} of MRR was lost in the week`;
  return `Net revenue retention over twelve months is ${percentText(nrr.value)}${before}, gross ${percentText(grr.value)}${lost}`;
}

function cashText({ figures, sections, context }: WeeklyFacts): string | null {
  const cash = figures.find(({ id }) => id === 'cashCollected');
  if (cash?.value == null) return null;
  const before = cash.before === null ? '' : `, ${moneyText(cash.before, context.currency)} the week before`;
  const failed = sections.find(({ id }) => id === 'failedPayments');
  const rest = failed?.count
    ? `; ${counted(failed.count, 'payment')} failed (${moneyText(failed.amount ?? 0, context.currency)})`
    : '';
  return `${moneyText(cash.value, context.currency)} came in${before}${rest}`;
}
