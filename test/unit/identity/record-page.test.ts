/** Where accounts and deals lead to: pages that the desktop may open, and nowhere for what lives on this machine. */
import { expect, it } from 'vitest';
import { recordPages } from '../../../src/main/engine/identity/index.ts';
import { mayOpenOutside } from '../../../src/main/hosts/desktop/outside.ts';
import { testStore } from '../../support/store.ts';

const CASES: readonly {
  vendor: string;
  account_id: string | null;
  config: Readonly<Record<string, string>>;
  deal: string | null;
}[] = [
  {
    vendor: 'hubspot',
    account_id: '48151623',
    config: { apiBase: 'https://api.hubapi.com' },
    deal: 'https://app.hubspot.com/contacts/48151623/record/0-3/7',
  },
  { vendor: 'hubspot', account_id: null, config: { apiBase: 'https://api.hubapi.com' }, deal: null },
  { vendor: 'hubspot', account_id: '48151623', config: { apiBase: 'http://127.0.0.1:4242' }, deal: null },
  {
    vendor: 'pipedrive',
    account_id: '77',
    config: { companyDomain: 'acme', apiBase: '' },
    deal: 'https://acme.pipedrive.com/deal/7',
  },
  {
    vendor: 'pipedrive',
    account_id: '77',
    config: { companyDomain: 'acme', apiBase: 'http://localhost:1' },
    deal: null,
  },
  {
    vendor: 'salesforce',
    account_id: '00D',
    config: { apiBase: 'https://kestrel.my.salesforce.com' },
    deal: 'https://kestrel.my.salesforce.com/7',
  },
  { vendor: 'salesforce', account_id: '00D', config: { apiBase: 'https://login.salesforce.com' }, deal: null },
  { vendor: 'posthog', account_id: '1', config: {}, deal: null },
];

it.each(CASES)('a deal of $vendor at $config.apiBase leads to $deal', ({ vendor, account_id, config, deal }) => {
  const { db } = testStore();
  const { lastId } = db.run(
    db.build
      .insertInto('source')
      .values({ vendor, name: vendor, config: JSON.stringify(config), account_id, state: 'ready', connected_at: 0 }),
  );
  const page = recordPages(db)(lastId, 'deal', '7');
  expect(page).toBe(deal);
  expect(page === null || mayOpenOutside(page)).toBe(true);
});

it('leads nowhere from a source that is not there', () => {
  expect(recordPages(testStore().db)(99, 'account', '7')).toBeNull();
});
