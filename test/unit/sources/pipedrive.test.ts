/** Pipedrive from the company to the facts: what is stored, what a later sync sees, and what is said about gaps. */
import { describe, expect, it } from 'vitest';
import { checkCredentials } from '../../../src/main/engine/sync/index.ts';
import { DAY_MS, instantOfIso } from '../../../src/shared/kernel/instant.ts';
import { ARR, COMPETITOR, CONTRACT, SEGMENT, STRIPE_ID } from '../../support/pipedrive/company.ts';
import { connectedPipedrive } from '../../support/pipedrive/connected.ts';
import { API_TOKEN } from '../../support/pipedrive/server.ts';

async function company() {
  const connected = await connectedPipedrive();
  const { db } = connected;
  return {
    ...connected,
    deal: (id: number) => db.first(db.build.selectFrom('crm_deal').selectAll().where('id', '=', String(id))),
    stages: (id: number) =>
      db
        .all(db.build.selectFrom('crm_deal_stage').selectAll().where('deal_id', '=', String(id)).orderBy('position'))
        .map(({ stage_id }) => stage_id),
    account: (id: number) => db.first(db.build.selectFrom('crm_account').selectAll().where('id', '=', String(id))),
  };
}

describe('a first sync', () => {
  it('stores everything, and proves it', async () => {
    const { db, server, sync } = await company();
    const { streams } = await sync();
    expect(streams.map(({ stream, complete, quarantined }) => [stream, complete, quarantined])).toEqual([
      ['users', true, 0],
      ['pipelines', true, 0],
      ['fields', true, 0],
      ['organizations', true, 0],
      ['persons', true, 0],
      ['deals', true, 0],
      ['stage_history', true, 0],
    ]);
    const count = (table: 'crm_account' | 'crm_contact' | 'crm_deal' | 'crm_deal_line' | 'crm_owner') =>
      db.all(db.build.selectFrom(table).select('id')).length;
    expect(count('crm_account')).toBe(server.portal.organizations.size);
    expect(count('crm_contact')).toBe(server.portal.persons.size);
    expect(count('crm_deal')).toBe(server.portal.deals.size);
    expect(count('crm_deal_line')).toBe(server.portal.lines.size);
    expect(count('crm_owner')).toBe(2);
  });

  it('reads a won deal: amount, account, days, custom fields in words, and its way through the stages', async () => {
    const { sync, deal, stages, db } = await company();
    await sync();
    expect(deal(16)).toMatchObject({
      name: 'Deal 16: new business',
      account_id: '17',
      contact_ids: '["17"]',
      owner_id: '1',
      pipeline_id: '1',
      stage_id: 'won',
      amount_minor: 1_920_800,
      currency: 'USD',
      close_on: '2026-09-25',
      last_activity_at: instantOfIso('2026-11-18T15:00:00Z'),
      next_activity_at: null,
      deleted_at: null,
    });
    expect(JSON.parse(deal(16)?.fields ?? '')).toEqual({
      [CONTRACT]: '2026-10-01/2027-09-30',
      [ARR]: '12000 EUR',
      channel: 'Paid search',
      origin: 'ManuallyCreated',
    });
    expect(stages(16)).toEqual(['1', '2', 'won']);
    expect(stages(24)).toEqual(['1', '2', 'lost']);
    expect(stages(7)).toEqual(['1']);
    expect(JSON.parse(deal(6)?.fields ?? '')).toMatchObject({ [COMPETITOR]: 'Northbeam, Spreadsheet' });
    const pipeline = db.first(db.build.selectFrom('crm_pipeline').select('stages'));
    expect(JSON.parse(pipeline?.stages ?? '')).toEqual([
      { id: '1', name: 'Qualified', position: 0, outcome: 'open', probability: 0.2 },
      { id: '2', name: 'Demo', position: 1, outcome: 'open', probability: 0.5 },
      { id: '3', name: 'Proposal', position: 2, outcome: 'open', probability: 0.8 },
      { id: 'won', name: 'Won', position: 3, outcome: 'won', probability: 1 },
      { id: 'lost', name: 'Lost', position: 4, outcome: 'lost', probability: 0 },
    ]);
  });

  it('reads an organization with its domain and its options in words, and a person under the first address', async () => {
    const { sync, account, db } = await company();
    await sync();
    expect(account(30)).toMatchObject({
      domain: 'org-30.example',
      country: 'Portugal',
      industry: 'Software',
      employees: 300,
      fields: JSON.stringify({ [SEGMENT]: 'Mid-market', [STRIPE_ID]: 'cus_pd_30' }),
    });
    expect(db.first(db.build.selectFrom('crm_contact').selectAll().where('id', '=', '3'))).toMatchObject({
      account_id: '4',
      email: 'person.3@org-4.example',
      title: null,
    });
  });

  it('knows what the custom fields are called', async () => {
    const { sync, db } = await company();
    await sync();
    expect(db.all(db.build.selectFrom('crm_field').select(['object', 'label', 'type']))).toEqual([
      { object: 'account', label: 'Segment', type: 'enum' },
      { object: 'account', label: 'Stripe customer', type: 'varchar' },
      { object: 'deal', label: 'Competitor', type: 'set' },
      { object: 'deal', label: 'Source channel', type: 'enum' },
      { object: 'deal', label: 'Contract', type: 'daterange' },
      { object: 'deal', label: 'Annual amount', type: 'monetary' },
    ]);
  });

  it('keeps nothing of what was said in an activity', async () => {
    const { sync, db } = await company();
    await sync();
    const text = JSON.stringify(db.all(db.build.selectFrom('crm_deal').selectAll()));
    expect(text).not.toContain('budget is tight');
  });
});

describe('a later sync', () => {
  it('asks for what changed only, and writes nothing where nothing did', async () => {
    const { server, sync } = await company();
    await sync();
    server.asked.length = 0;
    const { streams } = await sync();
    expect(streams.filter(({ changed }) => changed > 0)).toEqual([]);
    expect(server.asked.filter((path) => path.includes('/changelog'))).toEqual([]);
    const walked = server.asked.filter((path) => path.includes('sort_by'));
    expect(walked.length).toBeGreaterThan(0);
    expect(walked.filter((path) => !path.includes('updated_since='))).toEqual([]);
  });

  it('sees a deal that moved, was won and opened again, with every step', async () => {
    const { server, sync, deal, stages } = await company();
    await sync();
    server.moveDeal(7, 3);
    server.win(7);
    await sync();
    expect(deal(7)?.stage_id).toBe('won');
    expect(stages(7)).toEqual(['1', '3', 'won']);
    server.reopen(7);
    await sync();
    expect(deal(7)?.stage_id).toBe('3');
    expect(stages(7)).toEqual(['1', '3', 'won', '3']);
  });

  it('reads a deal again when one of its activities was done', async () => {
    const { server, sync, deal } = await company();
    await sync();
    expect(deal(7)?.next_activity_at).not.toBeNull();
    server.portal.deals.set(
      7,
      Object.assign({}, server.portal.deals.get(7), { last_activity_id: 7, next_activity_id: null }),
    );
    server.change('activities', 7, { done: true, marked_as_done_time: '2026-11-20T11:00:00Z' });
    await sync();
    expect(deal(7)).toMatchObject({ last_activity_at: instantOfIso('2026-11-20T11:00:00Z'), next_activity_at: null });
  });

  it('marks the line of a product that was taken off its deal', async () => {
    const { server, sync, db } = await company();
    await sync();
    server.takeOff(20);
    await sync();
    const line = () => db.first(db.build.selectFrom('crm_deal_line').selectAll().where('deal_id', '=', '20'));
    const { deleted_at } = line() ?? {};
    expect(deleted_at).not.toBeNull();
    await sync({ full: true });
    expect(line()?.deleted_at).toBe(deleted_at);
  });

  it('keeps an archived deal alive, and marks a deleted one', async () => {
    const { server, sync, deal } = await company();
    await sync();
    server.archive(3);
    server.deleteDeal(5);
    await sync();
    expect(deal(3)?.deleted_at).toBeNull();
    expect(deal(5)?.deleted_at).not.toBeNull();
  });

  it('learns of a deleted organization when everything is listed again, of itself after a week', async () => {
    const { server, sync, account, skipAhead } = await company();
    await sync();
    server.vanish('organizations', 9);
    await sync();
    expect(account(9)?.deleted_at).toBeNull();
    skipAhead(8 * DAY_MS);
    const { notes, streams } = await sync();
    expect(notes.join(' ')).toContain('everything is listed again');
    expect(account(9)?.deleted_at).not.toBeNull();
    expect(streams.filter(({ complete }) => !complete)).toEqual([]);
  });
});

describe('the day’s tokens', () => {
  it('leave a quarter to others: the rest of the stage history is read another day, and that is said', async () => {
    const { server, sync, stages } = await company();
    server.tokens = 7_800;
    const { streams } = await sync();
    const history = streams.find(({ stream }) => stream === 'stage_history');
    expect(history).toMatchObject({ complete: false });
    expect(history?.proof).toContain('the rest is read another day');
    expect(streams.filter(({ complete }) => !complete)).toHaveLength(1);
    expect(stages(128)).toEqual([]);
    server.tokens = 30_000;
    const next = await sync();
    expect(next.streams.filter(({ complete }) => !complete)).toEqual([]);
    expect(stages(128)).toEqual(['1', '2', 'won']);
    const logs = server.asked.filter((path) => path.includes('/changelog'));
    expect(logs.length).toBe(new Set(logs).size);
  });
});

describe('a check', () => {
  it('names the company, and says when the token sees only part of it', async () => {
    const { report, deps, server } = await company();
    expect(report).toMatchObject({ ok: true, accountId: '77', accountName: 'Acme Lda', warnings: [] });
    const foreign = await checkCredentials(
      deps,
      'pipedrive',
      { companyDomain: 'https://Other.pipedrive.com/deals', apiBase: server.apiBase },
      { apiToken: API_TOKEN },
    );
    expect(foreign.problem).toContain('belongs to acme.pipedrive.com, not to other.pipedrive.com');
    const wrong = await checkCredentials(
      deps,
      'pipedrive',
      { companyDomain: 'acme', apiBase: server.apiBase },
      { apiToken: 'f'.repeat(40) },
    );
    expect(wrong.problem).toContain('does not accept the token');
  });
});
