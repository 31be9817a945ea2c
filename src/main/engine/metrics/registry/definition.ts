/** What a metric is, as the «how is this computed?» panel and docs/metrics.md say it. */
import type { MetricDefinition } from '../../../../shared/contract/metrics.ts';

export type { MetricDefinition };

/** Where the definitions come from; the rules (R1 …) stand in docs/metrics.md. */
export const SOURCES = {
  stripe: { title: 'Stripe Billing analytics', url: 'https://docs.stripe.com/billing/subscriptions/analytics' },
  stripeGlossary: { title: 'Stripe glossary', url: 'https://docs.stripe.com/glossary' },
  chartmogulMrr: { title: 'ChartMogul: MRR', url: 'https://help.chartmogul.com/hc/en-us/articles/203299812' },
  chartmogulMovements: {
    title: 'ChartMogul: MRR movements',
    url: 'https://help.chartmogul.com/hc/en-us/articles/201244842',
  },
  chartmogulChurn: {
    title: 'ChartMogul: MRR churn rate',
    url: 'https://help.chartmogul.com/hc/en-us/articles/203359341',
  },
  chartmogulLogo: {
    title: 'ChartMogul: customer churn rate',
    url: 'https://help.chartmogul.com/hc/en-us/articles/203359321',
  },
  chartmogulLtv: {
    title: 'ChartMogul: lifetime value',
    url: 'https://help.chartmogul.com/hc/en-us/articles/203359061',
  },
  profitwell: { title: 'ProfitWell Metrics', url: 'https://www.paddle.com/help/profitwell-metrics' },
  baremetrics: { title: 'Baremetrics', url: 'https://help.baremetrics.com/en/articles/5380330' },
  finmark: {
    title: 'Finmark: LTV, CAC and payback',
    url: 'https://help.finmark.com/en/articles/5525177-how-finmark-calculates-ltv-cac-and-cac-payback',
  },
  ruleOf40: {
    title: 'USV: the rule of 40 %',
    url: 'https://www.usv.com/post/54da139787b2a3000351223b/the-rule-of-40-for-saas',
  },
  magicNumber: {
    title: 'Scale Venture Partners: the magic number',
    url: 'https://www.scalevp.com/insights/from-0-to-1m-the-magic-number/',
  },
  burnMultiple: {
    title: 'David Sacks: the burn multiple',
    url: 'https://sacks.substack.com/p/the-burn-multiple-51a7e43cb200',
  },
  zuora: { title: 'Zuora: MRR', url: 'https://docs.zuora.com' },
} as const;
