/** How the room's figures are computed, in words. */
import type { Formatter } from '../../lib/format.ts';

export type UsageMethod = 'active' | 'features' | 'funnel' | 'limits';

export interface Method {
  readonly title: string;
  readonly text: readonly string[];
  readonly formula: string;
  readonly source: { readonly title: string; readonly url: string };
}

export const METHODS: Readonly<Record<UsageMethod, Method>> = {
  active: {
    title: 'Active users',
    text: [
      'People who did something in the product on a day, in a week from Monday on, or in a calendar month, each counted once per period. Visits, and events that are set aside under “What events mean”, make nobody active.',
      'PostHog counts people itself, exactly, in the project’s own time zone. Mixpanel and Amplitude hand out single events: people are then counted with a HyperLogLog sketch per day, which is right to some 2%; such figures carry a “≈”.',
    ],
    formula: 'distinct people with at least one event of use in the period',
    source: {
      title: 'PostHog: unique, weekly and monthly active users',
      url: 'https://posthog.com/docs/product-analytics/trends/aggregations',
    },
  },
  features: {
    title: 'Features in use',
    text: [
      'Events of the product that are worth counting, by how often they happened. People and accounts are those of a mean day: somebody who comes every day is one of each day.',
      'Which events are features is said under “What events mean”; no data has to be read again for it.',
    ],
    formula: 'count of events in the span; Σ of a day’s distinct people ÷ days',
    source: { title: 'PostHog: SQL', url: 'https://posthog.com/docs/sql' },
  },
  funnel: {
    title: 'The funnel from visit to payment',
    text: [
      'Everybody is counted with the day on which they were first seen, and nowhere else: a visitor of March who pays in April is one of March’s. All days have equally long for their steps, so that young and old ones compare; days that have not had all of it yet are named.',
      'Visitors are people. From signing up on, accounts are counted, by the first of their people; activated, on trial and paying are those among them who took the step in time. Trials and payments are billing’s, of the customer that the account is linked to.',
    ],
    formula: 'accounts with the step within n days of the first sight ÷ visitors or accounts of the step before',
    source: {
      title: 'Mixpanel: funnels and conversion windows',
      url: 'https://docs.mixpanel.com/docs/reports/funnels',
    },
  },
  limits: {
    title: 'Use of what is included',
    text: [
      'What customers did in the running calendar month against what their plan includes, or what was agreed with them alone. At 80% of a limit, in this month or the last, a larger plan is worth a word.',
      '“Most people on a day” takes the largest day of the month: the people of a whole month are not known for each account.',
    ],
    formula: 'use in the calendar month ÷ limit',
    source: { title: 'Stripe: usage-based billing', url: 'https://docs.stripe.com/billing/subscriptions/usage-based' },
  },
};

export const MEASURES = { count: 'times a month', peak_users: 'people on a day' } as const;

/** A mean of whole things, to one decimal. */
export function meanText(value: number, format: Formatter): string {
  return format.value(Math.round(value * 10) / 10, { kind: 'ratio' });
}
