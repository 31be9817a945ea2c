/** Figures of service and of what customers say. */
import type { MetricDefinition } from './definition.ts';

const NPS = {
  title: 'Bain & Company: measuring your Net Promoter Score',
  url: 'https://www.netpromotersystem.com/about/measuring-your-net-promoter-score/',
} as const;
const FIRST_REPLY = {
  title: 'Zendesk: ticket metrics',
  url: 'https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metrics/',
} as const;

export const QUALITY: readonly MetricDefinition[] = [
  {
    id: 'nps',
    title: 'Net Promoter Score',
    unit: 'points',
    kind: 'ratio',
    definition:
      'Share of promoters (9 and 10) minus share of detractors (0 to 6) among those who answered «How likely is it that you would recommend us?» in the period, in points from −100 to 100. A person counts once, with the last answer. The interval beside it (adjusted Wald, 95 %) says between which values the score of everybody lies.',
    formula: '100 × (promoters − detractors) ÷ people who answered',
    rule: 'R30',
    source: NPS,
    needs: ['answers to a survey'],
    better: 'up',
  },
  {
    id: 'firstResponseMedian',
    title: 'First response, median',
    unit: 'hours',
    kind: 'ratio',
    definition:
      'Time from a customer’s first message to the first answer by a person, of the requests opened in the period and answered by now: half are answered sooner. By the clock, nights and weekends included. Whoever still waits is counted beside it.',
    formula: 'median (first answer − opening)',
    rule: 'R31',
    source: FIRST_REPLY,
    needs: ['requests of a help desk'],
    better: 'down',
  },
  {
    id: 'firstResponseP90',
    title: 'First response, nine in ten',
    unit: 'hours',
    kind: 'ratio',
    definition:
      'The time within which nine in ten of the requests opened in the period and answered by now had their first answer by a person. By the clock, nights and weekends included.',
    formula: '90th percentile (first answer − opening), between neighbours by the share of the way',
    rule: 'R31',
    source: FIRST_REPLY,
    needs: ['requests of a help desk'],
    better: 'down',
  },
  {
    id: 'openRequests',
    title: 'Open requests',
    unit: 'count',
    kind: 'stock',
    definition:
      'Requests that are not solved now, whoever has to act next, by the time since the customer first wrote. Deleted ones and what colleagues wrote to each other are left out.',
    formula: 'requests not solved',
    rule: 'R31',
    source: FIRST_REPLY,
    needs: ['requests of a help desk'],
    better: 'down',
  },
];
