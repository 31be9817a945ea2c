/** PostHog as a source: what is stored of what customers do, and that it is neither too little nor too much. */
import { expect, it } from 'vitest';
import { listQuarantine, syncSource, type SyncDeps } from '../../../../src/main/engine/sync/index.ts';
import { systemHttp } from '../../../../src/main/engine/runtime/index.ts';
import { HOUR_MS } from '../../../../src/shared/kernel/instant.ts';
import { bodyMapped } from '../../../conformance/vendor-fixture.ts';
import { connectPostHog } from '../../../support/analytics.ts';
import { testCompany, type TestCompany } from '../../../support/synced-company.ts';

async function synced(config: Readonly<Record<string, string>> = {}): Promise<TestCompany & { posthogId: number }> {
  const company = await testCompany();
  const posthogId = await connectPostHog(company, config);
  await syncSource(company.deps, posthogId);
  return { ...company, posthogId };
}

function row<Row>({ db }: TestCompany, sql: string): Row | undefined {
  return db.prepare<[], Row>(sql).first();
}

it('stores as many events as were sent, rolled up per account, event and day', async () => {
  const company = await synced();
  const uses = company.servers.control.posthog.uses();
  const sent = uses.reduce((sum, { count }) => sum + count, 0);
  expect(row(company, `SELECT sum(count) AS n FROM usage_day WHERE product_event_id > 0`)).toEqual({ n: sent });
  expect(row(company, `SELECT sum(count) AS n FROM usage_event_day WHERE product_event_id > 0`)).toEqual({ n: sent });
  expect(row(company, `SELECT sum(events) AS n FROM usage_batch`)).toEqual({ n: sent });
});

it('counts every person once per period, as they were told at the source', async () => {
  const company = await synced();
  const uses = company.servers.control.posthog.uses().filter(({ event }) => event !== '$pageview');
  const [last] = uses.toReversed();
  const people = new Set(uses.filter(({ day }) => day === last?.day).map(({ person }) => person.id));
  expect(
    row(company, `SELECT users, is_exact FROM active_user WHERE period = 'day' ORDER BY starts_on DESC LIMIT 1`),
  ).toEqual({ users: people.size, is_exact: 1 });
});

it('counts visitors on the day of their first visit only', async () => {
  const company = await synced();
  const visitors = new Set(
    company.servers.control.posthog
      .uses()
      .filter(({ event }) => event === '$pageview')
      .map(({ person }) => person.id),
  );
  expect(row(company, `SELECT sum(visitors) AS n FROM first_visit`)).toEqual({ n: visitors.size });
});

it('replaces a day that is read again because something came late', async () => {
  const company = await synced();
  const before =
    row<{ n: number }>(company, `SELECT sum(count) AS n FROM usage_day WHERE product_event_id > 0`)?.n ?? 0;
  company.servers.control.posthog.makeReports(5);
  company.skipAhead(HOUR_MS);
  const { streams } = await syncSource(company.deps, company.posthogId);
  expect(streams.find(({ stream }) => stream === 'usage')).toMatchObject({ changed: 1, complete: true });
  expect(row(company, `SELECT sum(count) AS n FROM usage_day WHERE product_event_id > 0`)).toEqual({ n: before + 5 });
});

it('asks for fewer days at once where they hold more rows than one answer may have', async () => {
  const company = await testCompany();
  const asked: string[] = [];
  // Whatever covers more than two days of November is as long as an answer may be.
  const deps: SyncDeps = {
    ...company.deps,
    async http(request) {
      const query = String(JSON.parse(String(request.body)).query.query);
      const isUsage = query.includes('GROUP BY day, account, event');
      if (isUsage) asked.push(query);
      const from = /'(\d{4}-\d{2}-\d{2}) 00:00:00'\) AND/.exec(query)?.[1] ?? '';
      const isWide = isUsage && (untilOf(query) ?? '') > '2026-11-02' && spanOf(query) > 2;
      if (!isWide) return await systemHttp(request);
      const padding = Array.from({ length: 50_000 }, () => [from, 'x', 'y', 1, 1]);
      const body = JSON.stringify({ columns: ['day', 'account', 'event', 'n', 'users'], results: padding });
      return { status: 200, headers: {}, body: new TextEncoder().encode(body) };
    },
  };
  const sourceId = await connectPostHog({ ...company, deps });
  await syncSource(deps, sourceId);
  expect(asked.map(spanOf).filter((days) => days <= 2).length).toBeGreaterThan(3);
  const sent = company.servers.control.posthog.uses().reduce((sum, { count }) => sum + count, 0);
  expect(row(company, `SELECT sum(events) AS n FROM usage_batch`)).toEqual({ n: sent });
});

function daysOf(query: string): string[] {
  return [...query.matchAll(/toDateTime\('(\d{4}-\d{2}-\d{2})/g)].map(([, day]) => day ?? '');
}

function untilOf(query: string): string | undefined {
  return daysOf(query)[1];
}

function spanOf(query: string): number {
  const [from = '', until = ''] = daysOf(query);
  return (Date.parse(until) - Date.parse(from)) / 86_400_000;
}

it('reads all days again when an event means something else', async () => {
  const company = await synced();
  expect(row(company, `SELECT count(*) AS n FROM product_account WHERE activated_at IS NOT NULL`)).not.toEqual({
    n: 0,
  });
  await connectPostHog(company, { activationEvent: 'never sent' });
  const { notes } = await syncSource(company.deps, company.posthogId);
  expect(notes).toEqual(['Events mean something else than before: all days are read again.']);
  expect(row(company, `SELECT count(*) AS n FROM product_account WHERE activated_at IS NOT NULL`)).toEqual({ n: 0 });
});

it('does not call days complete on which PostHog counts other events than the rows hold', async () => {
  const company = await testCompany();
  const deps: SyncDeps = {
    ...company.deps,
    async http(request) {
      const bent = bodyMapped((text) =>
        text.includes('"columns":["day","n"],"results":[["2026')
          ? text.replace(/(\["2026-\d\d-\d\d",)(\d+)/, '$19$2')
          : text,
      );
      return await bent(request, systemHttp);
    },
  };
  const sourceId = await connectPostHog({ ...company, deps });
  const { streams } = await syncSource(deps, sourceId);
  const usage = streams.find(({ stream }) => stream === 'usage');
  expect(usage?.complete).toBe(false);
  expect(usage?.proof).toContain('PostHog counts others on');
});

it('marks an account as gone that the project no longer knows', async () => {
  const company = await synced();
  const { posthog } = company.servers.control;
  const [gone] = posthog.uses().flatMap(({ person }) => person.account ?? []);
  posthog.forget(gone?.id ?? '');
  await syncSource(company.deps, company.posthogId, { full: true });
  expect(
    row(company, `SELECT count(*) AS n FROM product_account WHERE id = '${gone?.id}' AND deleted_at IS NOT NULL`),
  ).toEqual({ n: 1 });
  expect(listQuarantine(company.db, { limit: 1 }).total).toBe(0);
});

it('never lets the key into what it says', async () => {
  const company = await testCompany();
  const { personalApiKey } = company.servers.posthog;
  const failure = await connectPostHog({
    ...company,
    servers: { ...company.servers, posthog: { ...company.servers.posthog, personalApiKey: `${personalApiKey}x` } },
  }).catch((error: unknown) => String(error));
  expect(failure).toContain('PostHog does not accept the key');
  expect(failure).not.toContain(personalApiKey);
});
