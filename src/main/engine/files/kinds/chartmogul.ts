/**
 * ChartMogul's import templates: https://help.chartmogul.com/hc/en-us/articles/360011222620 — several tables that speak of
 * each other by external ids, and make invoices and subscriptions together.
 */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { customerFact, INTERVALS } from './billing-facts.ts';
import { field, REQUIRED, type KindSpec } from './kind.ts';
import { instantOf, needed, neededInstant, optional } from './read-values.ts';

const OF_CHARTMOGUL = { family: 'chartmogul', metadata: false } as const;
const CENTS = { unit: 'minor' } as const;
const list = (text: string): string[] => text.split(',');

const customers: KindSpec = {
  ...OF_CHARTMOGUL,
  kind: 'chartmogul_customers',
  title: 'ChartMogul customers',
  description: 'The customers template of ChartMogul’s CSV import.',
  goesWith: ['chartmogul_invoices', 'chartmogul_line_items'],
  template: list('Name,Email,Company,Country,State,City,Zip,External ID,Lead created at,Free trial started at'),
  fields: [
    field('id', 'External ID', 'id', ['customer external id'], REQUIRED),
    field('name', 'Name', 'text'),
    field('company', 'Company', 'text'),
    field('email', 'Email', 'email'),
    field('country', 'Country', 'text'),
    field('lead_at', 'Lead created at', 'instant'),
    field('trial_at', 'Free trial started at', 'instant'),
  ],
  object: 'customer',
  key: (values) => needed(values, 'id'),
  facts: (values, id) => [
    customerFact({
      id,
      name: optional(values, 'company') ?? optional(values, 'name'),
      email: optional(values, 'email'),
      country: /^[A-Z]{2}$/.test(values['country'] ?? '') ? (values['country'] ?? null) : null,
      createdAt: instantOf(values, 'lead_at') ?? instantOf(values, 'trial_at') ?? NO_DAY,
    }),
  ],
};

/** A customer of whom no table says since when: the first amount decides, which is later than this. */
const NO_DAY = 0 as Instant;

const plans: KindSpec = {
  ...OF_CHARTMOGUL,
  kind: 'chartmogul_plans',
  title: 'ChartMogul plans',
  description: 'The plans template of ChartMogul’s CSV import: how often each plan bills.',
  goesWith: ['chartmogul_line_items'],
  template: list('Name,Interval count,Interval unit,Plan ID'),
  fields: [
    field('id', 'Plan ID', 'id', ['external id', 'plan external id', 'plan uuid']),
    field('name', 'Name', 'text', ['plan name'], REQUIRED),
    field('interval_count', 'Interval count', 'number', [], REQUIRED),
    field('interval', 'Interval unit', 'choice', [], { required: true, choices: INTERVALS }),
  ],
  object: 'plan',
  key: (values) => optional(values, 'id') ?? needed(values, 'name'),
  // Line items name a plan by its id or by its name.
  partOf: (values) => ({ of: `plan/${needed(values, 'name')}`, also: null }),
};

const invoices: KindSpec = {
  ...OF_CHARTMOGUL,
  kind: 'chartmogul_invoices',
  title: 'ChartMogul invoices',
  description: 'The invoices template of ChartMogul’s CSV import; the line items say what was billed.',
  goesWith: ['chartmogul_line_items', 'chartmogul_customers'],
  template: list('Customer external ID,Invoice external ID,Invoiced date,Due date,Currency,Status,Collection Method'),
  fields: [
    field('id', 'Invoice external ID', 'id', [], REQUIRED),
    field('customer_id', 'Customer external ID', 'id', [], REQUIRED),
    field('created_at', 'Invoiced date', 'instant', [], REQUIRED),
    field('due_at', 'Due date', 'instant'),
    field('currency', 'Currency', 'currency', [], REQUIRED),
    field('status', 'Status', 'choice', [], {
      choices: {
        paid: [],
        open: ['due', 'unpaid', 'pending', 'past due'],
        void: ['voided', 'canceled', 'cancelled'],
        uncollectible: ['written off'],
      },
    }),
    field('collection', 'Collection Method', 'text'),
  ],
  object: 'invoice',
  key: (values) => needed(values, 'id'),
  partOf: (values) => ({ of: `invoice/${needed(values, 'id')}`, also: null }),
};

const LINE_FIELDS = [
  field('invoice_id', 'Invoice external ID', 'id', [], REQUIRED),
  field('id', 'External ID', 'id'),
  field('subscription_id', 'Subscription external ID', 'id'),
  field('type', 'Type', 'choice', [], {
    required: true,
    choices: { subscription: [], trial: [], usage: [], one_time: ['one time', 'onetime', 'one-time'] },
  }),
  field('amount', 'Amount in cents', 'amount', [], { ...REQUIRED, ...CENTS }),
  field('plan', 'Plan', 'text', ['plan id', 'plan external id', 'plan name']),
  field('period_start_at', 'Service period start', 'instant'),
  field('period_end_at', 'Service period end', 'instant'),
  field('quantity', 'Quantity', 'number'),
  field('proration', 'Proration', 'boolean', ['prorated']),
  field('discount', 'Discount amount', 'amount', ['discount amount in cents'], CENTS),
  field('tax', 'Tax amount', 'amount', ['tax amount in cents'], CENTS),
  field('description', 'Description', 'text'),
];

const lineItems: KindSpec = {
  ...OF_CHARTMOGUL,
  kind: 'chartmogul_line_items',
  title: 'ChartMogul line items',
  description:
    'The line-item templates of ChartMogul’s CSV import (subscription, trial, usage, one-time). MRR follows from their service periods.',
  goesWith: ['chartmogul_invoices', 'chartmogul_plans', 'chartmogul_cancellations'],
  template: list(
    'Invoice external ID,External ID,Subscription external ID,Subscription set external ID,Type,Amount in cents,Plan,Service period start,Service period end,Quantity,Proration,Discount code,Discount amount,Tax amount,Description,Transaction fee,Account Code,Transaction fees currency,Discount description,Proration type,Event Order',
  ),
  fields: LINE_FIELDS,
  object: 'line',
  check(values) {
    if (values['type'] === 'one_time') return null;
    const missing = ['subscription_id', 'period_start_at', 'period_end_at'].find((name) => values[name] === undefined);
    if (missing !== undefined)
      return { field: missing, reason: 'A line of a subscription names it and its service period' };
    return neededInstant(values, 'period_end_at') > neededInstant(values, 'period_start_at')
      ? null
      : { field: 'period_end_at', reason: 'The service period ends before it begins' };
  },
  key: (values) => optional(values, 'id'),
  partOf: (values) => ({
    of: `invoice/${needed(values, 'invoice_id')}`,
    also: values['subscription_id'] === undefined ? null : `subscription/${values['subscription_id']}`,
  }),
};

const payments: KindSpec = {
  ...OF_CHARTMOGUL,
  kind: 'chartmogul_payments',
  title: 'ChartMogul payments',
  description: 'The transactions template of ChartMogul’s CSV import: payments and refunds of invoices.',
  goesWith: ['chartmogul_invoices'],
  template: list(
    'Invoice external ID,External ID,Type,Result,Date,Amount in cents,Exclude tax on refund,Exclude discount on refund,Exclude fees on refund,Transaction fee,Transaction fees currency',
  ),
  fields: [
    field('invoice_id', 'Invoice external ID', 'id', [], REQUIRED),
    field('id', 'External ID', 'id'),
    field('type', 'Type', 'choice', [], { required: true, choices: { payment: [], refund: [] } }),
    field('result', 'Result', 'choice', [], {
      required: true,
      choices: { successful: ['success', 'succeeded'], failed: ['failure'] },
    }),
    field('created_at', 'Date', 'instant', [], REQUIRED),
    field('amount', 'Amount in cents', 'amount', [], CENTS),
  ],
  object: 'transaction',
  key: (values) => optional(values, 'id'),
  partOf: (values) => ({ of: `invoice/${needed(values, 'invoice_id')}`, also: null }),
};

const cancellations: KindSpec = {
  ...OF_CHARTMOGUL,
  kind: 'chartmogul_cancellations',
  title: 'ChartMogul cancellations',
  description: 'The cancellations template of ChartMogul’s CSV import: from when on a subscription is over.',
  goesWith: ['chartmogul_line_items'],
  template: list('Subscription external ID,Customer external ID,Date,Invoice external ID,Event Order'),
  fields: [
    field('subscription_id', 'Subscription external ID', 'id', [], REQUIRED),
    field('customer_id', 'Customer external ID', 'id'),
    field('ended_at', 'Date', 'instant', ['cancelled at', 'canceled at', 'cancellation date'], REQUIRED),
  ],
  object: 'cancellation',
  key: (values) => `${needed(values, 'subscription_id')} ${needed(values, 'ended_at')}`,
  partOf: (values) => ({ of: `subscription/${needed(values, 'subscription_id')}`, also: null }),
};

const events: KindSpec = {
  ...OF_CHARTMOGUL,
  kind: 'chartmogul_subscription_events',
  title: 'ChartMogul subscription events',
  description:
    'The subscription-events template of ChartMogul’s CSV import. Cancellations count with their effective date.',
  goesWith: ['chartmogul_line_items'],
  template: list(
    'External ID,Subscription set external ID,Subscription external ID,Customer external ID,Plan external ID,Date,Effective Date,Event Type,Currency,Amount in Cents,Quantity,Retracted event ID,Event Order,Invoice external ID',
  ),
  fields: [
    field('id', 'External ID', 'id', [], REQUIRED),
    field('subscription_id', 'Subscription external ID', 'id', [], REQUIRED),
    field('customer_id', 'Customer external ID', 'id'),
    field('ended_at', 'Effective Date', 'instant', [], REQUIRED),
    field('type', 'Event Type', 'text', [], REQUIRED),
    field('retracts', 'Retracted event ID', 'id'),
  ],
  object: 'subscription_event',
  key: (values) => needed(values, 'id'),
  partOf: (values) => ({ of: `subscription/${needed(values, 'subscription_id')}`, also: null }),
};

export const CHARTMOGUL_KINDS: readonly KindSpec[] = [
  customers,
  plans,
  invoices,
  lineItems,
  payments,
  cancellations,
  events,
];
