/** Salesforce's accounts find their customers as those of any other system do. */
import { expect, it, onTestFinished } from 'vitest';
import { matchAccounts } from '../../../../src/main/engine/identity/index.ts';
import { connectSource, syncSource } from '../../../../src/main/engine/sync/index.ts';
import { smallCompany } from '../../../support/salesforce/company.ts';
import { CONSUMER_KEY } from '../../../support/salesforce/oauth.ts';
import { startSalesforce } from '../../../support/salesforce/server.ts';
import { testCompany } from '../../../support/synced-company.ts';

it('by the billing id in a field, by an id in the metadata with 15 characters or 18, by domain, and by name never for certain', async () => {
  const company = await testCompany({ scale: 0.02 });
  await company.sync();
  const { db, deps } = company;
  const customers = db
    .prepare<[], { id: string; customer_id: number; name: string; email: string }>(
      `SELECT b.id, b.customer_id, c.name, b.email FROM billing_customer b JOIN customer c USING (customer_id)
       WHERE b.email IS NOT NULL ORDER BY b.id LIMIT 5`,
    )
    .all();
  const [byField, byLong, byShort, byDomain, byName] = customers;
  if (!byField || !byLong || !byShort || !byDomain || !byName)
    throw new Error('The demo company has too few customers');
  const org = smallCompany({ now: deps.clock.now() });
  const account = (values: Record<string, unknown>): string =>
    org.insert('Account', { Name: 'Nobody knows me', OwnerId: null, ...values });
  const named = {
    field: account({ Stripe_Customer__c: byField.id }),
    long: account({}),
    short: account({}),
    domain: account({ Website: `https://www.${byDomain.email.split('@')[1]}` }),
    name: account({ Name: byName.name }),
  };
  const setMetadata = db.prepareWrite<[string, string]>('UPDATE billing_customer SET metadata = ? WHERE id = ?');
  setMetadata.run(JSON.stringify({ salesforce_id: named.long }), byLong.id);
  setMetadata.run(JSON.stringify({ salesforce_account_id: named.short.slice(0, 15) }), byShort.id);

  const server = await startSalesforce(org);
  onTestFinished(() => server.close());
  const { sourceId } = await connectSource(deps, {
    vendor: 'salesforce',
    config: { apiBase: server.apiBase, clientId: CONSUMER_KEY, customerIdField: 'Stripe_Customer__c' },
    secrets: { refreshToken: server.oauth.first()['refresh_token'] ?? '' },
  });
  await syncSource(deps, sourceId);
  matchAccounts(db, deps.clock.now());
  const links = db
    .prepare<[number], { account_id: string; customer_id: number; rule: string }>(
      'SELECT account_id, customer_id, rule FROM identity_link WHERE source_id = ?',
    )
    .all(sourceId);
  const linkOf = (id: string) => links.find(({ account_id }) => account_id === id);
  expect(linkOf(named.field)).toMatchObject({ customer_id: byField.customer_id, rule: 'billing_id' });
  expect(linkOf(named.long)).toMatchObject({ customer_id: byLong.customer_id, rule: 'metadata' });
  expect(linkOf(named.short)).toMatchObject({ customer_id: byShort.customer_id, rule: 'metadata' });
  expect(linkOf(named.domain)).toMatchObject({ customer_id: byDomain.customer_id, rule: 'domain' });
  expect(linkOf(named.name)).toBeUndefined();
  const suggested = db
    .prepare<[number, string], { customer_id: number }>(
      'SELECT customer_id FROM identity_suggestion WHERE source_id = ? AND account_id = ?',
    )
    .all(sourceId, named.name);
  expect(suggested).toContainEqual({ customer_id: byName.customer_id });
});
