/**
 * Every table that may hold something of one customer: which of its rows do, and what becomes of them when the customer
 * is erased. The test of this module walks the schema: a table or a text that is new and not spoken of here fails it.
 */
import { OTHER_TABLES } from './other-tables.ts';

export interface PersonTable {
  readonly table: string;
  /** What an export calls it. */
  readonly title: string;
  /** SQL: which rows of `t` are the customer's, in words of `PERSON`. */
  readonly rows: string;
  /** Column → SQL of what it holds afterwards. */
  readonly erase?: Readonly<Record<string, string>>;
  /** The rows go. */
  readonly drops?: true;
  /** Texts and blobs that stay, and why; ids, states and currencies always do. */
  readonly stays?: string;
}

const within = (set: string, column = 'id'): string =>
  `(t.source_id, t.${column}) IN (SELECT source_id, id FROM ${set})`;
const IS_WHO = 't.customer_id IN (SELECT customer_id FROM who)';
const NAME = `'Erased customer ' || (SELECT customer_id FROM me)`;
const FIGURES = 'amounts, days and states, of which the ledger is made';

const SUBSCRIPTION_TEXTS = { body: `json_set(t.body, '$.metadata', json('{}'), '$.cancellation.comment', NULL)` };

export const PERSON_TABLES: readonly PersonTable[] = [
  {
    table: 'customer',
    title: 'The customer',
    rows: IS_WHO,
    erase: { name: `'Erased customer ' || t.customer_id`, email: 'NULL' },
    stays: 'the country, by which figures are sliced',
  },
  {
    table: 'billing_customer',
    title: 'Customers at the billing system',
    rows: within('billing'),
    erase: { name: NAME, email: 'NULL', description: 'NULL', metadata: `'{}'` },
    stays: 'the country and the discounts, by which figures are sliced',
  },
  { table: 'subscription', title: 'Subscriptions', rows: within('subscribed'), erase: SUBSCRIPTION_TEXTS },
  {
    table: 'subscription_sighting',
    title: 'What was seen of subscriptions',
    rows: within('subscribed', 'subscription_id'),
    erase: SUBSCRIPTION_TEXTS,
  },
  { table: 'invoice', title: 'Invoices', rows: within('invoiced'), stays: FIGURES },
  {
    table: 'invoice_line',
    title: 'Lines of invoices',
    rows: within('invoiced', 'invoice_id'),
    erase: { description: 'NULL' },
    stays: 'prices, quantities, discounts and taxes',
  },
  { table: 'invoice_payment', title: 'Payments of invoices', rows: within('invoiced', 'invoice_id'), stays: FIGURES },
  { table: 'charge', title: 'Charges', rows: within('charged'), stays: 'why a payment failed, in the vendor’s words' },
  { table: 'refund', title: 'Refunds', rows: within('charged', 'charge_id'), stays: FIGURES },
  { table: 'dispute', title: 'Disputes', rows: within('charged', 'charge_id'), stays: FIGURES },
  {
    table: 'credit_note',
    title: 'Credit notes',
    rows: within('billing', 'billing_customer_id'),
    stays: 'reasons of a closed list, and amounts by line',
  },
  {
    table: 'payment_intent',
    title: 'Payments that were begun',
    rows: within('billing', 'billing_customer_id'),
    stays: 'why a payment failed, in the vendor’s words',
  },
  { table: 'quote', title: 'Quotes', rows: within('billing', 'billing_customer_id'), stays: FIGURES },
  {
    table: 'meter_usage',
    title: 'Metered use',
    rows: within('billing', 'billing_customer_id'),
    stays: FIGURES,
  },
  {
    table: 'failed_payment',
    title: 'Failed payments',
    rows: within('billing', 'billing_customer_id'),
    stays: FIGURES,
  },
  { table: 'first_payment', title: 'First payments', rows: within('billing', 'billing_customer_id'), stays: FIGURES },
  {
    table: 'crm_account',
    title: 'Companies at the sales system',
    rows: within('account'),
    erase: { name: NAME, domain: 'NULL', fields: `'{}'` },
    stays: 'the country and the industry, by which figures are sliced',
  },
  {
    table: 'crm_contact',
    title: 'People at the sales system',
    rows: within('person'),
    erase: { name: 'NULL', email: 'NULL', title: 'NULL', fields: `'{}'` },
  },
  {
    table: 'crm_deal',
    title: 'Deals',
    rows: within('deal'),
    erase: { name: `'Erased deal'`, loss_reason: 'NULL', fields: `'{}'` },
    stays: 'which people it was about, by their ids',
  },
  {
    table: 'crm_deal_line',
    title: 'Products of deals',
    rows: within('deal', 'deal_id'),
    erase: { name: 'NULL' },
    stays: FIGURES,
  },
  { table: 'crm_deal_stage', title: 'Stages of deals', rows: within('deal', 'deal_id'), stays: FIGURES },
  {
    table: 'product_account',
    title: 'Accounts in the product',
    rows: within('account'),
    erase: { name: NAME, domain: 'NULL', emails: `'[]'` },
    stays: 'the channel, by which figures are sliced',
  },
  {
    table: 'usage_day',
    title: 'Use of the product',
    rows: `t.product_account_id IN (
      SELECT p.product_account_id FROM account a JOIN product_account p ON p.source_id = a.source_id AND p.id = a.id)`,
    stays: FIGURES,
  },
  {
    table: 'support_company',
    title: 'Companies at the help desk',
    rows: within('account'),
    erase: { name: NAME, domain: 'NULL' },
  },
  {
    table: 'support_account',
    title: 'Accounts at the help desk',
    rows: within('account'),
    erase: { name: NAME, domain: 'NULL' },
  },
  {
    table: 'support_ticket',
    title: 'Requests',
    rows: within('asked'),
    stays: 'states and times; no text was ever kept',
  },
  {
    table: 'nps_response',
    title: 'Answers to surveys',
    rows: within('answered'),
    erase: { comment: 'NULL' },
    stays: 'which survey it was',
  },
  {
    table: 'support_contact',
    title: 'People at the help desk',
    rows: within('person'),
    erase: {
      name: 'NULL',
      email: 'NULL',
      // A group is called after the address that its people share: without one, each stands alone.
      account_id: `CASE WHEN instr(t.account_id, '@') = 0 THEN t.account_id END`,
    },
  },
  {
    table: 'alert',
    title: 'Alerts',
    rows: IS_WHO,
    drops: true,
  },
  {
    table: 'identity_decision',
    title: 'Decisions about whose records these are',
    rows: `(${IS_WHO} OR t.from_customer_id IN (SELECT customer_id FROM who))`,
    erase: {
      evidence: `'Erased'`,
      record_id: `CASE WHEN instr(t.record_id, '@') = 0 THEN t.record_id ELSE 'erased' END`,
    },
  },
  {
    table: 'identity_suggestion',
    title: 'Suggested matches',
    rows: `(${IS_WHO} OR ${within('account', 'account_id')})`,
    drops: true,
  },
  {
    table: 'identity_compared_account',
    title: 'Names that were compared, as hashes',
    rows: within('account', 'account_id'),
    drops: true,
  },
  { table: 'identity_compared_customer', title: 'Its name that was compared, as a hash', rows: IS_WHO, drops: true },
  { table: 'usage_limit', title: 'Its own limits', rows: IS_WHO, stays: 'which event is limited' },
  { table: 'subscription_state', title: 'States of subscriptions', rows: IS_WHO, stays: FIGURES },
  { table: 'trial', title: 'Trials', rows: IS_WHO, stays: FIGURES },
  { table: 'movement', title: 'Movements of recurring revenue', rows: IS_WHO, stays: FIGURES },
  { table: 'customer_standing', title: 'Where it stands', rows: IS_WHO, stays: 'the plan and the state' },
  { table: 'unvalued_item', title: 'What could not be valued', rows: IS_WHO, stays: 'the price and why' },
  { table: 'usage_level', title: 'Levels of metered use', rows: IS_WHO, stays: FIGURES },
  { table: 'discount_span', title: 'Discounts', rows: IS_WHO, stays: FIGURES },
  { table: 'restatement', title: 'What restated closed months', rows: IS_WHO, stays: FIGURES },
  { table: 'erasure', title: 'Erasures', rows: IS_WHO },
  // Last: by these it is known whose all of the others are.
  {
    table: 'identity_link',
    title: 'Accounts that are matched',
    rows: IS_WHO,
    stays: 'which account it is, by its id',
  },
];

/** Tables of which the rows of one customer are found and erased by code of their own. */
export const PACKED_TABLES: Readonly<Record<string, string>> = {
  raw_object: 'records as vendors sent them: replaced by the word that they were read',
  quarantine: 'records that did not fit: replaced likewise where they name the customer',
  file_record: 'rows of files: texts and addresses go',
  file_before: 'what stood before an import in their place: likewise',
  file_reject: 'rows of files that did not fit: replaced where they name the customer',
  digest: 'dropped where it names the customer',
  job: 'dropped where its result names the customer',
};

/** Every table of the schema that is spoken of. */
export function spokenOf(): string[] {
  return [...PERSON_TABLES.map(({ table }) => table), ...Object.keys(PACKED_TABLES), ...Object.keys(OTHER_TABLES)];
}
