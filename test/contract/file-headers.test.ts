/** The vendors' own headers are understood: the kind is found, and nothing that it needs is missing. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { columnsFor, suggestions } from '../../src/main/engine/files/mapping/suggest.ts';
import { kindOf, KINDS } from '../../src/main/engine/files/kinds/registry.ts';

const file = (name: string): unknown => JSON.parse(readFileSync(new URL(`csv/${name}`, import.meta.url), 'utf8'));

const VendorHeaders = z.record(z.string(), z.union([z.string(), z.object({ columns: z.string() })]));
const vendor = Object.entries(VendorHeaders.parse(file('vendor-export-headers.json'))).flatMap(([name, value]) =>
  typeof value === 'string' ? [] : [[name, value.columns.split(',')] as const],
);
const chartMogul = Object.entries(
  z.record(z.string(), z.string()).parse(file('chartmogul-import-headers.json')),
).filter(([name]) => !name.startsWith('_'));

/** Which kind each header belongs to, and what an export of that shape does not tell. */
const BELONGS: Readonly<Record<string, { kind: string; missing: readonly string[] }>> = {
  stripe_unified_payments_all_columns: { kind: 'stripe_payments', missing: [] },
  stripe_unified_payments_default_columns: { kind: 'stripe_payments', missing: [] },
  stripe_payments_legacy: { kind: 'stripe_payments', missing: [] },
  stripe_unified_customers_all_columns: { kind: 'stripe_customers', missing: [] },
  stripe_unified_customers_default_columns: { kind: 'stripe_customers', missing: [] },
  'stripe_subscriptions_columns_seen (order not established; no verbatim header row found)': {
    kind: 'stripe_subscriptions',
    missing: ['Currency'],
  },
  stripe_payouts: { kind: 'stripe_payouts', missing: [] },
  stripe_balance_itemized_report: { kind: 'stripe_balance', missing: [] },
  stripe_balance_all_activity: { kind: 'stripe_balance', missing: [] },
  hubspot_deals: { kind: 'hubspot_deals', missing: [] },
  pipedrive_deals: { kind: 'pipedrive_deals', missing: [] },
};

test.each(vendor.filter(([name]) => BELONGS[name] !== undefined))('%s is recognised', (name, header) => {
  const [best] = suggestions(header);
  expect(best).toMatchObject(BELONGS[name] ?? {});
});

test('every header of an export that can be imported is held to its kind', () => {
  // People and companies of a sales system are read from its source, not from files.
  const others = vendor.map(([name]) => name).filter((name) => BELONGS[name] === undefined);
  expect(others).toEqual(['hubspot_contacts', 'hubspot_companies']);
});

const TEMPLATES: Readonly<Record<string, string>> = {
  customers: 'chartmogul_customers',
  plans: 'chartmogul_plans',
  invoices: 'chartmogul_invoices',
  line_items_subscription_trial_usage: 'chartmogul_line_items',
  line_items_one_time: 'chartmogul_line_items',
  transactions: 'chartmogul_payments',
  cancellations: 'chartmogul_cancellations',
  subscription_events: 'chartmogul_subscription_events',
};

test.each(chartMogul)('ChartMogul’s template of %s is recognised and complete', (name, columns) => {
  const header = columns.split(',');
  expect(suggestions(header)[0]).toMatchObject({ kind: TEMPLATES[name], missing: [] });
  const reversed = header.toReversed();
  const kind = kindOf(TEMPLATES[name] ?? '');
  const inOrder = columnsFor(kind, header);
  // Columns are found by their names, wherever they stand.
  expect(columnsFor(kind, reversed)).toEqual(
    Object.fromEntries(Object.entries(inOrder).map(([field, index]) => [field, header.length - 1 - index])),
  );
});

test.each(KINDS.map(({ kind }) => kind))('the template of %s maps to itself, with all that is required', (name) => {
  const { template, fields } = kindOf(name);
  const columns = columnsFor(kindOf(name), template);
  expect(new Set(Object.values(columns)).size).toBe(Object.values(columns).length);
  for (const { field, required } of fields) if (required) expect(columns).toHaveProperty(field);
});

test('metadata columns are kept under their key, localised headers are found', () => {
  const stripe = columnsFor(kindOf('stripe_customers'), ['id', 'Created (UTC)', 'plan_tier (metadata)']);
  expect(stripe).toEqual({ id: 0, created_at: 1, 'metadata.plan_tier': 2 });
  const czech = [
    'Obchod - Název',
    'Obchod - Hodnota',
    'Obchod - Měna',
    'Obchod - Stav',
    'Obchod - Fáze',
    'Obchod - Obchod vytvořen',
  ];
  expect(columnsFor(kindOf('pipedrive_deals'), czech)).toEqual({
    name: 0,
    amount: 1,
    currency: 2,
    outcome: 3,
    stage: 4,
    created_at: 5,
  });
});
