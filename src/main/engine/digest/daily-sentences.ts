/** What the days did, in a few sentences: the first one is also the notification's. */
import type { DigestSection } from '../../../shared/contract/digest.ts';
import type { Bridge } from '../../../shared/contract/metrics.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { Days } from './period.ts';
import { countText, daysText, movedText, sentence } from './words.ts';
import { listed, moneyText, signedMoney } from '../wording/index.ts';

export interface DailyFacts {
  readonly days: Days;
  readonly isQuiet: boolean;
  readonly sections: readonly DigestSection[];
  readonly moved: Bridge;
  readonly context: Pick<MetricsContext, 'today' | 'currency'>;
}

export function dailySentences({ days, isQuiet, sections, moved, context }: DailyFacts): string[] {
  const { today, currency } = context;
  const stretch = daysText(days, today);
  const ahead = listed([
    countText(sections, 'trialsEnding', 'trial ends', currency, 'trials end'),
    countText(sections, 'discountsEnding', 'discount ends', currency, 'discounts end'),
    countText(sections, 'renewals', 'long term renews', currency, 'long terms renew'),
    countText(sections, 'endings', 'subscription ends', currency, 'subscriptions end'),
  ]);
  const told = [
    isQuiet ? `Nothing happened ${stretch}` : mrrText(moved, stretch, sections),
    listed([
      countText(sections, 'signUps', 'sign-up', currency),
      countText(sections, 'trialsStarted', 'trial started', currency, 'trials started'),
      countText(sections, 'conversions', 'trial began to pay', currency, 'trials began to pay'),
    ]),
    listed([
      countText(sections, 'cancellations', 'subscription called off', currency, 'subscriptions called off'),
      countText(sections, 'left', 'customer left or paused', currency, 'customers left or paused'),
      countText(sections, 'downgrades', 'downgrade', currency),
    ]),
    moneySentence(sections, currency),
    listed([
      countText(sections, 'limits', 'limit approached', currency, 'limits approached'),
      countText(sections, 'alertsOpened', 'new alert', currency),
      countText(sections, 'slowTickets', 'slow request', currency),
    ]),
    ahead === null ? null : `In the next seven days ${ahead}`,
  ];
  return told.filter((text) => text !== null).map(sentence);
}

function mrrText(moved: Bridge, stretch: string, sections: readonly DigestSection[]): string {
  const parts = movedText(moved);
  const net = moved.mrr.closing - moved.mrr.opening;
  if (parts === null)
    return sections.some(({ id, count }) => id === 'newCustomers' && count === null)
      ? `What moved MRR ${stretch} is not known: no billing source is connected`
      : `MRR did not move ${stretch}`;
  return `MRR ${net === 0 ? 'came out even' : `went ${net > 0 ? 'up' : 'down'} ${moneyText(Math.abs(net), moved.currency)}`} ${stretch}, to ${moneyText(moved.mrr.closing, moved.currency)}: ${parts}`;
}

function moneySentence(sections: readonly DigestSection[], currency: Bridge['currency']): string | null {
  const cash = sections.find(({ id }) => id === 'cash');
  const came = cash?.amount ? `${signedMoney(cash.amount, currency).replace('+', '')} came in` : null;
  const rest = listed([
    countText(sections, 'failedPayments', 'payment failed', currency, 'payments failed'),
    countText(sections, 'recoveries', 'payment was recovered', currency, 'payments were recovered'),
  ]);
  if (came === null) return rest;
  return rest === null ? came : `${came}; ${rest}`;
}
