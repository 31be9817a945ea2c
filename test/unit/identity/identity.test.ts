/** Records that become one customer: by rule after a sync, by hand, and back again. */
import { describe, expect, it } from 'vitest';
import {
  decide,
  listAccounts,
  listDecisions,
  matchAccounts,
  merge,
  recordsOfCustomer,
  split,
  undo,
} from '../../../src/main/engine/identity/index.ts';
import { disconnectSource, syncSource } from '../../../src/main/engine/sync/index.ts';
import type { CustomerId } from '../../../src/shared/kernel/ids.ts';
import { connectHubSpot } from '../../support/crm.ts';
import { failureOf } from '../../support/store.ts';
import { NOW, testCompany } from '../../support/synced-company.ts';

/** The demo company with its portal, synced and matched. */
async function matched() {
  const company = await testCompany({ scale: 0.04 });
  const sourceId = await connectHubSpot(company);
  await company.sync();
  await syncSource(company.deps, sourceId);
  const { db } = company;
  const outcome = matchAccounts(db, NOW);
  const page = (state: 'suggested' | 'linked' | 'unlinked') => listAccounts(db, { state, limit: 500 });
  const [first] = page('linked').rows;
  if (!first?.linked) throw new Error('Nothing is linked');
  return { company, db, sourceId, outcome, page, first, linked: first.linked };
}

describe('after a sync', () => {
  it('links each account to the customer whose life it tells, and nobody else', async () => {
    const { company, db, page } = await matched();
    const lives = company.servers.control.company().lives;
    for (const { name, linked } of page('linked').rows) {
      const life = lives.find(({ company: called }) => called === name);
      expect(linked?.customerName).toBe(life?.company);
    }
    // Whoever bought through sales is found: by the id in the field or, where it is empty, by the domain.
    const sold = lives.filter(({ channel }) => channel === 'sales').map(({ company: called }) => called);
    const found = page('linked').rows.map(({ name }) => name);
    expect(found).toEqual(expect.arrayContaining(sold));
    const rules = db.all(db.build.selectFrom('identity_link').select('rule').distinct().orderBy('rule'));
    expect(rules).toEqual([{ rule: 'billing_id' }, { rule: 'domain' }]);
  });

  it('leaves companies that never bought unlinked', async () => {
    const { company, page } = await matched();
    const names = new Set(company.servers.control.company().lives.map(({ company: called }) => called));
    const strangers = page('unlinked').rows;
    expect(strangers.length).toBeGreaterThan(0);
    expect(strangers.filter(({ name }) => names.has(name ?? ''))).toEqual([]);
  });

  it('does nothing the second time', async () => {
    const { db, outcome } = await matched();
    expect(outcome.linked).toBeGreaterThan(0);
    const before = listDecisions(db, { limit: 500 });
    const writes = () => db.prepare<[], { count: number }>('SELECT total_changes() AS count').first()?.count;
    const written = writes();
    expect(matchAccounts(db, NOW).linked).toBe(0);
    expect(listDecisions(db, { limit: 500 })).toEqual(before);
    expect(writes()).toBe(written);
  });

  it('shows a customer its accounts and deals', async () => {
    const { db, linked, first, page } = await matched();
    expect(recordsOfCustomer(db, { customerId: linked.customerId }).accounts).toEqual([first]);
    const deals = page('linked').rows.flatMap(({ linked: to }) =>
      to ? recordsOfCustomer(db, { customerId: to.customerId }).deals : [],
    );
    expect(deals.filter(({ outcome }) => outcome === 'won').length).toBeGreaterThan(0);
    expect(new Set(deals.map(({ stage }) => stage))).toContain('Closed won');
  });

  it('pages, searches and counts', async () => {
    const { db, first, page } = await matched();
    const all = page('linked');
    const start = listAccounts(db, { state: 'linked', limit: 1 });
    const rest = listAccounts(db, { state: 'linked', limit: 500, cursor: start.cursor });
    expect([...start.rows, ...rest.rows]).toEqual(all.rows);
    expect(all.counts.linked).toBe(all.rows.length);
    const named = listAccounts(db, { state: 'linked', search: first.name ?? '', limit: 10 });
    expect(named.rows.map(({ accountId }) => accountId)).toContain(first.accountId);
    expect(listAccounts(db, { state: 'linked', search: '100%_', limit: 10 }).rows).toEqual([]);
  });
});

describe('by hand', () => {
  it('unlinks, and no rule links the two again', async () => {
    const { db, first, linked } = await matched();
    const { sourceId, accountId } = first;
    decide(db, NOW, { action: 'unlink', sourceId, accountId, customerId: linked.customerId });
    matchAccounts(db, NOW);
    expect(recordsOfCustomer(db, { customerId: linked.customerId }).accounts).toEqual([]);
  });

  it('takes back what a rule has linked, for good', async () => {
    const { db, first, linked } = await matched();
    const made = listDecisions(db, { limit: 500 }).rows.find(({ recordId }) => recordId === first.accountId);
    undo(db, NOW, [made?.decisionId ?? 0]);
    matchAccounts(db, NOW);
    expect(recordsOfCustomer(db, { customerId: linked.customerId }).accounts).toEqual([]);
  });

  it('confirms a suggestion, and sees it suggested again when that is taken back', async () => {
    const { db, page, first } = await matched();
    // Of the account only its name is left.
    db.run(db.build.deleteFrom('identity_link').where('account_id', '=', first.accountId));
    const nothing = { domain: null, billing_customer_id: null };
    db.run(db.build.updateTable('crm_account').set(nothing).where('id', '=', first.accountId));
    db.run(db.build.updateTable('crm_contact').set({ email: null }).where('account_id', '=', first.accountId));
    matchAccounts(db, NOW);
    const open = page('suggested').rows.find((row) => row.accountId === first.accountId);
    const [match] = open?.suggestions ?? [];
    if (!open || !match) throw new Error('An equal name is suggested');
    const { sourceId, accountId } = open;
    const decisionId = decide(db, NOW, { action: 'link', sourceId, accountId, customerId: match.customerId });
    expect(page('suggested').rows.map((row) => row.accountId)).not.toContain(accountId);
    undo(db, NOW, [decisionId]);
    matchAccounts(db, NOW);
    expect(page('suggested').rows).toContainEqual(open);
  });

  it('links to somebody else, and takes that back to the former customer', async () => {
    const { db, first, linked, page } = await matched();
    const other = page('linked').rows.find((row) => row.linked?.customerId !== linked.customerId)?.linked;
    const { sourceId, accountId } = first;
    const decisionId = decide(db, NOW, {
      action: 'link',
      sourceId,
      accountId,
      customerId: other?.customerId ?? 0,
    });
    expect(recordsOfCustomer(db, { customerId: linked.customerId }).accounts).toEqual([]);
    undo(db, NOW, [decisionId]);
    expect(recordsOfCustomer(db, { customerId: linked.customerId }).accounts).toMatchObject([{ accountId }]);
    expect(failureOf(() => undo(db, NOW, [decisionId])).code).toBe('conflict');
  });

  it('says no account and no customer that is not there', async () => {
    const { db, first } = await matched();
    const { sourceId, accountId } = first;
    expect(failureOf(() => decide(db, NOW, { action: 'link', sourceId, accountId, customerId: 999_999 })).code).toBe(
      'not_found',
    );
    expect(
      failureOf(() => decide(db, NOW, { action: 'reject', sourceId, accountId: 'nobody', customerId: 1 })).code,
    ).toBe('not_found');
  });
});

describe('two customers that are one', () => {
  function records(db: Awaited<ReturnType<typeof matched>>['db'], customerId: number) {
    return recordsOfCustomer(db, { customerId: customerId as CustomerId }).billing.map(({ recordId }) => recordId);
  }

  it('are merged with their records and accounts, marked for the ledger, and taken apart again', async () => {
    const { db, linked } = await matched();
    const other = db.first(
      db.build
        .selectFrom('billing_customer')
        .select(['customer_id', 'id'])
        .where('customer_id', '<>', linked.customerId)
        .limit(1),
    );
    const into = other?.customer_id ?? 0;
    const own = records(db, linked.customerId);
    const accounts = recordsOfCustomer(db, { customerId: linked.customerId }).accounts.map(
      ({ accountId }) => accountId,
    );
    db.run(db.build.deleteFrom('dirty_customer'));
    const decisions = merge(db, NOW, [linked.customerId], into);
    expect(new Set(records(db, into))).toEqual(new Set([...own, other?.id]));
    expect(records(db, linked.customerId)).toEqual([]);
    const marked = db.all(db.build.selectFrom('dirty_customer').select('customer_id')).map((row) => row.customer_id);
    expect(marked).toEqual(expect.arrayContaining([linked.customerId, into]));
    expect(undo(db, NOW, decisions)).toBe(true);
    expect(records(db, linked.customerId)).toEqual(own);
    expect(recordsOfCustomer(db, { customerId: linked.customerId }).accounts.map(({ accountId }) => accountId)).toEqual(
      accounts,
    );
  });

  it('cannot be split where there is one record only, or merged with themselves', async () => {
    const { db, linked, company } = await matched();
    const [record] = records(db, linked.customerId);
    expect(failureOf(() => split(db, NOW, company.sourceId, record ?? '')).message).toContain(
      'one billing record only',
    );
    expect(failureOf(() => merge(db, NOW, [linked.customerId], linked.customerId)).code).toBe('invalid_input');
  });

  it('are split into one customer each', async () => {
    const { db, linked, company } = await matched();
    const other = db.first(
      db.build
        .selectFrom('billing_customer')
        .select('customer_id')
        .where('customer_id', '<>', linked.customerId)
        .limit(1),
    );
    const into = other?.customer_id ?? 0;
    const [record] = records(db, linked.customerId);
    merge(db, NOW, [linked.customerId], into);
    const { customerId, decisionId } = split(db, NOW, company.sourceId, record ?? '');
    // It goes back to whom it came from, with the accounts that came along.
    expect(customerId).toBe(linked.customerId);
    expect(records(db, customerId)).toEqual([record]);
    expect(recordsOfCustomer(db, { customerId: linked.customerId }).accounts.length).toBeGreaterThan(0);
    expect(undo(db, NOW, [decisionId])).toBe(true);
    expect(records(db, into)).toContain(record);
    const [latest] = listDecisions(db, { limit: 1 }).rows;
    expect(latest).toMatchObject({ evidence: 'Taken back', canUndo: false, records: 1, accounts: 1 });
  });

  it('both lose their names with the source that told them', async () => {
    const { db, linked, company } = await matched();
    const other = db.first(
      db.build
        .selectFrom('billing_customer')
        .select('customer_id')
        .where('customer_id', '<>', linked.customerId)
        .limit(1),
    );
    merge(db, NOW, [linked.customerId], other?.customer_id ?? 0);
    disconnectSource(company.deps, company.sourceId, { deleteData: true });
    const names = db.all(db.build.selectFrom('customer').select('name').distinct());
    expect(names).toEqual([{ name: 'Deleted customer' }]);
  });
});
