/** Billing records that become one customer, whatever syncs afterwards, and accounts of every kind that belong to it. */
import { describe, expect, it } from 'vitest';
import {
  alikeCustomers,
  decide,
  listAccounts,
  listDecisions,
  matchAccounts,
  merge,
  recordsOfCustomer,
  split,
  undo,
} from '../../../src/main/engine/identity/index.ts';
import { customer as customerPage, customers } from '../../../src/main/engine/metrics/index.ts';
import type { BillingCustomer } from '../../../src/main/engine/domain/index.ts';
import { factWriter } from '../../../src/main/engine/store/tables/fact-writer.ts';
import type { CustomerId } from '../../../src/shared/kernel/ids.ts';
import { instant } from '../../../src/shared/kernel/instant.ts';
import { failureOf } from '../../support/store.ts';
import { at, company } from '../metrics/support/company.ts';

const NOW = at('2026-06-30T12:00:00Z');

function record(id: string, over: Partial<BillingCustomer> = {}): BillingCustomer {
  return {
    id,
    seenAt: at('2025-01-01'),
    name: id,
    email: null,
    description: null,
    currency: null,
    country: null,
    createdAt: at('2025-01-01'),
    deleted: false,
    delinquent: false,
    balanceMinor: 0,
    discounts: [],
    metadata: {},
    ...over,
  };
}

/** Two Stripe customers of one company, the younger called as the company wants to be called. */
function acme() {
  const { db, context } = company('2026-06-30');
  const writer = factWriter(db, 1, 'frankfurter');
  const write = (value: BillingCustomer) => writer({ kind: 'customer', value });
  write(record('cus_old', { name: 'ACME Inc', email: 'ap@acme.example', createdAt: at('2024-01-01') }));
  write(record('cus_new', { name: 'Acme Robotics', email: 'ada@acme.example' }));
  write(record('cus_other', { name: 'Kestrel', email: 'bo@kestrel.example' }));
  const idOf = (recordId: string) =>
    db.first(db.build.selectFrom('billing_customer').select('customer_id').where('id', '=', recordId))?.customer_id ??
    0;
  const nameOf = (customerId: number) =>
    db.first(db.build.selectFrom('customer').select('name').where('customer_id', '=', customerId))?.name;
  const source = (vendor: string) =>
    db.run(
      db.build.insertInto('source').values({ vendor, name: vendor, config: '{}', state: 'ready', connected_at: 0 }),
    ).lastId;
  const crm = (sourceId: number, id: string, over: { name?: string; domain?: string; billing_customer_id?: string }) =>
    db.run(
      db.build.insertInto('crm_account').values({ source_id: sourceId, id, created_at: 0, fields: '{}', ...over }),
    );
  return { db, context, write, idOf, nameOf, source, crm };
}

describe('a merge', () => {
  it('keeps the name of the one that stays, also when an older record is synced again', () => {
    const { db, write, idOf, nameOf } = acme();
    const [old, into] = [idOf('cus_old'), idOf('cus_new')];
    merge(db, NOW, [old], into);
    write(record('cus_old', { name: 'ACME Incorporated', createdAt: at('2024-01-01') }));
    expect(idOf('cus_old')).toBe(into);
    expect(nameOf(into)).toBe('Acme Robotics');
    write(record('cus_new', { name: 'Acme Robotics Ltd' }));
    expect(nameOf(into)).toBe('Acme Robotics Ltd');
  });

  it('is still known when a record goes and comes back', () => {
    const { db, write, idOf } = acme();
    const into = idOf('cus_new');
    merge(db, NOW, [idOf('cus_old')], into);
    db.run(db.build.deleteFrom('billing_customer').where('id', '=', 'cus_old'));
    write(record('cus_old'));
    expect(idOf('cus_old')).toBe(into);
  });

  it('takes the emptied customer off the lists, and leads from its page to the one that stays', () => {
    const { db, context, idOf } = acme();
    const [old, middle, into] = [idOf('cus_old'), idOf('cus_new'), idOf('cus_other')];
    merge(db, NOW, [old], middle);
    merge(db, NOW, [middle], into);
    const listed = customers(db, { limit: 10, offset: 0, sort: 'name', direction: 'asc' }, context).rows;
    expect(listed.map(({ customerId }) => customerId)).toEqual([into]);
    expect(failureOf(() => customerPage(db, { customerId: old as CustomerId }, context)).code).toBe('not_found');
    const way = recordsOfCustomer(db, { customerId: old as CustomerId }).mergedInto;
    expect(way).toEqual({ customerId: into, name: 'Kestrel' });
    expect(failureOf(() => merge(db, NOW, [old], into)).message).toContain('part of another customer');
  });

  it('of several customers is one act: one line in the log, taken back whole, exactly as it stood', () => {
    const { db, idOf, source, crm } = acme();
    const [old, young, into] = [idOf('cus_old'), idOf('cus_new'), idOf('cus_other')];
    const hubspot = source('hubspot');
    crm(hubspot, '7', { billing_customer_id: 'cus_old' });
    matchAccounts(db, NOW);
    const links = () => db.all(db.build.selectFrom('identity_link').selectAll());
    const [before] = [links()];
    const [first] = merge(db, NOW, [old, young], into);
    const [line] = listDecisions(db, { limit: 10 }).rows;
    expect(line).toMatchObject({ decisionId: first, action: 'merge', records: 2, accounts: 1, canUndo: true });
    expect(links()).toMatchObject([{ customer_id: into, rule: 'hand' }]);
    undo(db, NOW, [first ?? 0]);
    expect(links()).toEqual(before);
    expect([idOf('cus_old'), idOf('cus_new')]).toEqual([old, young]);
  });

  it('cannot be taken back below a later one', () => {
    const { db, idOf } = acme();
    const [first] = merge(db, NOW, [idOf('cus_old')], idOf('cus_new'));
    merge(db, NOW, [idOf('cus_new')], idOf('cus_other'));
    expect(failureOf(() => undo(db, NOW, [first ?? 0])).code).toBe('conflict');
  });

  it('does not bring back what a person has ruled out for the customer that went over', () => {
    const { db, idOf, source, crm } = acme();
    const hubspot = source('hubspot');
    crm(hubspot, '7', { domain: 'acme.example' });
    for (const customerId of [idOf('cus_old'), idOf('cus_new')])
      decide(db, NOW, { action: 'reject', sourceId: hubspot, accountId: '7', customerId });
    merge(db, NOW, [idOf('cus_old'), idOf('cus_new')], idOf('cus_other'));
    matchAccounts(db, NOW);
    expect(listAccounts(db, { state: 'unlinked', limit: 10 }).rows).toHaveLength(1);
  });
});

describe('a split', () => {
  it('names both by what is left to them, and a record without a former customer gets its own', () => {
    const { db, idOf, nameOf } = acme();
    const into = idOf('cus_new');
    db.run(db.build.updateTable('billing_customer').set({ customer_id: into }).where('id', '=', 'cus_old'));
    const made = split(db, NOW, 1, 'cus_new');
    expect(nameOf(made.customerId)).toBe('Acme Robotics');
    expect(nameOf(into)).toBe('ACME Inc');
  });
});

describe('accounts of the product and of a help desk', () => {
  it('are matched, searched, linked by hand and shown with their customer', () => {
    const { db, idOf, source } = acme();
    const [posthog, intercom] = [source('posthog'), source('intercom')];
    const product = { source_id: posthog, emails: '[]' };
    db.run(
      db.build.insertInto('product_account').values([
        { ...product, id: 'org_kestrel', billing_customer_id: 'cus_other' },
        { ...product, id: '17', name: 'Acme' },
      ]),
    );
    db.run(
      db.build
        .insertInto('support_company')
        .values({ source_id: intercom, id: 'c1', name: 'Kestrel', domain: 'kestrel.example', seen_at: 0 }),
    );
    expect(matchAccounts(db, NOW).linked).toBe(2);
    const kestrel = idOf('cus_other') as CustomerId;
    const kinds = () => recordsOfCustomer(db, { customerId: kestrel }).accounts.map(({ kind }) => kind);
    expect(kinds()).toEqual(['product', 'support']);
    const [found] = listAccounts(db, { state: 'all', kind: 'product', search: '17', limit: 10 }).rows;
    expect(found).toMatchObject({ accountId: '17', kind: 'product', linked: null });
    decide(db, NOW, { action: 'link', sourceId: posthog, accountId: '17', customerId: kestrel });
    matchAccounts(db, NOW);
    expect(kinds()).toEqual(['product', 'product', 'support']);
  });
});

describe('weak evidence', () => {
  it('is an id in metadata that names another vendor’s account', () => {
    const { db, write, source, crm } = acme();
    write(record('cus_meta', { metadata: { pipedrive_org_id: '1234567' } }));
    const [hubspot, pipedrive] = [source('hubspot'), source('pipedrive')];
    crm(hubspot, '1234567', {});
    crm(pipedrive, '1234567', {});
    matchAccounts(db, NOW);
    expect(db.all(db.build.selectFrom('identity_link').select(['source_id', 'rule']))).toEqual([
      { source_id: pipedrive, rule: 'metadata' },
    ]);
  });

  it('is a domain that a linked account of the same source has as well', () => {
    const { db, source, crm } = acme();
    const hubspot = source('hubspot');
    crm(hubspot, '1', { domain: 'kestrel.example', billing_customer_id: 'cus_other' });
    crm(hubspot, '2', { domain: 'kestrel.example' });
    matchAccounts(db, NOW);
    matchAccounts(db, NOW);
    expect(listAccounts(db, { state: 'suggested', limit: 10 }).rows.map(({ accountId }) => accountId)).toEqual(['2']);
  });
});

describe('a conflict', () => {
  it('is told where an id speaks for somebody else than a person has linked, until that is ruled out', () => {
    const { db, idOf, source, crm } = acme();
    const hubspot = source('hubspot');
    crm(hubspot, '7', { billing_customer_id: 'cus_other' });
    const account = { sourceId: hubspot, accountId: '7' };
    decide(db, NOW, { action: 'link', ...account, customerId: idOf('cus_new') });
    matchAccounts(db, NOW);
    const conflicts = () => listAccounts(db, { state: 'conflicts', limit: 10 });
    expect(conflicts().rows).toMatchObject([
      { linked: { customerName: 'Acme Robotics' }, suggestions: [{ customerName: 'Kestrel', rule: 'billing_id' }] },
    ]);
    expect(conflicts().counts).toMatchObject({ conflicts: 1, linked: 1, suggested: 0, all: 1 });
    decide(db, NOW, { action: 'reject', ...account, customerId: idOf('cus_other') });
    matchAccounts(db, NOW);
    expect(conflicts().rows).toEqual([]);
  });

  it('is told where two customers claim one account, which is linked to neither', () => {
    const { db, write, source, crm } = acme();
    write(record('cus_a', { metadata: { hubspot_id: '7' } }));
    write(record('cus_b', { metadata: { hubspot_id: '7' } }));
    crm(source('hubspot'), '7', {});
    expect(matchAccounts(db, NOW).linked).toBe(0);
    expect(listAccounts(db, { state: 'conflicts', limit: 10 }).rows).toMatchObject([
      { linked: null, suggestions: [{ rule: 'metadata' }, { rule: 'metadata' }] },
    ]);
  });
});

describe('customers alike', () => {
  it('have an address, a company’s domain or a name in common, told once by the strongest', () => {
    const { db, write } = acme();
    write(record('cus_kestrel', { name: 'Kestrel Ltd.', email: 'bo@kestrel.example' }));
    write(record('cus_free', { name: 'Somebody', email: 'somebody@gmail.com' }));
    write(record('cus_free2', { name: 'Other', email: 'other@gmail.com' }));
    const { groups, total } = alikeCustomers(db, {});
    expect(groups.map(({ rule, value, customers: alike }) => [rule, value, alike.length])).toEqual([
      ['email', 'bo@kestrel.example', 2],
      ['domain', 'acme.example', 2],
    ]);
    expect(total).toBe(2);
    expect(alikeCustomers(db, { search: 'robotics' }).groups).toHaveLength(1);
    expect(groups[1]?.customers[0]?.createdAt).toBe(instant(at('2024-01-01')));
  });
});
