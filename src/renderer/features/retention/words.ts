/** The room's words: what is measured, by what, and how it is computed. */
import type { CohortKind, CohortSplit, CohortUnit, NamedCohortSplit } from '../../../shared/contract/retention.ts';
import type { RetentionSearch } from '../../lib/address/index.ts';

export const KIND_WORDS: Record<CohortKind, { label: string; title: string; says: string }> = {
  logo: {
    label: 'Customers',
    title: 'Customers kept',
    says: 'Of the customers who first paid in a period, the share that pays',
  },
  gross: {
    label: 'Gross revenue',
    title: 'Revenue kept, gross',
    says: 'MRR of the same customers, each counted at most with its MRR at the end of the first period',
  },
  net: {
    label: 'Net revenue',
    title: 'Revenue kept, net',
    says: 'MRR of the same customers against their MRR at the end of the first period, with expansion',
  },
};

/** A column's head, an age in words, and how many make a year. */
export const UNIT_WORDS: Record<CohortUnit, { label: string; letter: string; noun: string; perYear: number }> = {
  month: { label: 'Months', letter: 'M', noun: 'month', perYear: 12 },
  quarter: { label: 'Quarters', letter: 'Q', noun: 'quarter', perYear: 4 },
  year: { label: 'Years', letter: 'Y', noun: 'year', perYear: 1 },
  fiscal_quarter: { label: 'Fiscal quarters', letter: 'Q', noun: 'quarter', perYear: 4 },
  fiscal_year: { label: 'Fiscal years', letter: 'Y', noun: 'year', perYear: 1 },
};

/** A split as the controls name it; of metadata by its key. */
export function splitWords(by: CohortSplit): { label: string; all: string } {
  const named = Object.entries(SPLIT_WORDS).find(([name]) => name === by)?.[1];
  const key = by.slice('metadata:'.length);
  return named ?? { label: `By ${key}`, all: `All of ${key}` };
}

const SPLIT_WORDS: Record<NamedCohortSplit, { label: string; all: string }> = {
  plan: { label: 'By first plan', all: 'All plans' },
  country: { label: 'By country', all: 'All countries' },
  currency: { label: 'By currency', all: 'All currencies' },
  channel: { label: 'By channel', all: 'All channels' },
};

export interface Method {
  readonly title: string;
  readonly text: readonly string[];
  readonly formula: string;
  readonly source: { readonly title: string; readonly url: string };
}

/** The same definitions as in docs/metrics.md, «Cohorts and survival». */
export const METHODS: Record<NonNullable<RetentionSearch['about']>, Method> = {
  cohorts: {
    title: 'How cohorts are computed',
    text: [
      'A customer belongs to the period of its first positive MRR and stays in it, whatever happens later. Age 0 is the end of that period, so customers who left before it lower the value at age 0.',
      'Customers kept: paying customers over all customers of the cohort. Whoever left and came back counts again.',
      'Net revenue: MRR at the end of a period over MRR at age 0. Gross revenue: the same, each customer counted at most with its MRR at age 0, point to point as in GRR.',
      'The mean weighs each cohort by its size at the start and uses only periods that are over. A dotted edge marks the running period.',
    ],
    formula: 'logo = paying ÷ began; net = Σ MRRₙ ÷ Σ MRR₀; gross = Σ min(MRRₙ, MRR₀) ÷ Σ MRR₀',
    source: { title: 'Stripe Billing analytics', url: 'https://docs.stripe.com/billing/subscriptions/analytics' },
  },
  survival: {
    title: 'How lifetimes are computed',
    text: [
      'A life begins with the first positive MRR and ends on the first day without any, also where the customer comes back later (returns are listed apart). Whoever still pays is counted for as long as it was seen, and then set aside.',
      'The band holds 95%: Greenwood’s variance on the log(−log S) scale.',
      'Expected lifetime is the area under the curve up to the longest life seen. While the curve has not reached 0 it is a lower bound, and so is the lifetime revenue from it: average MRR per customer times expected months, before margin.',
    ],
    formula: 'S(t) = Π (1 − left ÷ still paying), over the ages up to t at which somebody left',
    source: {
      title: 'Kaplan–Meier estimator',
      url: 'https://en.wikipedia.org/wiki/Kaplan%E2%80%93Meier_estimator',
    },
  },
  returned: {
    title: 'Who counts as returned',
    text: [
      'A customer whose MRR had fallen to 0 and is positive again, after any gap; also after a pause. Each return is a row of its own.',
      'MRR is given on the day before the customer left, and today.',
      'Of a part of the company they are its customers; of a plan, a price or an interval those who began with it.',
    ],
    formula: 'MRR > 0, then 0, then > 0',
    source: {
      title: 'ChartMogul: MRR movements',
      url: 'https://help.chartmogul.com/hc/en-us/articles/201244842',
    },
  },
};
