/** Lists of the company's own that stand by themselves: usage, rates, answers, quotas, targets. */
import { currencyCode } from '../../../../shared/kernel/currency.ts';
import { plainDay } from '../../../../shared/kernel/day.ts';
import { instantOfIso } from '../../../../shared/kernel/instant.ts';
import type { Fact } from '../../domain/index.ts';
import { field, REQUIRED, type KindSpec } from './kind.ts';
import { currencyOf, dayOf, needed, optional } from './read-values.ts';

const OWN = { family: 'own', metadata: true, goesWith: [] } as const;
const CURRENCY = field('currency', 'Currency', 'currency', ['Währung', 'Devise', 'Moneda'], REQUIRED);
const CUSTOMER = field(
  'customer_id',
  'Customer ID',
  'id',
  ['Customer', 'Account ID', 'Client ID', 'Kundennummer', 'Kunde', 'Client', 'Cliente'],
  REQUIRED,
);
const usage: KindSpec = {
  ...OWN,
  metadata: false,
  kind: 'usage',
  title: 'Usage',
  description: 'How much of a meter each customer used on each day.',
  template: ['Customer ID', 'Day', 'Meter', 'Quantity'],
  fields: [
    CUSTOMER,
    field('day', 'Day', 'day', ['Date', 'Datum', 'Tag', 'Used on'], REQUIRED),
    field('meter', 'Meter', 'text', ['Event', 'Feature', 'Metric', 'Zähler'], { required: true, constant: true }),
    field('quantity', 'Quantity', 'number', ['Count', 'Amount', 'Usage', 'Menge', 'Anzahl'], REQUIRED),
  ],
  object: 'meter_usage',
  key: (values) => `${needed(values, 'customer_id')}|${needed(values, 'meter')}|${needed(values, 'day')}`,
  facts: (values) => [
    {
      kind: 'meter_usage',
      value: {
        meterId: needed(values, 'meter'),
        customerId: needed(values, 'customer_id'),
        day: plainDay(needed(values, 'day')),
        quantity: Number(needed(values, 'quantity')),
      },
    },
  ],
};

const rates: KindSpec = {
  ...OWN,
  metadata: false,
  kind: 'fx_rates',
  title: 'Exchange rates',
  description: 'What one euro is worth, by day. Used where no source of rates has one.',
  template: ['Date', 'Currency', 'Rate'],
  fields: [
    field('day', 'Date', 'day', ['Day', 'Datum', 'time_period'], REQUIRED),
    field('currency', 'Currency', 'currency', ['Quote', 'Währung'], { required: true, constant: false }),
    field('rate', 'Rate', 'number', ['Units per euro', 'Kurs', 'obs_value'], {
      required: true,
      help: 'Units of the currency for one euro',
    }),
  ],
  object: 'exchange_rate',
  key: (values) => `${needed(values, 'day')} ${needed(values, 'currency')}`,
  check: (values) => (Number(values['rate']) > 0 ? null : { field: 'rate', reason: 'A rate is above zero' }),
  facts: (values) => [
    {
      kind: 'exchange_rate',
      value: {
        day: plainDay(needed(values, 'day')),
        base: currencyCode('EUR'),
        quote: currencyOf(values),
        rate: needed(values, 'rate'),
      },
    },
  ],
};

const nps: KindSpec = {
  ...OWN,
  metadata: false,
  kind: 'nps',
  title: 'NPS answers',
  description: 'Answers to «How likely is it that you would recommend us?», from 0 to 10.',
  template: ['Email', 'Score', 'Date', 'Comment', 'Survey'],
  fields: [
    field('email', 'Email', 'email', ['Respondent', 'Contact email', 'Customer email'], REQUIRED),
    field('score', 'Score', 'number', ['NPS', 'Rating', 'NPS score', 'Bewertung'], REQUIRED),
    field('day', 'Date', 'day', ['Responded on', 'Responded at', 'Submitted', 'Created', 'Datum'], REQUIRED),
    field('name', 'Name', 'text'),
    field('comment', 'Comment', 'text', ['Feedback', 'Kommentar', 'Answer']),
    field('survey', 'Survey', 'text', ['Umfrage']),
    field('id', 'Response ID', 'id', ['ID']),
  ],
  object: 'nps_response',
  key: (values) =>
    optional(values, 'id') ?? `${needed(values, 'email')}|${needed(values, 'day')}|${optional(values, 'survey') ?? ''}`,
  check: (values) =>
    /^(?:10|\d)$/.test(values['score'] ?? '')
      ? null
      : { field: 'score', reason: 'A score is a whole number from 0 to 10' },
  facts(values, id): Fact[] {
    const email = needed(values, 'email');
    const respondedOn = dayOf(values, 'day') ?? plainDay('1970-01-01');
    return [
      {
        kind: 'support_contact',
        value: {
          id: email,
          companyId: null,
          name: optional(values, 'name'),
          email,
          externalId: null,
          seenAt: instantOfIso(`${respondedOn}T00:00:00Z`),
        },
      },
      {
        kind: 'nps_response',
        value: {
          id,
          contactId: email,
          score: Number(needed(values, 'score')),
          respondedOn,
          comment: optional(values, 'comment'),
          survey: optional(values, 'survey'),
        },
      },
    ];
  },
};

const listed = { ...OWN, metadata: false, object: 'listed', facts: (): Fact[] => [] } as const;

const quota: KindSpec = {
  ...listed,
  kind: 'quota',
  title: 'Quotas',
  description: 'What each seller is to bring in, by month or quarter. Kept, listed and exported; attainment reads it.',
  template: ['Owner', 'Month', 'Amount', 'Currency'],
  fields: [
    field('owner', 'Owner', 'text', ['Rep', 'Seller', 'Email', 'Sales rep', 'Vertriebler'], REQUIRED),
    field('month', 'Month', 'month', ['Period', 'Quarter', 'Monat', 'Zeitraum'], REQUIRED),
    field('amount', 'Amount', 'amount', ['Quota', 'Target', 'Betrag'], REQUIRED),
    CURRENCY,
  ],
  key: (values) => `${needed(values, 'owner')}|${needed(values, 'month')}|${needed(values, 'currency')}`,
};

const targets: KindSpec = {
  ...listed,
  kind: 'targets',
  title: 'Targets',
  description: 'What is planned of a figure, by month. Kept, listed and exported; plans are held against it.',
  template: ['Metric', 'Month', 'Value'],
  fields: [
    field('metric', 'Metric', 'text', ['Figure', 'KPI', 'Kennzahl'], { required: true, constant: true }),
    field('month', 'Month', 'month', ['Period', 'Monat'], REQUIRED),
    field('value', 'Value', 'number', ['Target', 'Goal', 'Amount', 'Ziel', 'Wert'], REQUIRED),
  ],
  key: (values) => `${needed(values, 'metric')}|${needed(values, 'month')}`,
};

export const LIST_KINDS: readonly KindSpec[] = [usage, nps, rates, quota, targets];
