/** Staying connected to Salesforce: tokens that end, refresh tokens that are good for once, and a quota for all programs. */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { systemHttp } from '../../../../src/main/engine/runtime/index.ts';
import type { Http } from '../../../../src/main/engine/runtime/ports.ts';
import {
  checkCredentials,
  checkSource,
  editConnection,
  connectSource,
  disconnectSource,
  budgetsOf,
  syncSource,
} from '../../../../src/main/engine/sync/index.ts';
import { besideSalesforce, connectedSalesforce } from '../../../support/salesforce/connected.ts';
import { CONSUMER_KEY } from '../../../support/salesforce/oauth.ts';
import { rejectionOf } from '../../../support/store.ts';

type Connected = Awaited<ReturnType<typeof connectedSalesforce>>;

function secretsIn({ db }: Pick<Connected, 'db'>): Record<string, string> {
  const rows = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM secret').all();
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

describe('a refresh token that is good for once', () => {
  it('is exchanged when the access token ends, and the new one is stored', async () => {
    const connected = await connectedSalesforce();
    const before = secretsIn(connected);
    connected.server.oauth.expire();
    await connected.sync();
    const after = secretsIn(connected);
    expect(after['refreshToken']).not.toBe(before['refreshToken']);
    expect(after['accessToken']).not.toBe(before['accessToken']);
    connected.server.oauth.expire();
    await connected.sync();
    expect(connected.server.oauth.refreshes()).toBe(3);
  });

  it('is stored before the new access is used: a run that is cut off right after loses nothing', async () => {
    let cut = false;
    const http: Http = async (request) => {
      if (cut && !request.url.endsWith('/services/oauth2/token')) throw new Error('Cut off');
      const response = await systemHttp(request);
      if (request.url.endsWith('/services/oauth2/token') && connected !== null) cut = true;
      return response;
    };
    let connected: Connected | null = null;
    connected = await connectedSalesforce({ http });
    connected.server.oauth.expire();
    await rejectionOf(connected.sync());
    cut = false;
    connected.server.oauth.expire();
    const { streams } = await syncSource({ ...connected.deps, http: systemHttp }, connected.sourceId);
    expect(streams.every(({ complete }) => complete)).toBe(true);
  });

  it('is exchanged once, however many requests find the access token ended at the same time', async () => {
    const connected = await connectedSalesforce();
    await connected.sync();
    const before = connected.server.oauth.refreshes();
    connected.server.oauth.expire();
    await Promise.all([connected.sync(), checkSource(connected.deps, connected.sourceId)]);
    expect(connected.server.oauth.refreshes()).toBe(before + 1);
  });

  it('is kept in force when the connection is changed and its token is not typed in again', async () => {
    const connected = await connectedSalesforce();
    connected.server.oauth.expire();
    await editConnection(connected.deps, { sourceId: connected.sourceId, config: { opportunityFields: 'LeadSource' } });
    connected.server.oauth.expire();
    const { streams } = await connected.sync();
    expect(streams.every(({ complete }) => complete)).toBe(true);
  });

  it('may be exchanged by a check before it is connected: connecting with the same goes on with the new one', async () => {
    const { server, deps } = await besideSalesforce();
    const config = { apiBase: server.apiBase, clientId: CONSUMER_KEY };
    const secrets = { refreshToken: server.oauth.first()['refresh_token'] ?? '' };
    expect(await checkCredentials(deps, 'salesforce', config, secrets)).toMatchObject({ ok: true });
    const { sourceId } = await connectSource(deps, { vendor: 'salesforce', config, secrets });
    server.oauth.expire();
    const { streams } = await syncSource(deps, sourceId);
    expect(streams.every(({ complete }) => complete)).toBe(true);
  });

  it('is not kept where the source is disconnected while it is exchanged', async () => {
    const connected = await connectedSalesforce();
    connected.server.oauth.expire();
    const deps = {
      ...connected.deps,
      http: (async (request) => {
        const response = await systemHttp(request);
        if (request.url.endsWith('/services/oauth2/token'))
          disconnectSource(connected.deps, connected.sourceId, { deleteData: false });
        return response;
      }) satisfies Http,
    };
    await checkSource(deps, connected.sourceId);
    expect(secretsIn(connected)).toEqual({});
  });

  it('that was revoked ends the run with words, and no token in them', async () => {
    const connected = await connectedSalesforce();
    const secrets = Object.values(secretsIn(connected)).filter(
      (value) => value.length > 8 && !value.startsWith('http'),
    );
    connected.server.oauth.revoke();
    const failure = await rejectionOf(connected.sync());
    expect(failure).toMatchObject({
      code: 'auth_failed',
      message: expect.stringMatching(/no longer accepts the sign-in \(invalid_grant, .*Connect Salesforce again/),
    });
    expect(secrets.length).toBeGreaterThan(1);
    for (const secret of secrets)
      expect(inspect([failure, connected.deps.logger], { depth: 20 })).not.toContain(secret);
  });
});

describe('without a browser', () => {
  it('an access token alone connects, until it ends', async () => {
    const { server, deps } = await besideSalesforce();
    const { sourceId, report } = await connectSource(deps, {
      vendor: 'salesforce',
      config: { apiBase: server.apiBase },
      secrets: { accessToken: server.oauth.first()['access_token'] ?? '' },
    });
    expect(report).toMatchObject({ accountName: 'Kestrel Sales', liveMode: true });
    await syncSource(deps, sourceId);
    server.oauth.expire();
    expect(await rejectionOf(syncSource(deps, sourceId))).toMatchObject({
      code: 'auth_failed',
      message: expect.stringContaining('there is no refresh token to get another'),
    });
  });

  it('an access token needs the organisation’s own address; nothing is asked without it', async () => {
    const asked: string[] = [];
    const { deps } = await besideSalesforce({
      http: async (request) => {
        asked.push(request.url);
        return await systemHttp(request);
      },
    });
    const report = await checkCredentials(deps, 'salesforce', { apiBase: 'sandbox' }, { accessToken: '00D!token' });
    expect(report).toMatchObject({ ok: false, problem: expect.stringContaining('An access token alone') });
    expect(asked).toEqual([]);
  });

  it('nothing at all is told in words', async () => {
    const { deps, server } = await besideSalesforce();
    const report = await checkCredentials(deps, 'salesforce', { apiBase: server.apiBase }, {});
    expect(report.problem).toContain('sign in, or give a refresh token');
  });

  it('an app that wants its secret as well gets it', async () => {
    const { deps, server } = await besideSalesforce({ consumerSecret: 'a-consumer-secret' });
    const config = { apiBase: server.apiBase, clientId: CONSUMER_KEY };
    const refreshToken = server.oauth.first()['refresh_token'] ?? '';
    const without = await checkCredentials(deps, 'salesforce', config, { refreshToken });
    expect(without.problem).toContain('invalid_client');
    const secrets = { refreshToken, clientSecret: 'a-consumer-secret' };
    expect(await checkCredentials(deps, 'salesforce', config, secrets)).toMatchObject({ ok: true });
  });
});

describe('the login address', () => {
  it.each([
    ['production', 'https://login.salesforce.com'],
    ['Sandbox', 'https://test.salesforce.com'],
    ['kestrel.my.salesforce.com', 'https://kestrel.my.salesforce.com'],
    ['https://kestrel.lightning.force.com/lightning/page/home', 'https://kestrel.my.salesforce.com'],
    ['https://kestrel--uat.sandbox.lightning.force.com', 'https://kestrel--uat.sandbox.my.salesforce.com'],
  ])('%s is %s', async (typed, address) => {
    const asked: string[] = [];
    const { deps } = await besideSalesforce({
      http: async ({ url }) => {
        asked.push(url);
        return await Promise.resolve({
          status: 400,
          headers: {},
          body: new TextEncoder().encode('{"error":"invalid_grant"}'),
        });
      },
    });
    await checkCredentials(
      deps,
      'salesforce',
      { apiBase: typed, clientId: CONSUMER_KEY },
      { refreshToken: '5Aep.token' },
    );
    expect(asked).toEqual([`${address}/services/oauth2/token`]);
  });

  it('that is none is refused by the form', async () => {
    const { deps } = await besideSalesforce();
    const checking = checkCredentials(deps, 'salesforce', { apiBase: 'my company' }, {});
    expect(await rejectionOf(checking)).toMatchObject({ code: 'invalid_input' });
  });

  it('never sends a token to a host that is not Salesforce’s, whatever an answer says', async () => {
    const asked: string[] = [];
    const { deps } = await besideSalesforce({
      http: async ({ url }) => {
        asked.push(new URL(url).host);
        const answer = { access_token: '00D!x', instance_url: 'https://salesforce.com.thief.example' };
        return await Promise.resolve({
          status: 200,
          headers: {},
          body: new TextEncoder().encode(JSON.stringify(answer)),
        });
      },
    });
    const config = { apiBase: 'production', clientId: CONSUMER_KEY };
    const report = await checkCredentials(deps, 'salesforce', config, { refreshToken: '5Aep.token' });
    expect(report.problem).toContain('where Vario does not follow');
    expect(asked).toEqual(['login.salesforce.com']);
  });
});

describe('the day’s requests', () => {
  it('are shown as what Salesforce says of them', async () => {
    const connected = await connectedSalesforce({ dailyRequests: 15_000 });
    await connected.sync();
    const [budget] = budgetsOf(connected.db, connected.sourceId, null, connected.org.now());
    expect(budget).toMatchObject({ title: 'API requests in 24 hours, of the whole organisation', allowed: 15_000 });
    expect(budget?.left).toBeLessThan(15_000);
  });

  it('that are used up end the run as a limit, not as a missing permission', async () => {
    const connected = await connectedSalesforce();
    connected.server.refuse({
      status: 403,
      body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
    });
    expect(await rejectionOf(connected.sync())).toMatchObject({
      code: 'rate_limited',
      message: expect.stringContaining('used up its API requests'),
    });
  });

  it('are left to the other programs when few remain', async () => {
    const connected = await connectedSalesforce({ dailyRequests: 1_000 });
    connected.server.spend(940);
    const failure = await rejectionOf(connected.sync());
    expect(failure).toMatchObject({ code: 'rate_limited', message: expect.stringContaining('other programs') });
  });
});
