/** Further fields of a sales system: what is found, what the founder says of it, and where that is used at once. */
import { describe, expect, it } from 'vitest';
import { crmFieldSettings } from '../../../src/main/engine/api/crm-field-settings.ts';
import { listFieldChanges, listFields, saveMeaning, undoMeaning } from '../../../src/main/engine/crm-fields/index.ts';
import { listAccounts, matchAccounts, recordsOfCustomer } from '../../../src/main/engine/identity/index.ts';
import { dimensions, followCrmFields } from '../../../src/main/engine/metrics/index.ts';
import { textsUnder } from '../../../src/main/engine/metrics/slices/dimension-values.ts';
import type { CrmMeaning } from '../../../src/shared/contract/crm-fields.ts';
import type { CustomerId } from '../../../src/shared/kernel/ids.ts';
import { ARR, COMPETITOR, CONTRACT, SEGMENT, STRIPE_ID } from '../../support/pipedrive/company.ts';
import { connectedPipedrive } from '../../support/pipedrive/connected.ts';
import { failureOf } from '../../support/store.ts';
import { NOW } from '../../support/synced-company.ts';

/** Pipedrive is synced; three of its organizations are customers, known in billing by an id that a custom field holds. */
async function company() {
  const connected = await connectedPipedrive();
  const { db, sourceId, sync } = connected;
  await sync();
  const customers = [5, 10, 15].map((organization) => {
    const { lastId } = db.run(
      db.build.insertInto('customer').values({ name: `Customer ${organization}`, created_at: 0 }),
    );
    db.run(
      db.build.insertInto('billing_customer').values({
        source_id: sourceId,
        id: `cus_pd_${organization}`,
        customer_id: lastId,
        created_at: 0,
        delinquent: 0,
        balance_minor: 0,
        discounts: '[]',
        metadata: organization === 10 ? '{"segment":"Told by billing"}' : '{}',
      }),
    );
    return lastId as CustomerId;
  });
  const say = (object: 'account' | 'deal', key: string, meaning: CrmMeaning, slice: string | null = null) => {
    const changeId = saveMeaning(db, { sourceId, object, key }, { meaning, slice }, NOW);
    matchAccounts(db, NOW);
    return changeId;
  };
  const revision = () =>
    db.prepare<[], { value: number }>(`SELECT value FROM ledger_head WHERE name = 'revision'`).first();
  return { ...connected, customers, say, revision };
}

describe('the list', () => {
  it('shows every field with what it is called, how well it is filled in, and its most frequent values', async () => {
    const { db } = await company();
    const found = listFields(db, crmFieldSettings);
    expect(found.map(({ object, label, filled, objects }) => [object, label, filled, objects])).toEqual([
      ['account', 'Segment', 40, 40],
      ['account', 'Stripe customer', 8, 40],
      ['deal', 'Annual amount', 8, 130],
      ['deal', 'Competitor', 21, 130],
      ['deal', 'Contract', 8, 130],
      ['deal', 'origin', 130, 130],
      ['deal', 'Source channel', 32, 130],
    ]);
    expect(found[0]).toMatchObject({
      type: 'enum',
      samples: ['Mid-market', 'Small business'],
      isRead: true,
      said: null,
      vendor: 'pipedrive',
    });
  });

  it('shows no value of a person', async () => {
    const { db, server, sync } = await company();
    server.change('persons', 1, { custom_fields: { ['f'.repeat(40)]: 'Likes long walks' } });
    await sync();
    const [field] = listFields(db, crmFieldSettings).filter(({ object }) => object === 'contact');
    expect(field).toMatchObject({ filled: 1, samples: [] });
  });
});

describe('a field that names the billing customer', () => {
  it('links accounts without guessing, and a further sync is not needed', async () => {
    const { db, customers, say, server } = await company();
    expect(listAccounts(db, { state: 'linked', limit: 10 }).rows).toEqual([]);
    server.asked.length = 0;
    say('account', STRIPE_ID, 'billing_customer');
    const linked = listAccounts(db, { state: 'linked', limit: 10 }).rows;
    expect(linked.map(({ accountId, linked: to }) => [accountId, to?.customerId, to?.rule])).toEqual([
      ['10', customers[1], 'billing_id'],
      ['15', customers[2], 'billing_id'],
      ['5', customers[0], 'billing_id'],
    ]);
    expect(server.asked).toEqual([]);
  });
});

describe('a field that is a slice', () => {
  it('is what billing’s metadata is: a dimension under its name, where billing itself is silent', async () => {
    const { db, customers, say } = await company();
    say('account', STRIPE_ID, 'billing_customer');
    expect(dimensions(db).map(({ dimension }) => dimension)).toContain('metadata:segment');
    say('account', SEGMENT, 'slice', 'segment');
    const texts = new Map(textsUnder(db, 'segment').map(({ customer_id, name }) => [customer_id, name]));
    expect(customers.map((customerId) => texts.get(customerId))).toEqual([
      'Small business',
      'Told by billing',
      'Small business',
    ]);
  });

  it('is taken from the first deal where it is the deal that knows', async () => {
    const { db, customers, say } = await company();
    say('account', STRIPE_ID, 'billing_customer');
    say('deal', 'channel', 'channel');
    // Deal 44 belongs to organization 5, and so do 4, made later, and 84, 124, made before.
    db.run(db.build.updateTable('crm_deal').set({ fields: '{"channel":"Referral"}' }).where('id', '=', '124'));
    expect(
      textsUnder(db, 'channel')
        .filter(({ customer_id }) => customer_id === customers[0])
        .at(-1)?.name,
    ).toBe('Referral');
  });

  it('raises the ledger’s revision when customers’ values change, and only then', async () => {
    const { db, say, revision, server, sync } = await company();
    expect(followCrmFields(db)).toBe(false);
    say('account', STRIPE_ID, 'billing_customer');
    say('account', SEGMENT, 'slice', 'segment');
    const before = revision()?.value ?? 0;
    expect(followCrmFields(db)).toBe(true);
    expect(revision()?.value).toBe(before + 1);
    await sync();
    expect(followCrmFields(db)).toBe(false);
    server.change('organizations', 5, { custom_fields: { [SEGMENT]: 11 } });
    await sync();
    expect(followCrmFields(db)).toBe(true);
  });
});

describe('fields of deals', () => {
  it('say against whom, until when and for how much, and come before the system’s own reason', async () => {
    const { db, customers, say, server, sync } = await company();
    say('account', STRIPE_ID, 'billing_customer');
    say('deal', COMPETITOR, 'competitor');
    say('deal', CONTRACT, 'contract_end');
    say('deal', ARR, 'annual_amount');
    server.change('deals', 4, {
      custom_fields: { [COMPETITOR]: [21], [CONTRACT]: { value: '2026-10-01', until: '2027-09-30' } },
    });
    await sync();
    const deal = () =>
      recordsOfCustomer(db, { customerId: customers[0] ?? (0 as CustomerId) }).deals.find(
        ({ dealId }) => dealId === '4',
      );
    expect(deal()?.said).toEqual([
      { meaning: 'competitor', text: 'Northbeam' },
      { meaning: 'contract_end', text: '2027-09-30' },
    ]);
    say('deal', 'origin', 'loss_reason');
    expect(deal()?.lossReason).toBe('ManuallyCreated');
  });

  it('leads to its page in Pipedrive, where that is not on this machine', async () => {
    const { db, customers, say, sourceId } = await company();
    say('account', STRIPE_ID, 'billing_customer');
    const records = () => recordsOfCustomer(db, { customerId: customers[0] ?? (0 as CustomerId) });
    expect(records().deals.map(({ page }) => page)).toEqual(records().deals.map(() => null));
    const config = JSON.stringify({ companyDomain: 'acme', apiBase: '' });
    db.run(db.build.updateTable('source').set({ config }).where('source_id', '=', sourceId));
    expect(records().deals[0]?.page).toMatch(/^https:\/\/acme\.pipedrive\.com\/deal\/\d+$/);
    expect(records().accounts[0]?.page).toBe('https://acme.pipedrive.com/organization/5');
  });
});

describe('what was said', () => {
  it('is taken back, and what rested on it is gone', async () => {
    const { db, say, customers } = await company();
    say('account', STRIPE_ID, 'billing_customer');
    const changeId = say('account', SEGMENT, 'slice', 'segment');
    undoMeaning(db, changeId, NOW);
    expect(textsUnder(db, 'segment').filter(({ customer_id }) => customer_id === customers[0])).toEqual([]);
    expect(listFields(db, crmFieldSettings).find(({ key }) => key === SEGMENT)?.said).toBeNull();
    expect(listFieldChanges(db).map(({ label, after, canUndo }) => [label, after?.meaning ?? null, canUndo])).toEqual([
      ['Segment', null, false],
      ['Segment', 'slice', false],
      ['Stripe customer', 'billing_customer', true],
    ]);
    expect(failureOf(() => undoMeaning(db, changeId, NOW)).code).toBe('conflict');
  });

  it('is said of one field only, and only what such a field can mean', async () => {
    const { db, say, sourceId } = await company();
    say('account', STRIPE_ID, 'billing_customer');
    expect(failureOf(() => say('account', SEGMENT, 'billing_customer')).message).toContain(
      '“Stripe customer” means that already',
    );
    expect(failureOf(() => say('deal', COMPETITOR, 'billing_customer')).code).toBe('invalid_input');
    expect(failureOf(() => say('account', SEGMENT, 'slice')).code).toBe('invalid_input');
    const nowhere = { sourceId: sourceId + 1, object: 'deal', key: COMPETITOR } as const;
    expect(failureOf(() => saveMeaning(db, nowhere, null, NOW)).code).toBe('not_found');
  });
});
