/** The part of the server that hands out tokens: codes bound to a verifier (PKCE), and refresh tokens that are good for once. */
import { createHash } from 'node:crypto';

export const CONSUMER_KEY = '3MVG9.consumer_key';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OAuthOptions {
  readonly consumerSecret: string | null;
  readonly rotates: boolean;
  readonly instance: () => string;
}

export function oauthServer({ consumerSecret, rotates, instance }: OAuthOptions) {
  let serial = 0;
  const codes = new Map<string, { challenge: string; redirectUri: string; scope: string }>();
  const accessTokens = new Set<string>();
  const refreshTokens = new Set<string>();
  let refreshes = 0;

  function issue(withRefresh: boolean): Record<string, string> {
    serial += 1;
    const access_token = `00D!access.${serial}`;
    const refresh_token = `5Aep.refresh.${serial}`;
    accessTokens.add(access_token);
    if (withRefresh) refreshTokens.add(refresh_token);
    return {
      access_token,
      ...(withRefresh && { refresh_token }),
      instance_url: instance(),
      id: `${instance()}/id/00D000000000001AAA/005000000000002AAA`,
      token_type: 'Bearer',
      scope: 'api refresh_token',
      signature: 'signed',
      issued_at: '1763640000000',
    };
  }
  const refused = (error: string, error_description: string): Answer => ({
    status: 400,
    body: { error, error_description },
  });

  return {
    first: () => issue(true),
    isGood: (token: string) => accessTokens.has(token),
    /** Access tokens end; refresh tokens stay. */
    expire: () => accessTokens.clear(),
    revoke: () => {
      accessTokens.clear();
      refreshTokens.clear();
    },
    refreshes: () => refreshes,
    /** What Salesforce's page does once somebody has allowed it. */
    authorise(query: URLSearchParams): Answer {
      const redirectUri = query.get('redirect_uri') ?? '';
      if (query.get('response_type') !== 'code' || query.get('client_id') !== CONSUMER_KEY)
        return refused('invalid_request', 'unknown client');
      const challenge = query.get('code_challenge') ?? '';
      if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) return refused('invalid_request', 'code challenge is required');
      serial += 1;
      const code = `aPrx.code.${serial}`;
      codes.set(code, { challenge, redirectUri, scope: query.get('scope') ?? '' });
      const back = new URL(redirectUri);
      back.searchParams.set('code', code);
      back.searchParams.set('state', query.get('state') ?? '');
      return { status: 302, body: null, headers: { location: back.href } };
    },
    token(form: URLSearchParams): Answer {
      if (form.get('client_id') !== CONSUMER_KEY) return refused('invalid_client_id', 'client identifier invalid');
      if (consumerSecret !== null && form.get('client_secret') !== consumerSecret)
        return refused('invalid_client', 'invalid client credentials');
      if (form.get('grant_type') === 'authorization_code') {
        const code = form.get('code') ?? '';
        const known = codes.get(code);
        codes.delete(code);
        const verifier = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        if (known?.challenge !== verifier || known.redirectUri !== form.get('redirect_uri'))
          return refused('invalid_grant', 'invalid authorization code');
        return { status: 200, body: issue(known.scope.includes('refresh_token')) };
      }
      if (form.get('grant_type') !== 'refresh_token')
        return refused('unsupported_grant_type', 'grant type not supported');
      const given = form.get('refresh_token') ?? '';
      if (!refreshTokens.has(given)) return refused('invalid_grant', 'expired access/refresh token');
      refreshes += 1;
      if (rotates) refreshTokens.delete(given);
      return { status: 200, body: issue(rotates) };
    },
  };
}
