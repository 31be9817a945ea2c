/** HubSpot from the portal to the facts: what is stored, what a later sync sees, and what is said about gaps. */
import { describe, expect, it } from 'vitest';
import { systemHttp } from '../../../src/main/engine/runtime/index.ts';
import { crmFieldSettings } from '../../../src/main/engine/api/crm-field-settings.ts';
import { listFields } from '../../../src/main/engine/crm-fields/index.ts';
import {
  askForField,
  connectSource,
  listQuarantine,
  syncSource,
  type SyncOptions,
} from '../../../src/main/engine/sync/index.ts';
import { DAY_MS, HOUR_MS, instantOfIso } from '../../../src/shared/kernel/instant.ts';
import { connectHubSpot } from '../../support/crm.ts';
import { rejectionOf } from '../../support/store.ts';
import { testCompany } from '../../support/synced-company.ts';

async function portal(config: Readonly<Record<string, string>> = {}) {
  const company = await testCompany({ scale: 0.02 });
  const sourceId = await connectHubSpot(company, config);
  const { db, servers } = company;
  const { hubspot } = servers.control;
  return {
    company,
    db,
    hubspot,
    sourceId,
    sync: async (options?: SyncOptions) => await syncSource(company.deps, sourceId, options),
    deal: (id: string) => db.first(db.build.selectFrom('crm_deal').selectAll().where('id', '=', id)),
    openDeal: () => {
      const [found] = [...hubspot.crm().objects.deals.values()].filter(
        ({ properties }) => !String(properties['dealstage']).startsWith('closed'),
      );
      return found?.id ?? '';
    },
  };
}

describe('a first sync', () => {
  it('stores every object of the portal, and proves it', async () => {
    const { db, hubspot, sync } = await portal();
    const { streams } = await sync();
    expect(streams.map(({ stream, complete }) => [stream, complete])).toEqual([
      ['owners', true],
      ['pipelines', true],
      ['fields', true],
      ['companies', true],
      ['contacts', true],
      ['deals', true],
      ['line_items', true],
    ]);
    const { objects, owners } = hubspot.crm();
    const count = (table: 'crm_account' | 'crm_contact' | 'crm_deal' | 'crm_deal_line' | 'crm_owner') =>
      db.all(db.build.selectFrom(table).select('id')).length;
    expect(count('crm_account')).toBe(objects.companies.size);
    expect(count('crm_contact')).toBe(objects.contacts.size);
    expect(count('crm_deal')).toBe(objects.deals.size);
    expect(count('crm_deal_line')).toBe(objects.line_items.size);
    expect(count('crm_owner')).toBe(owners.length);
  });

  it('gives a deal its amount in minor units, its account, its owner and its way through the stages', async () => {
    const { db, hubspot, sync, deal } = await portal();
    await sync();
    const [won] = [...hubspot.crm().objects.deals.values()].filter(
      ({ properties }) => properties['dealstage'] === 'closedwon',
    );
    const stored = deal(won?.id ?? '');
    expect(stored).toMatchObject({
      stage_id: 'closedwon',
      currency: won?.properties['deal_currency_code'],
      amount_minor: Number(won?.properties['amount']) * 100,
      account_id: won?.links.companies?.[0],
      contact_ids: JSON.stringify(won?.links.contacts),
      owner_id: won?.properties['hubspot_owner_id'],
      close_on: won?.properties['closedate']?.slice(0, 10),
    });
    const stages = db.all(
      db.build
        .selectFrom('crm_deal_stage')
        .select(['stage_id', 'entered_at'])
        .where('deal_id', '=', won?.id ?? '')
        .orderBy('position'),
    );
    expect(stages).toEqual(
      won?.history['dealstage']
        ?.map(({ value, timestamp }) => ({ stage_id: value, entered_at: instantOfIso(timestamp) }))
        .toReversed(),
    );
  });

  it('knows which stages win and which lose', async () => {
    const { db, sync } = await portal();
    await sync();
    const pipeline = db.first(db.build.selectFrom('crm_pipeline').select('stages'));
    expect(JSON.parse(pipeline?.stages ?? '')).toEqual([
      { id: 'qualified', name: 'Qualified', position: 0, outcome: 'open', probability: 0.2 },
      { id: 'demo', name: 'Demo given', position: 1, outcome: 'open', probability: 0.4 },
      { id: 'proposal', name: 'Proposal sent', position: 2, outcome: 'open', probability: 0.6 },
      { id: 'negotiation', name: 'In negotiation', position: 3, outcome: 'open', probability: 0.8 },
      { id: 'closedwon', name: 'Closed won', position: 4, outcome: 'won', probability: 1 },
      { id: 'closedlost', name: 'Closed lost', position: 5, outcome: 'lost', probability: 0 },
    ]);
  });
});

describe('a deal with hundreds of contacts', () => {
  it('keeps every link: those of the list, those of the answers after it, and those of a change', async () => {
    const { hubspot, sync, deal, openDeal } = await portal();
    const id = openDeal();
    const many = Array.from({ length: 230 }, (_, index) => String(9_000_000 + index));
    hubspot.linkContacts(id, many);
    await sync();
    expect(JSON.parse(deal(id)?.contact_ids ?? '')).toEqual(many);
    hubspot.linkContacts(id, many.slice(0, 205));
    await sync();
    expect(JSON.parse(deal(id)?.contact_ids ?? '')).toEqual(many.slice(0, 205));
    const { streams } = await sync({ full: true });
    expect(streams.find(({ stream }) => stream === 'deals')?.changed).toBe(0);
  });
});

describe('the portal’s own fields', () => {
  it('are known by name, and read once somebody asks for them', async () => {
    const { company, sourceId, db, sync } = await portal();
    await sync();
    const region = () => listFields(db, crmFieldSettings).find(({ key }) => key === 'region');
    expect(region()).toMatchObject({
      label: 'Region',
      type: 'enumeration',
      isRead: false,
      filled: 0,
      object: 'account',
    });
    askForField(company.deps, sourceId, 'account', 'region');
    const { notes } = await sync();
    expect(notes.join(' ')).toContain('Other fields are asked for than before');
    const read = region();
    expect(read).toMatchObject({ isRead: true });
    expect(read?.filled).toBe(read?.objects);
    expect(read?.samples).toContain('Americas');
    const named = listFields(db, crmFieldSettings).find(({ key }) => key === 'stripe_customer_id');
    expect(named).toMatchObject({ isRead: true, byConnection: true, said: null });
    expect(named?.filled).toBeGreaterThan(0);
  });
});

describe('a later sync', () => {
  it('sees a deal that moved on, with when it did', async () => {
    const { db, hubspot, sync, deal, openDeal } = await portal();
    await sync();
    const id = openDeal();
    hubspot.moveDeal(id, 'closedwon');
    const { streams } = await sync();
    expect(streams.find(({ stream }) => stream === 'deals')?.changed).toBe(1);
    expect(deal(id)?.stage_id).toBe('closedwon');
    const last = db.all(
      db.build.selectFrom('crm_deal_stage').select('stage_id').where('deal_id', '=', id).orderBy('position'),
    );
    expect(last.at(-1)).toEqual({ stage_id: 'closedwon' });
  });

  it('marks what went into the bin as deleted, and takes that back when it is restored', async () => {
    const { hubspot, sync, deal, openDeal } = await portal();
    await sync();
    const id = openDeal();
    hubspot.archive('deals', id);
    await sync();
    expect(deal(id)?.deleted_at).not.toBeNull();
    hubspot.restore('deals', id);
    await sync();
    expect(deal(id)?.deleted_at).toBeNull();
  });

  it('finds a change that the search shows late, by asking again for the last minutes', async () => {
    const { hubspot, sync, db, company } = await portal();
    await sync();
    const [account] = [...hubspot.crm().objects.companies.keys()];
    hubspot.rename('companies', account ?? '', 'Renamed Ltd');
    // A newer change is seen first, as if the index had been slow with the older one.
    company.skipAhead(60_000);
    await sync();
    const stored = db.first(
      db.build
        .selectFrom('crm_account')
        .select('name')
        .where('id', '=', account ?? ''),
    );
    expect(stored).toEqual({ name: 'Renamed Ltd' });
  });

  it('learns of a merged object when everything is listed again, of itself after 30 days', async () => {
    const { hubspot, sync, deal, openDeal, company } = await portal();
    await sync();
    const id = openDeal();
    hubspot.vanish('deals', id);
    await sync();
    expect(deal(id)?.deleted_at).toBeNull();
    company.skipAhead(31 * DAY_MS);
    const { notes } = await sync();
    expect(notes.join(' ')).toContain('everything is listed again');
    expect(deal(id)?.deleted_at).not.toBeNull();
  });

  it('lists everything again when other fields are asked for', async () => {
    const { company, db, sync } = await portal();
    await sync();
    const sourceId = await connectHubSpot(company, { companyFields: 'createdate, industry' });
    const { streams, notes } = await syncSource(company.deps, sourceId);
    expect(notes).toEqual(['Other fields are asked for than before: everything is listed again.']);
    expect(streams.every(({ complete }) => complete)).toBe(true);
    const account = db.first(
      db.build.selectFrom('crm_account').select('fields').where('source_id', '=', sourceId).limit(1),
    );
    // What has a column of its own is not kept twice.
    expect(Object.keys(JSON.parse(account?.fields ?? ''))).toEqual(['createdate']);
  });
});

describe('what does not work', () => {
  it('is told by the token: an unknown one is refused in words', async () => {
    const company = await testCompany({ scale: 0.02 });
    const connecting = connectSource(company.deps, {
      vendor: 'hubspot',
      config: { apiBase: company.servers.hubspot.apiBase },
      secrets: { accessToken: 'pat-unknown-00000000' },
    });
    expect(await rejectionOf(connecting)).toMatchObject({
      code: 'auth_failed',
      message: expect.stringContaining('HubSpot does not accept the token'),
    });
  });

  it('is a gap where a scope is missing; the other streams are read', async () => {
    const { company, sync } = await portal();
    company.servers.control.hubspotFaults.add({ route: '/crm/v3/objects/line_items', fault: { kind: 'forbidden' } });
    const { streams } = await sync();
    const lines = streams.find(({ stream }) => stream === 'line_items');
    expect(lines?.complete).toBe(false);
    expect(lines?.proof).toContain('The token may not read /crm/v3/objects/line_items');
    expect(streams.filter(({ complete }) => !complete)).toHaveLength(1);
  });

  it('is a gap of the deals alone where their links cannot be read', async () => {
    const company = await testCompany({
      scale: 0.02,
      http: async (request) => {
        const response = await systemHttp(request);
        if (!request.url.includes('/crm/v4/associations/deals/')) return response;
        return { ...response, body: new TextEncoder().encode('{"results":[{"from":7}]}') };
      },
    });
    const sourceId = await connectHubSpot(company);
    await syncSource(company.deps, sourceId);
    const { hubspot } = company.servers.control;
    hubspot.moveDeal([...hubspot.crm().objects.deals.keys()][0] ?? '', 'closedlost');
    const { streams } = await syncSource(company.deps, sourceId);
    expect(streams.filter(({ complete }) => !complete).map(({ stream }) => stream)).toEqual(['deals']);
  });

  it('goes on when the vendor’s clock and ours are hours apart', async () => {
    const { company, hubspot, sync, deal, openDeal } = await portal();
    company.skipAhead(-5 * HOUR_MS);
    await sync();
    const id = openDeal();
    hubspot.moveDeal(id, 'closedlost');
    await sync();
    expect(deal(id)?.stage_id).toBe('closedlost');
    const { total } = listQuarantine(company.db, { sourceId: company.sourceId, limit: 1 });
    expect(total).toBe(0);
  });
});
