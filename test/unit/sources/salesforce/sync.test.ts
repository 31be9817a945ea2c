/** Salesforce from the organisation to the facts: what is stored, what a later sync sees, and what is said about gaps. */
import { describe, expect, it } from 'vitest';
import { listQuarantine } from '../../../../src/main/engine/sync/index.ts';
import { dayAt, startOfDay, timeZone, UTC, addDays } from '../../../../src/shared/kernel/day.ts';
import { DAY_MS, HOUR_MS, instantOfIso, MINUTE_MS } from '../../../../src/shared/kernel/instant.ts';
import { connectedSalesforce, NOW } from '../../../support/salesforce/connected.ts';
import type { SalesforceOrganisation } from '../../../support/salesforce/organisation.ts';

type Connected = Awaited<ReturnType<typeof connectedSalesforce>>;

function rowsOf({ db }: Connected, table: string): Record<string, unknown>[] {
  return db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY id`).all();
}

function rowOf(connected: Connected, table: string, id: string): Record<string, unknown> | undefined {
  return rowsOf(connected, table).find((row) => row['id'] === id);
}

function stagesOf({ db }: Connected, id: string): string[] {
  return db
    .prepare<[string], { stage_id: string }>('SELECT stage_id FROM crm_deal_stage WHERE deal_id = ? ORDER BY position')
    .all(id)
    .map(({ stage_id }) => stage_id);
}

function firstOf(org: SalesforceOrganisation, object: string, at = 0): string {
  return org.rows(object)[at]?.Id ?? '';
}

const today = dayAt(NOW, UTC);

describe('a first sync', () => {
  it('stores every object of the organisation, and proves it', async () => {
    const connected = await connectedSalesforce();
    const { streams } = await connected.sync();
    expect(streams.map(({ stream, complete, proof }) => [stream, complete || proof])).toEqual([
      ['owners', true],
      ['pipelines', true],
      ['territories', true],
      ['fields', true],
      ['accounts', true],
      ['contacts', true],
      ['opportunities', true],
      ['line_items', true],
      ['stage_history', true],
      ['activities', true],
    ]);
    const { org } = connected;
    expect(rowsOf(connected, 'crm_account')).toHaveLength(org.rows('Account').length);
    expect(rowsOf(connected, 'crm_contact')).toHaveLength(org.rows('Contact').length);
    expect(rowsOf(connected, 'crm_deal')).toHaveLength(org.rows('Opportunity').length);
    expect(rowsOf(connected, 'crm_deal_line')).toHaveLength(org.rows('OpportunityLineItem').length);
  });

  it('gives an opportunity its amount in the organisation’s currency, its people, its territory and what is due', async () => {
    const connected = await connectedSalesforce({ config: { lossReasonField: 'Loss_Reason__c' } });
    await connected.sync();
    const { org } = connected;
    const id = firstOf(org, 'Opportunity');
    const [second, first] = org.rows('OpportunityContactRole').map((row) => row['ContactId']);
    const berlin = timeZone('Europe/Berlin');
    expect(rowOf(connected, 'crm_deal', id)).toMatchObject({
      name: 'Deal 0',
      account_id: firstOf(org, 'Account'),
      contact_ids: JSON.stringify([first, second]),
      pipeline_id: firstOf(org, 'RecordType'),
      stage_id: 'Proposal',
      amount_minor: 120_050,
      currency: 'EUR',
      close_on: addDays(today, 10),
      territory_id: firstOf(org, 'Territory2', 1),
      last_activity_at: startOfDay(today, berlin),
      // The event in two days, not the closed task of tomorrow.
      next_activity_at: startOfDay(addDays(today, 2), berlin),
    });
    expect(rowOf(connected, 'crm_deal', firstOf(org, 'Opportunity', 2))).toMatchObject({
      pipeline_id: firstOf(org, 'RecordType'),
      loss_reason: 'Price',
    });
    expect(rowOf(connected, 'crm_deal', firstOf(org, 'Opportunity', 1))?.['pipeline_id']).toBe('012000000000000AAA');
  });

  it('tells the way through the stages; a change of the amount alone is no entry', async () => {
    const connected = await connectedSalesforce();
    await connected.sync();
    const id = firstOf(connected.org, 'Opportunity', 1);
    expect(stagesOf(connected, id)).toEqual(['Prospecting', 'Closed Won']);
    const [entered] = connected.db
      .prepare<[string], { entered_at: number }>(
        'SELECT entered_at FROM crm_deal_stage WHERE deal_id = ? ORDER BY position',
      )
      .all(id);
    expect(entered?.entered_at).toBe(instantOfIso(String(connected.org.row('Opportunity', id)['CreatedDate'])));
  });

  it('keeps accounts with their domain, the billing customer, and the organisation’s own fields without long texts', async () => {
    const connected = await connectedSalesforce({
      config: { customerIdField: 'Stripe_Customer__c', accountFields: 'Type' },
    });
    await connected.sync();
    const [account] = rowsOf(connected, 'crm_account');
    expect(account).toMatchObject({
      name: 'Alder Ltd',
      domain: 'alder.example',
      employees: 10,
      billing_customer_id: 'cus_alder',
    });
    expect(JSON.parse(String(account?.['fields']))).toEqual({
      Segment__c: 'Mid-market',
      Stripe_Customer__c: 'cus_alder',
      Type: 'Customer',
    });
    const fields = connected.db
      .prepare<[], { object: string; key: string; label: string }>(
        'SELECT object, key, label FROM crm_field ORDER BY object, key',
      )
      .all();
    expect(fields).toEqual([
      { object: 'account', key: 'Segment__c', label: 'Segment' },
      { object: 'account', key: 'Stripe_Customer__c', label: 'Stripe Customer' },
      { object: 'account', key: 'Type', label: 'Type' },
      { object: 'deal', key: 'Loss_Reason__c', label: 'Loss Reason' },
    ]);
  });

  it('knows users with their roles, and neither customers nor partners', async () => {
    const connected = await connectedSalesforce();
    await connected.sync();
    expect(rowsOf(connected, 'crm_owner')).toMatchObject([
      { name: 'Ada Owner', email: 'ada@kestrel.example', team: 'EMEA', active: 1 },
      { name: 'Ben Rep', team: null, active: 0 },
    ]);
  });

  it('makes a pipeline of each record type, and says which stages win and which lose', async () => {
    const connected = await connectedSalesforce();
    await connected.sync();
    const pipelines = rowsOf(connected, 'crm_pipeline');
    expect(pipelines.map(({ name }) => String(name)).toSorted()).toEqual(['New business', 'Opportunities', 'Renewals']);
    const stages: unknown = JSON.parse(String(pipelines[0]?.['stages']));
    expect(stages).toMatchObject([
      { id: 'Prospecting', name: 'PROSPECTING', outcome: 'open', probability: 0.1 },
      { id: 'Proposal', outcome: 'open' },
      { id: 'Negotiation', outcome: 'open' },
      { id: 'Closed Won', outcome: 'won', probability: 1 },
      { id: 'Closed Lost', outcome: 'lost', probability: 0 },
    ]);
  });

  it('takes each amount in its own currency where the organisation has several', async () => {
    const connected = await connectedSalesforce({ isMultiCurrency: true });
    await connected.sync();
    const { org } = connected;
    expect(rowOf(connected, 'crm_deal', firstOf(org, 'Opportunity'))).toMatchObject({
      currency: 'JPY',
      amount_minor: 90_000,
    });
    expect(rowOf(connected, 'crm_deal', firstOf(org, 'Opportunity', 1))).toMatchObject({
      currency: 'EUR',
      amount_minor: 120_150,
    });
  });

  it('goes on to the next page where an answer holds fewer records than were asked for', async () => {
    const connected = await connectedSalesforce({ batchSize: 3 });
    const { streams } = await connected.sync();
    expect(streams.every(({ complete }) => complete)).toBe(true);
    expect(rowsOf(connected, 'crm_deal')).toHaveLength(connected.org.rows('Opportunity').length);
    expect(stagesOf(connected, firstOf(connected.org, 'Opportunity', 1))).toEqual(['Prospecting', 'Closed Won']);
  });
});

describe('a later sync', () => {
  async function synced(options: Parameters<typeof connectedSalesforce>[0] = {}): Promise<Connected> {
    const connected = await connectedSalesforce(options);
    await connected.sync();
    connected.org.pass(HOUR_MS);
    return connected;
  }

  it('sees an opportunity that moved on, with when it did', async () => {
    const connected = await synced();
    const id = firstOf(connected.org, 'Opportunity');
    connected.org.moveTo(id, 'Closed Won');
    const { streams } = await connected.sync();
    expect(streams.filter(({ changed }) => changed > 0).map(({ stream, changed }) => [stream, changed])).toEqual([
      ['opportunities', 1],
      ['stage_history', 1],
    ]);
    expect(rowOf(connected, 'crm_deal', id)?.['stage_id']).toBe('Closed Won');
    expect(stagesOf(connected, id)).toEqual(['Prospecting', 'Proposal', 'Closed Won']);
  });

  it('asks for what has changed, not for everything again', async () => {
    const connected = await synced();
    await connected.sync();
    connected.server.asked.length = 0;
    connected.org.pass(HOUR_MS);
    await connected.sync();
    const listings = connected.server.asked.filter((line) =>
      /queryAll.*FROM (Account|Contact|Opportunity\w*)\b/.test(line),
    );
    expect(listings.length).toBeGreaterThan(0);
    for (const line of listings) expect(line).toMatch(/WHERE .*(SystemModstamp|Id IN)/);
  });

  it('marks what went into the bin as deleted, and takes that back when it is restored', async () => {
    const connected = await synced();
    const id = firstOf(connected.org, 'Opportunity');
    connected.org.remove('Opportunity', id);
    await connected.sync();
    expect(rowOf(connected, 'crm_deal', id)?.['deleted_at']).toBe(connected.org.now());
    connected.org.pass();
    connected.org.undelete('Opportunity', id);
    await connected.sync();
    expect(rowOf(connected, 'crm_deal', id)?.['deleted_at']).toBeNull();
  });

  it('learns from the log of deletions what has left the bin as well, and says so once', async () => {
    const connected = await synced();
    const id = firstOf(connected.org, 'Contact');
    connected.org.purge('Contact', id);
    connected.org.pass();
    await connected.sync();
    expect(rowOf(connected, 'crm_contact', id)?.['deleted_at']).not.toBeNull();
    connected.org.pass();
    const { streams } = await connected.sync();
    expect(streams.filter(({ changed }) => changed > 0)).toEqual([]);
  });

  it('follows a merge: the loser is deleted, its opportunities belong to the winner', async () => {
    const connected = await synced();
    const { org } = connected;
    const [winner = '', loser = ''] = org.rows('Account').map(({ Id }) => Id);
    org.merge(winner, loser);
    await connected.sync();
    expect(rowOf(connected, 'crm_account', loser)?.['deleted_at']).not.toBeNull();
    expect(rowsOf(connected, 'crm_deal').filter((row) => row['account_id'] === loser)).toEqual([]);
  });

  it('sees a task, an event and a contact role, although the opportunity itself does not change', async () => {
    const connected = await synced();
    const { org } = connected;
    const id = firstOf(org, 'Opportunity', 3);
    org.insert('Task', { WhatId: id, ActivityDate: addDays(today, 1), IsClosed: false });
    org.insert('OpportunityContactRole', { OpportunityId: id, ContactId: firstOf(org, 'Contact'), IsPrimary: true });
    await connected.sync();
    expect(rowOf(connected, 'crm_deal', id)).toMatchObject({
      next_activity_at: startOfDay(addDays(today, 1), timeZone('Europe/Berlin')),
      contact_ids: JSON.stringify([firstOf(org, 'Contact')]),
    });
  });

  it('finds a change that becomes visible some minutes after its own time', async () => {
    const connected = await synced();
    const { org } = connected;
    const [late = '', early = ''] = org.rows('Account').map(({ Id }) => Id);
    org.update('Account', early, { Name: 'Seen first' });
    await connected.sync();
    // A transaction that began before the change above and ended after it was read.
    const before = org.row('Account', early)['SystemModstamp'];
    org.pass(MINUTE_MS);
    org.update('Account', late, { Name: 'Seen late' });
    org.row('Account', late)['SystemModstamp'] = before;
    await connected.sync();
    expect(rowOf(connected, 'crm_account', late)?.['name']).toBe('Seen late');
  });

  it('lists everything again after a month, and learns what a sharing rule hides now', async () => {
    const connected = await synced();
    const id = firstOf(connected.org, 'Opportunity');
    connected.org.vanish('Opportunity', id);
    for (const days of [10, 10]) {
      connected.org.pass(days * DAY_MS);
      await connected.sync();
    }
    expect(rowOf(connected, 'crm_deal', id)?.['deleted_at']).toBeNull();
    connected.org.pass(11 * DAY_MS);
    const { notes } = await connected.sync();
    expect(notes.join(' ')).toContain('everything is listed again');
    expect(rowOf(connected, 'crm_deal', id)?.['deleted_at']).not.toBeNull();
  });

  it('lists everything again when the log of deletions does not reach back', async () => {
    const connected = await synced();
    const id = firstOf(connected.org, 'Contact');
    connected.org.purge('Contact', id);
    connected.org.pass(16 * DAY_MS);
    const { notes } = await connected.sync();
    expect(notes).toEqual([
      'Salesforce no longer tells all that was deleted since the last sync: everything is listed again.',
    ]);
    expect(rowOf(connected, 'crm_contact', id)?.['deleted_at']).not.toBeNull();
  });
});

describe('what is not shown', () => {
  it('is a gap of its own stream; the others are read', async () => {
    const connected = await connectedSalesforce({ hidden: ['Territory2', 'Task', 'OpportunityLineItem'] });
    const { streams } = await connected.sync();
    const gaps = streams.filter(({ complete }) => !complete).map(({ stream, proof }) => [stream, proof]);
    expect(gaps).toEqual([
      ['territories', expect.stringContaining('The organisation has no Territory2')],
      ['line_items', expect.stringContaining('The organisation has no OpportunityLineItem')],
      ['activities', expect.stringContaining('The organisation has no Task')],
    ]);
    expect(rowsOf(connected, 'crm_deal')).toHaveLength(connected.org.rows('Opportunity').length);
  });

  it('is taken from the tracked field where the history itself is hidden', async () => {
    const connected = await connectedSalesforce({ hidden: ['OpportunityHistory'] });
    await connected.sync();
    const id = firstOf(connected.org, 'Opportunity', 1);
    expect(stagesOf(connected, id)).toEqual(['Prospecting', 'Closed Won']);
    connected.org.pass(HOUR_MS);
    connected.org.moveTo(id, 'Negotiation');
    await connected.sync();
    expect(stagesOf(connected, id)).toEqual(['Prospecting', 'Closed Won', 'Negotiation']);
  });

  it('keeps an organisation without opportunities from being connected, in words', async () => {
    const connecting = connectedSalesforce({ hidden: ['Opportunity'] });
    await expect(connecting).rejects.toMatchObject({
      code: 'auth_failed',
      message: expect.stringContaining('The user lacks “Opportunities: Read, View All”'),
    });
  });

  it('puts an opportunity that does not fit into quarantine, with its reason', async () => {
    const connected = await connectedSalesforce();
    connected.org.row('Opportunity', firstOf(connected.org, 'Opportunity'))['CloseDate'] = '2026-13-45';
    await connected.sync();
    const { rows } = listQuarantine(connected.db, { sourceId: connected.sourceId, limit: 5 });
    expect(rows.map(({ reason }) => reason)).toEqual(['“fields.CloseDate”: 2026-13-45 is not a day']);
  });
});
