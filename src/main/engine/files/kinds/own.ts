/** Tables of the company's own making: any export can be brought into one of these shapes. */
import { instantOfIso, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Fact, Invoice, InvoiceLine } from '../../domain/index.ts';
import { currencyCode } from '../../../../shared/kernel/currency.ts';
import { plainDay } from '../../../../shared/kernel/day.ts';
import { customerFact, INTERVALS, STATUSES } from './billing-facts.ts';
import { field, REQUIRED, type FamilySpec, type KeptRow, type KindSpec, type KnownRows } from './kind.ts';
import {
  currencyOf,
  dayOf,
  instantOf,
  isTrue,
  metadataOf,
  minorOf,
  needed,
  neededInstant,
  optional,
} from './read-values.ts';
import { serviceFacts, type ServiceLine } from './service-lives.ts';
import { subscriptionRowFacts } from './stripe.ts';

export const OWN_FILES: FamilySpec = {
  family: 'own',
  title: 'Own tables',
  vendors: [],
  assemble: { invoice: invoiceFacts, subscription: subscriptionFacts },
};

const OWN = { family: 'own', metadata: true, goesWith: [] } as const;
const CURRENCY = field('currency', 'Currency', 'currency', ['Währung', 'Devise', 'Moneda'], REQUIRED);
const CUSTOMER = field(
  'customer_id',
  'Customer ID',
  'id',
  ['Customer', 'Account ID', 'Client ID', 'Kundennummer', 'Kunde', 'Client', 'Cliente'],
  REQUIRED,
);
const CUSTOMER_NAME = field('customer_name', 'Customer name', 'text', ['Company', 'Kundenname', 'Firma']);
const CUSTOMER_EMAIL = field('customer_email', 'Customer email', 'email', ['Email']);

const customers: KindSpec = {
  ...OWN,
  kind: 'customers',
  title: 'Customers',
  description: 'Who pays: one row per customer.',
  template: ['Customer ID', 'Name', 'Email', 'Country', 'Created'],
  fields: [
    field('id', 'Customer ID', 'id', ['ID', 'External ID', 'Kundennummer'], REQUIRED),
    field('name', 'Name', 'text', ['Customer name', 'Company', 'Firma', 'Kunde', 'Nom', 'Nombre']),
    field('email', 'Email', 'email', ['E-mail', 'E-Mail-Adresse', 'Courriel']),
    field('country', 'Country', 'text', ['Country code', 'Land', 'Pays']),
    field('currency', 'Currency', 'currency', ['Währung'], { constant: false }),
    field('created_at', 'Created', 'instant', [
      'Created at',
      'Created on',
      'Signed up',
      'Customer since',
      'Erstellt am',
      'Kunde seit',
    ]),
    field('description', 'Description', 'text', ['Notes', 'Beschreibung']),
  ],
  object: 'customer',
  key: (values) => needed(values, 'id'),
  facts: (values, id) => [
    customerFact({
      id,
      name: optional(values, 'name'),
      email: optional(values, 'email'),
      description: optional(values, 'description'),
      country: /^[A-Z]{2}$/i.test(values['country'] ?? '') ? (values['country']?.toUpperCase() ?? null) : null,
      currency: values['currency'] === undefined ? null : currencyOf(values),
      createdAt: instantOf(values, 'created_at') ?? (0 as Instant),
      metadata: metadataOf(values),
    }),
  ],
};

const subscriptions: KindSpec = {
  ...OWN,
  kind: 'subscriptions',
  title: 'Subscriptions',
  description: 'What each subscription bills, how often and since when. MRR follows from it.',
  template: [
    'Subscription ID',
    'Customer ID',
    'Customer name',
    'Plan',
    'Status',
    'Amount',
    'Currency',
    'Interval',
    'Started',
    'Trial end',
    'Cancelled',
    'Ended',
  ],
  fields: [
    field('id', 'Subscription ID', 'id', ['ID', 'Subscription', 'Contract ID', 'Vertragsnummer'], REQUIRED),
    CUSTOMER,
    CUSTOMER_NAME,
    CUSTOMER_EMAIL,
    field('plan', 'Plan', 'text', ['Product', 'Tarif', 'Produkt', 'Offre']),
    field('status', 'Status', 'choice', ['State', 'Zustand'], { required: true, choices: STATUSES, constant: true }),
    field('amount', 'Amount', 'amount', ['Price', 'MRR', 'Betrag', 'Preis', 'Montant', 'Importe'], {
      required: true,
      help: 'What one interval bills in all',
    }),
    CURRENCY,
    field(
      'interval',
      'Interval',
      'choice',
      ['Billing interval', 'Billing period', 'Abrechnung', 'Intervall', 'Période'],
      { required: true, choices: INTERVALS, constant: true },
    ),
    field('interval_count', 'Interval count', 'number'),
    field(
      'started_at',
      'Started',
      'instant',
      ['Start', 'Start date', 'Started at', 'Started on', 'Beginn', 'Startdatum', 'Début'],
      REQUIRED,
    ),
    field('period_start_at', 'Current period start', 'instant'),
    field('period_end_at', 'Current period end', 'instant', ['Renews on', 'Renewal date']),
    field('trial_end_at', 'Trial end', 'instant', ['Trial ends']),
    field('canceled_at', 'Cancelled', 'instant', ['Canceled', 'Cancelled at', 'Canceled at', 'Gekündigt am']),
    field('ended_at', 'Ended', 'instant', ['Ended at', 'End date', 'End', 'Ende']),
    field('cancel_at_period_end', 'Cancel at period end', 'boolean'),
    field('reason', 'Cancellation reason', 'text', ['Reason']),
  ],
  object: 'subscription',
  key: (values) => needed(values, 'id'),
  facts: subscriptionRowFacts,
};

const invoices: KindSpec = {
  ...OWN,
  kind: 'invoices',
  title: 'Invoices',
  description:
    'Invoices, one row per line. Lines with a service period make MRR: they count from its start, and end with it where no further one follows within 31 days.',
  template: [
    'Invoice ID',
    'Customer ID',
    'Customer name',
    'Date',
    'Due date',
    'Status',
    'Amount',
    'Tax',
    'Currency',
    'Description',
    'Plan',
    'Period start',
    'Period end',
    'Subscription ID',
    'Paid on',
  ],
  fields: [
    field(
      'id',
      'Invoice ID',
      'id',
      ['Invoice number', 'Invoice', 'Number', 'Rechnungsnummer', 'Facture', 'Factura'],
      REQUIRED,
    ),
    CUSTOMER,
    CUSTOMER_NAME,
    CUSTOMER_EMAIL,
    field(
      'created_at',
      'Date',
      'instant',
      ['Invoice date', 'Created', 'Issued', 'Rechnungsdatum', 'Datum', 'Fecha'],
      REQUIRED,
    ),
    field('due_at', 'Due date', 'instant', ['Due', 'Fällig am', 'Échéance']),
    field('status', 'Status', 'choice', [], {
      choices: {
        paid: ['bezahlt', 'payé', 'pagado'],
        open: ['unpaid', 'due', 'sent', 'overdue', 'offen'],
        void: ['voided', 'cancelled', 'canceled', 'storniert'],
        uncollectible: ['written off'],
        draft: ['entwurf'],
      },
    }),
    field(
      'amount',
      'Amount',
      'amount',
      ['Total', 'Line amount', 'Net amount', 'Betrag', 'Summe', 'Montant', 'Importe'],
      { required: true, help: 'Of the line, without tax' },
    ),
    field('tax', 'Tax', 'amount', ['VAT', 'Steuer', 'MwSt', 'TVA', 'IVA']),
    CURRENCY,
    field('description', 'Description', 'text', ['Item', 'Beschreibung', 'Position']),
    field('plan', 'Plan', 'text', ['Product', 'Tarif', 'Produkt']),
    field('quantity', 'Quantity', 'number', ['Menge', 'Anzahl', 'Quantité']),
    field('period_start_at', 'Period start', 'instant', ['Service period start', 'Leistungszeitraum von']),
    field('period_end_at', 'Period end', 'instant', ['Service period end', 'Leistungszeitraum bis']),
    field('subscription_id', 'Subscription ID', 'id', ['Subscription', 'Contract ID']),
    field('proration', 'Proration', 'boolean', ['Prorated']),
    field('paid_at', 'Paid on', 'instant', ['Paid at', 'Paid', 'Payment date', 'Bezahlt am']),
    field('line_id', 'Line ID', 'id', ['Line', 'Line number']),
  ],
  object: 'invoice_line',
  check: (values) =>
    values['period_start_at'] !== undefined &&
    values['period_end_at'] !== undefined &&
    neededInstant(values, 'period_end_at') <= neededInstant(values, 'period_start_at')
      ? { field: 'period_end_at', reason: 'The service period ends before it begins' }
      : null,
  key: (values) => (values['line_id'] === undefined ? null : `${needed(values, 'id')}/${values['line_id']}`),
  partOf(values) {
    const isService = values['period_start_at'] !== undefined && values['period_end_at'] !== undefined;
    const subscription = values['subscription_id'] ?? `${needed(values, 'customer_id')}/${values['plan'] ?? 'service'}`;
    return { of: `invoice/${needed(values, 'id')}`, also: isService ? `subscription/${subscription}` : null };
  },
};

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

export const OWN_KINDS: readonly KindSpec[] = [customers, subscriptions, invoices, usage, nps, rates, quota, targets];

/** One invoice of all the rows that name it; what the rows say of the whole is taken from the first of them. */
function invoiceFacts(id: string, known: KnownRows): readonly Fact[] {
  const rows = known.parts(`invoice/${id}`);
  const head = rows[0]?.values;
  if (!head) return [];
  const createdAt = neededInstant(head, 'created_at');
  const lines = rows.map((row) => lineOf(row, createdAt));
  const net = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const tax = lines.reduce((sum, { taxes }) => sum + taxes.reduce((of, { amountMinor }) => of + amountMinor, 0), 0);
  const paidAt = instantOf(head, 'paid_at');
  const status = (optional(head, 'status') ?? (paidAt === null ? 'open' : 'paid')) as Invoice['status'];
  const total = net + tax;
  return [
    {
      kind: 'invoice',
      value: {
        id,
        number: id,
        customerId: needed(head, 'customer_id'),
        subscriptionId: null,
        status,
        billingReason: null,
        currency: currencyOf(head),
        createdAt,
        finalizedAt: status === 'draft' ? null : createdAt,
        paidAt: status === 'paid' ? (paidAt ?? createdAt) : null,
        voidedAt: status === 'void' ? createdAt : null,
        uncollectibleAt: status === 'uncollectible' ? createdAt : null,
        dueAt: instantOf(head, 'due_at'),
        periodStart: createdAt,
        periodEnd: createdAt,
        subtotalMinor: net,
        discountMinor: 0,
        taxMinor: tax,
        totalMinor: total,
        amountDueMinor: total,
        amountPaidMinor: status === 'paid' ? total : 0,
        amountRemainingMinor: status === 'paid' || status === 'void' ? 0 : total,
        startingBalanceMinor: 0,
        endingBalanceMinor: null,
        attemptCount: 0,
        nextAttemptAt: null,
        collection: 'charge_automatically',
        lines,
      },
    },
  ];
}

function lineOf({ key, values }: KeptRow, createdAt: Instant): InvoiceLine {
  const tax = minorOf(values, 'tax') ?? 0;
  const start = instantOf(values, 'period_start_at');
  const end = instantOf(values, 'period_end_at');
  const isService = start !== null && end !== null;
  return {
    id: key,
    subscriptionId: isService
      ? (values['subscription_id'] ?? `${needed(values, 'customer_id')}/${values['plan'] ?? 'service'}`)
      : null,
    subscriptionItemId: null,
    kind: isService ? 'subscription' : 'one_off',
    priceId: null,
    productId: null,
    price: null,
    description: optional(values, 'description') ?? optional(values, 'plan'),
    quantity: values['quantity'] ?? '1',
    amountMinor: minorOf(values, 'amount') ?? 0,
    discounts: [],
    taxes: tax === 0 ? [] : [{ amountMinor: tax, inclusive: false }],
    periodStart: start ?? createdAt,
    periodEnd: end ?? createdAt,
    proration: isTrue(values, 'proration'),
  };
}

/** A month without a line is taken for late billing, more for an end. */
const LAPSES_AFTER_DAYS = 31;

function subscriptionFacts(id: string, known: KnownRows): readonly Fact[] {
  const rows = known
    .parts(`subscription/${id}`)
    .filter(({ values }) => values['status'] !== 'void' && values['status'] !== 'draft');
  // A table of subscriptions says more than what was billed.
  if (rows.length === 0 || known.row('subscriptions', id)) return [];
  const [first] = rows;
  if (!first) return [];
  const lines = rows.map(({ key, values }): ServiceLine => ({
    id: key,
    start: neededInstant(values, 'period_start_at'),
    end: neededInstant(values, 'period_end_at'),
    netMinor: minorOf(values, 'amount') ?? 0,
    quantity: values['quantity'] ?? '1',
    plan: optional(values, 'plan'),
    isTrial: false,
    isProration: isTrue(values, 'proration'),
    every: null,
  }));
  return serviceFacts({
    id,
    customerId: needed(first.values, 'customer_id'),
    currency: currencyOf(first.values),
    lines,
    ends: [],
    lapsesAfterDays: LAPSES_AFTER_DAYS,
  });
}
