/** Who an account may be: what is certain, what is only suggested, and what is not even that. */
import { describe, expect, it } from 'vitest';
import { matcher } from '../../../src/main/engine/identity/candidates.ts';
import { comparableName, likeness } from '../../../src/main/engine/identity/company-name.ts';
import { companyDomain } from '../../../src/main/engine/identity/mail-domain.ts';
import type { KnownAccount, KnownCustomer } from '../../../src/main/engine/identity/records.ts';

const nobody = { name: 'Nobody', billingIds: [], emails: [], accountIds: [] };
const blank = {
  kind: 'crm' as const,
  vendor: 'hubspot',
  sourceId: 2,
  name: null,
  domain: null,
  billingCustomerId: null,
  ownId: null,
  emails: [],
  linkedTo: null,
};
const customer = (customerId: number, about: Partial<KnownCustomer>): KnownCustomer => ({
  ...nobody,
  customerId,
  ...about,
});
const account = (accountId: string, about: Partial<KnownAccount>): KnownAccount => ({ ...blank, accountId, ...about });

function found(customers: KnownCustomer[], accounts: KnownAccount[], rejected: readonly number[] = []) {
  const [asked] = accounts;
  if (!asked) throw new Error('No account to ask for');
  const { candidates, certain } = matcher(customers, accounts).findings(asked, (id) => rejected.includes(id));
  return {
    certain: certain && [certain.customerId, certain.rule],
    candidates: candidates.map(({ customerId, rule }) => [customerId, rule]),
  };
}

describe('certain', () => {
  it('is an id of billing that the account names', () => {
    const { certain } = found([customer(1, { billingIds: ['cus_1'] })], [account('a', { billingCustomerId: 'cus_1' })]);
    expect(certain).toEqual([1, 'billing_id']);
  });

  it('is an account that the metadata of billing names', () => {
    expect(found([customer(1, { accountIds: [{ of: 'crm', id: '77' }] })], [account('77', {})]).certain).toEqual([
      1,
      'metadata',
    ]);
  });

  it('is a domain that one customer and one account have', () => {
    const customers = [customer(1, { emails: ['ap@mail.acme.example'] }), customer(2, { emails: ['x@other.example'] })];
    expect(found(customers, [account('a', { domain: 'acme.example' })]).certain).toEqual([1, 'domain']);
  });

  it('is an address that is a contact here and a billing address there, also at a mail provider', () => {
    const customers = [customer(1, { emails: ['ada@gmail.com'] })];
    expect(found(customers, [account('a', { emails: ['ada@gmail.com'] })]).certain).toEqual([1, 'email']);
  });

  it('is an id before all else: a domain that points elsewhere does not outweigh it', () => {
    const customers = [customer(1, { billingIds: ['cus_1'] }), customer(2, { emails: ['x@acme.example'] })];
    const { certain } = found(customers, [account('a', { billingCustomerId: 'cus_1', domain: 'acme.example' })]);
    expect(certain).toEqual([1, 'billing_id']);
  });
});

describe('suggested only', () => {
  it.each<[string, KnownCustomer[], KnownAccount[], unknown]>([
    [
      'a domain of two customers',
      [customer(1, { emails: ['a@acme.example'] }), customer(2, { emails: ['b@acme.example'] })],
      [account('a', { domain: 'acme.example' })],
      [
        [1, 'domain'],
        [2, 'domain'],
      ],
    ],
    [
      'a domain of two accounts',
      [customer(1, { emails: ['a@acme.example'] })],
      [account('a', { domain: 'acme.example' }), account('b', { domain: 'acme.example' })],
      [[1, 'domain']],
    ],
    [
      'an address that speaks for another customer than the domain',
      [customer(1, { emails: ['a@acme.example'] }), customer(2, { emails: ['ada@gmail.com'] })],
      [account('a', { domain: 'acme.example', emails: ['ada@gmail.com'] })],
      [
        [1, 'domain'],
        [2, 'email'],
      ],
    ],
    [
      'one id that two customers bear in two billing systems',
      [customer(1, { billingIds: ['cus_1'] }), customer(2, { billingIds: ['cus_1'] })],
      [account('a', { billingCustomerId: 'cus_1' })],
      [
        [1, 'billing_id'],
        [2, 'billing_id'],
      ],
    ],
    ['an equal name', [customer(1, { name: 'Acme GmbH' })], [account('a', { name: 'ACME, Inc.' })], [[1, 'name']]],
    [
      'a name with a slip',
      [customer(1, { name: 'Northwind Traders' })],
      [account('a', { name: 'Northwnd Traders' })],
      [[1, 'name']],
    ],
  ])('%s', (_what, customers, accounts, candidates) => {
    expect(found(customers, accounts)).toEqual({ certain: null, candidates });
  });
});

it('says where a name is too common to look for every one like it, and finds those that are equal', () => {
  const customers = Array.from({ length: 1_000 }, (_, at) => customer(at, { name: `Account ${at + 1_000}` }));
  const { findings } = matcher(customers, []);
  expect(findings(account('a', { name: 'Account 1234' }), () => false)).toMatchObject({
    candidates: [{ customerId: 234, rule: 'name', score: 1 }, {}, {}, {}, {}],
    isWhole: false,
  });
  expect(findings(account('a', { name: 'Northwind Traders' }), () => false).isWhole).toBe(true);
});

describe('not even suggested', () => {
  it('is a mail provider that many share', () => {
    const customers = [customer(1, { emails: ['ada@gmail.com'] })];
    expect(found(customers, [account('a', { domain: 'gmail.com' })]).candidates).toEqual([]);
  });

  it('is a name that is merely somewhat like another', () => {
    expect(found([customer(1, { name: 'Acme Rockets' })], [account('a', { name: 'Acme Bakery' })]).candidates).toEqual(
      [],
    );
  });

  it('is what a person has ruled out', () => {
    const customers = [customer(1, { billingIds: ['cus_1'] })];
    expect(found(customers, [account('a', { billingCustomerId: 'cus_1' })], [1])).toEqual({
      certain: null,
      candidates: [],
    });
  });
});

it.each([
  ['The Ærø Brewing Co., Ltd.', 'ærø brewing'],
  ['Müller & Söhne GmbH', 'muller sohne'],
  ['GmbH', 'gmbh'],
  ['株式会社 ベビー', '株式会社 ヘヒー'],
])('compares %s as “%s”', (name, comparable) => {
  expect(comparableName(name)).toBe(comparable);
});

it('calls equal names wholly alike, and names without a letter in common not at all', () => {
  expect(likeness('acme', 'acme')).toBe(1);
  expect(likeness('acme', 'zzzz')).toBe(0);
});

it.each([
  ['billing@eu.mail.acme.co.uk', 'acme.co.uk'],
  ['www.acme.de', 'acme.de'],
  ['someone@outlook.com', null],
  ['localhost', null],
  ['', null],
])('takes %s for the company %s', (address, domain) => {
  expect(companyDomain(address)).toBe(domain);
});
