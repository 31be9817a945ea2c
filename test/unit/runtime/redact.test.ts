import { describe, expect, it } from 'vitest';
import { redact, redactText } from '../../../src/main/engine/runtime/index.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';

/** Put together here, so that no secret scanner takes this file for a leak. */
const key = (prefix: string) => `${prefix}_${'live'}_${'51H8abcDEF0123456789xyz'}`;

describe('secrets and addresses in a text', () => {
  it.each([
    ['a Stripe secret key', key('sk')],
    ['a Stripe restricted key', key('rk')],
    ['a Stripe test key', key('sk').replace('live', 'test')],
    ['a webhook secret', `whsec_${'a1b2c3d4e5f6a1b2c3d4'}`],
    ['a HubSpot token', 'pat-eu1-1234abcd-12ab-34cd-56ef-1234567890ab'],
    ['a PostHog key', 'phx_abcdefghijklmnop'],
    ['a Salesforce access token', `00Dxx0000001gPF${'!AQ4AQFrTkc.abc_DEF'}`],
    ['a Salesforce refresh token', `5Aep${'861TSESvWeug_xvFHRBTTbf.abc'}`],
    ['a bearer token', 'Bearer abc.DEF-123_456'],
    ['basic authentication', 'Basic dXNlcjpwYXNzd29yZA=='],
    ['an e-mail address', 'ada.lovelace+billing@analytical-engines.co.uk'],
    ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N'],
    ['32 bytes in hex', 'ab'.repeat(32)],
  ])('%s is removed, the words around it stay', (_what, secret) => {
    const clean = redactText(`before ${secret} after`);
    expect(clean).toBe('before [removed] after');
  });

  it('a password in an address is removed, the host stays', () => {
    expect(redactText('https://ada:hunter2@example.com/x')).toBe('https:[removed]example.com/x');
  });

  it('a token in a query is removed', () => {
    expect(redactText('GET /v1/x?limit=5&access_token=abc123&page=2')).toBe('GET /v1/x?limit=5&[removed]&page=2');
  });

  it('ordinary words, ids and times are left alone', () => {
    const text = 'Sync of source 3 took 1200 ms at 2026-11-21T02:00:00Z (sub_1Nabc, in_1Nabc): skipped 2 of 40';
    expect(redactText(text)).toBe(text);
  });

  it('a very long text is cut', () => {
    expect(redactText('x'.repeat(100_000)).length).toBeLessThan(5_000);
  });
});

describe('values by their name', () => {
  it.each([
    'secret',
    'apiKey',
    'api_key',
    'accessToken',
    'Authorization',
    'cookie',
    'passphrase',
    'password',
    'key',
    'email',
    'customerName',
    'customer_name',
    'name',
    'amount',
    'amount_minor',
    'annualMinor',
    'balance',
    'payload',
  ])('%s is removed at any depth', (name) => {
    expect(redact({ request: [{ [name]: 'Ada 4200' }] })).toEqual({ request: [{ [name]: '[removed]' }] });
  });

  it('counts, durations, ids and states stay', () => {
    const fields = { jobId: 7, ms: 12.5, state: 'done', stream: 'invoices', complete: true, cursor: null };
    expect(redact(fields)).toEqual(fields);
  });

  it('says that a private value is missing: that is worth knowing and tells nothing', () => {
    expect(redact({ secret: null })).toEqual({ secret: null });
  });
});

describe('values of other kinds', () => {
  it('an error comes with its code, its details and its causes, all of them clean', () => {
    const cause = new Error('401 for Bearer abc.def');
    const error = new AppError('auth_failed', 'Stripe refused ada@example.com', {
      cause,
      details: { status: 401, email: 'x' },
    });
    expect(redact({ error })).toMatchObject({
      error: {
        type: 'AppError',
        code: 'auth_failed',
        message: 'Stripe refused [removed]',
        details: { status: 401, email: '[removed]' },
        cause: { type: 'Error', message: '401 for [removed]' },
      },
    });
    expect(JSON.stringify(redact(error))).not.toMatch(/ada@|abc\.def/);
  });

  it('bytes are told by their length, collections by their size', () => {
    expect(redact({ body2: new Uint8Array(32), seen: new Map([['a', 1]]), big: 10n, run: () => 1 })).toEqual({
      body2: '[32 bytes]',
      seen: '[1 entries]',
      big: '10',
      run: '[function]',
    });
  });

  it('what refers to itself ends', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(JSON.stringify(redact(loop))).toContain('[deeper]');
  });

  it('long lists are cut and counted', () => {
    const clean = redact(Array.from({ length: 80 }, (_, n) => n));
    expect(clean).toHaveLength(51);
    expect(clean).toContain('… 30 more');
  });
});
