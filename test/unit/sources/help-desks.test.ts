/** Intercom and Zendesk from the desk to the facts: the same cases by two roads, and what a later sync sees. */
import { describe, expect, it } from 'vitest';
import { serviceTruth } from '../../../src/main/demo/index.ts';
import { matchAccounts } from '../../../src/main/engine/identity/index.ts';
import { deskReport } from '../../../src/main/engine/metrics/quality/index.ts';
import { VARIO } from '../../../src/main/engine/metrics/index.ts';
import { conversationType } from '../../../src/main/engine/sources/intercom/objects/conversation.ts';
import { SOURCES } from '../../../src/main/engine/sources/registry.ts';
import { ticketType } from '../../../src/main/engine/sources/zendesk/ticket.ts';
import { checkCredentials, connectSource, syncSource, type SyncOptions } from '../../../src/main/engine/sync/index.ts';
import { rawStore } from '../../../src/main/engine/sync/raw-store.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { plainDay, UTC } from '../../../src/shared/kernel/day.ts';
import { DAY_MS } from '../../../src/shared/kernel/instant.ts';
import { connectIntercom, connectZendesk } from '../../support/desks.ts';
import { rejectionOf } from '../../support/store.ts';
import { NOW, testCompany } from '../../support/synced-company.ts';

const from = plainDay('2024-01-01');
const to = plainDay('2026-11-20');

const DESKS = { intercom: connectIntercom, zendesk: connectZendesk } as const;

async function desk(vendor: keyof typeof DESKS) {
  const company = await testCompany({ scale: 0.1 });
  const sourceId = await DESKS[vendor](company);
  const { db } = company;
  const { desks } = company.servers.control;
  const context = {
    now: NOW,
    today: to,
    zone: UTC,
    currency: currencyCode('USD'),
    policy: VARIO,
    weekStartsOn: 1,
    fiscalYearStartMonth: 1,
    growthTarget: null,
    milestoneMinor: null,
  };
  return {
    company,
    db,
    desks,
    sourceId,
    sync: async (options?: SyncOptions) => await syncSource(company.deps, sourceId, options),
    report: () => deskReport(db, { from, to }, context),
    tickets: () => db.all(db.build.selectFrom('support_ticket').selectAll()),
  };
}

describe.each(['intercom', 'zendesk'] as const)('%s', (vendor) => {
  it('comes to the figures of the story, worked out without the engine', async () => {
    const { desks, sync, report } = await desk(vendor);
    const { streams } = await sync();
    expect(streams.map(({ complete }) => complete)).not.toContain(false);
    const truth = serviceTruth(desks.story, from, to, NOW);
    const { times, open } = report();
    expect(times.opened).toBe(truth.opened);
    expect(times.answered).toBe(truth.answeredAfter.length);
    expect(open.total).toBe(truth.open);
    expect(open.ages.find(({ age }) => age === 'older')?.count).toBe(truth.forgotten);
    const middle = truth.answeredAfter[Math.floor((truth.answeredAfter.length - 1) / 2)] ?? Number.NaN;
    // Zendesk tells whole minutes.
    expect(times.median.value ?? 0).toBeGreaterThan(middle - 61);
  });

  it('keeps nothing of what was written', async () => {
    const { db, sync, sourceId, tickets } = await desk(vendor);
    await sync();
    const raw = rawStore(db, sourceId);
    const type = vendor === 'intercom' ? conversationType : ticketType;
    const kept = tickets().flatMap(({ id }) => raw.get(type, id) ?? []);
    expect(kept.length).toBeGreaterThan(10);
    const told = [...kept, ...tickets()].map((record) => JSON.stringify(record));
    expect(told.filter((text) => /the desk reads|Question \d|Request \d/.test(text))).toEqual([]);
  });

  it('sees that a request was solved', async () => {
    const { desks, sync, tickets } = await desk(vendor);
    await sync();
    const before = tickets().filter(({ status }) => status === 'solved').length;
    const [open] = desks.cases.cases().filter(({ solvedAt }) => solvedAt === null);
    desks.cases.solve(open?.key ?? '');
    await sync();
    expect(tickets().filter(({ status }) => status === 'solved').length).toBe(before + 1);
  });

  it('marks a request that was deleted, at the latest when everything is listed again', async () => {
    const { company, desks, sync, tickets } = await desk(vendor);
    await sync();
    desks.cases.erase(desks.cases.cases()[0]?.key ?? '');
    company.skipAhead(31 * DAY_MS);
    await sync();
    expect(tickets().filter(({ deleted_at }) => deleted_at !== null)).toHaveLength(1);
  });

  it('puts requests to the customers who made them', async () => {
    const { company, db, desks, sync } = await desk(vendor);
    await company.sync();
    await sync();
    matchAccounts(db, NOW);
    const rows = db
      .prepare<[], { name: string; requests: number }>(
        `SELECT c.name, count(*) AS requests FROM support_ticket t
         JOIN support_contact p ON p.source_id = t.source_id AND p.id = t.contact_id
         JOIN identity_link l ON l.source_id = p.source_id AND l.account_id = p.account_id
         JOIN customer c ON c.customer_id = l.customer_id GROUP BY c.name`,
      )
      .all();
    const told = new Map<string, number>();
    for (const { life } of desks.story.cases) told.set(life.company, (told.get(life.company) ?? 0) + 1);
    expect(rows.length).toBeGreaterThan(5);
    for (const { name, requests } of rows) expect([name, requests]).toEqual([name, told.get(name)]);
  });

  it('names a token that is not accepted, and never says it', async () => {
    const { company } = await desk(vendor);
    const secret = 'WrongWrongWrong123';
    const { config } = { config: { apiBase: company.servers[vendor].apiBase } };
    const failure = await rejectionOf(
      connectSource(company.deps, { vendor, name: 'Other', config, secrets: { accessToken: secret } }),
    );
    expect(failure.message).toMatch(/not accept|does not know|invalid/i);
    expect(failure.message).not.toContain(secret);
  });

  it('says which permission is missing', async () => {
    const { company, desks } = await desk(vendor);
    const { apiBase, accessToken } = company.servers[vendor];
    const email = vendor === 'zendesk' ? { email: company.servers.zendesk.email } : {};
    desks[`${vendor}Faults`].add({ route: '/conversations', fault: { kind: 'forbidden' } });
    desks[`${vendor}Faults`].add({ route: '/api/v2/users/me.json', fault: { kind: 'forbidden' } });
    const report = await checkCredentials(company.deps, vendor, { apiBase, ...email }, { accessToken });
    expect(report.ok).toBe(false);
    expect(report.problem).toMatch(/Read conversations|token/);
  });
});

it('shows both in the catalogue as help desks', () => {
  expect(SOURCES.filter(({ family }) => family === 'support').map(({ id }) => id)).toEqual(['intercom', 'zendesk']);
});
