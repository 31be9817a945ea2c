/** Tables of the company's own making: any export of billing can be brought into one of these shapes. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { customerFact, INTERVALS, STATUSES } from './billing-facts.ts';
import { field, REQUIRED, type KindSpec } from './kind.ts';
import { currencyOf, instantOf, metadataOf, needed, neededInstant, optional } from './read-values.ts';

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
  // Invoices may speak of the same subscription: then this table does, as long as it stands.
  partOf: (values) => ({ of: `subscription/${needed(values, 'id')}`, also: null }),
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

export const OWN_KINDS: readonly KindSpec[] = [customers, subscriptions, invoices];
