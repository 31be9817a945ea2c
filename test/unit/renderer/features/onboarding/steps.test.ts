import { describe, expect, test } from 'vitest';
import { checklistEntries } from '../../../../../src/renderer/features/onboarding/checklist-items.ts';
import { keyRemark } from '../../../../../src/renderer/features/onboarding/key-kind.ts';
import { keyPage } from '../../../../../src/renderer/features/onboarding/key-page.ts';
import { localeOptions } from '../../../../../src/renderer/features/onboarding/locales.ts';
import { proposalOf } from '../../../../../src/renderer/features/onboarding/proposals.ts';
import { CHECKLIST_ITEMS } from '../../../../../src/shared/contract/onboarding.ts';
import { currencyCode } from '../../../../../src/shared/kernel/currency.ts';
import { timeZone, UTC } from '../../../../../src/shared/kernel/day.ts';

describe('a pasted key', () => {
  test.each([
    ['nothing', '  ', null],
    ['a live restricted key', ' rk_live_51abc ', null],
    ['a publishable key', 'pk_live_51abc', 'loss'],
    ['a webhook’s secret', 'whsec_abc', 'loss'],
    ['anything else', 'hunter2', 'loss'],
    ['a secret key', 'sk_live_51abc', 'warn'],
    ['a key of a test account', 'rk_test_51abc', 'warn'],
  ])('%s', (_, key, tone) => {
    expect(keyRemark(key)?.tone ?? null).toBe(tone);
  });
});

test('Stripe’s page is opened with the name and one read permission for each scope', () => {
  const url = new URL(keyPage([{ id: 'customer_read' }, { id: 'invoice_read' }]));
  expect(url.origin + url.pathname).toBe('https://dashboard.stripe.com/apikeys/create');
  expect(url.searchParams.get('name')).toBe('Vario');
  expect(url.searchParams.getAll('permissions[]')).toEqual(['rak_customer_read', 'rak_invoice_read']);
});

describe('the proposal', () => {
  const vienna = timeZone('Europe/Vienna');
  const account = { accountName: 'Kestrel Labs', currency: currencyCode('EUR') };

  test('is what the account and the machine say', () => {
    expect(proposalOf(account, { workspace: { timeZone: UTC }, companyIsSet: false, machineZone: vienna })).toEqual({
      companyName: 'Kestrel Labs',
      reportingCurrency: 'EUR',
      timeZone: 'Europe/Vienna',
    });
  });

  test('leaves alone what was chosen already', () => {
    const tokyo = timeZone('Asia/Tokyo');
    expect(proposalOf(account, { workspace: { timeZone: tokyo }, companyIsSet: true, machineZone: vienna })).toEqual(
      {},
    );
  });

  test('is silent where the account says nothing', () => {
    const silent = { accountName: null, currency: null };
    expect(proposalOf(silent, { workspace: { timeZone: UTC }, companyIsSet: false, machineZone: UTC })).toEqual({
      timeZone: 'UTC',
    });
  });
});

describe('the checklist', () => {
  const items = CHECKLIST_ITEMS.map((id) => ({ id, done: false }));
  const done = (...args: Parameters<typeof checklistEntries>) =>
    checklistEntries(...args).flatMap((entry) => (entry.done ? [entry.id] : []));

  test('asks a browser for notifications, and takes the desktop program’s for granted', () => {
    const browser = { host: 'browser', protections: ['passphrase'] } as const;
    const asked = checklistEntries(items, { ...browser, protections: [...browser.protections] }, 'default');
    expect(asked.find(({ id }) => id === 'notifications')).toMatchObject({ done: false, place: { kind: 'ask' } });
    expect(done(items, { host: 'browser', protections: ['passphrase'] }, 'granted')).toEqual(['notifications']);
    expect(done(items, { host: 'electron', protections: ['keychain'] }, 'default')).toEqual(['notifications']);
  });

  test('wants two ways to the key, and none where the key is thrown away', () => {
    expect(done(items, { host: 'browser', protections: ['passphrase', 'recovery'] }, 'denied')).toEqual(['recovery']);
    const demo = checklistEntries(items, { host: 'browser', protections: ['throw_away'] }, 'denied');
    expect(demo.map(({ id }) => id)).not.toContain('recovery');
  });

  test('ends with the board pack', () => {
    expect(checklistEntries(items, { host: 'electron', protections: ['keychain'] }, 'denied').at(-1)?.id).toBe(
      'boardPack',
    );
  });
});

test('languages are named in the founder’s own, and one that is set is kept', () => {
  const options = localeOptions('de-AT', 'mi-NZ');
  expect(options[0]?.label).toMatch(/^As the system: .*Deutsch/);
  expect(options.map(({ value }) => value)).toContain('mi-NZ');
});
