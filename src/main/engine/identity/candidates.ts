/** Who an account may be, by each kind of evidence, strongest first. Pure: reads and writes nothing. */
import { companyDomain } from './mail-domain.ts';
import type { KnownAccount, KnownCustomer } from './records.ts';
import { comparableName } from './company-name.ts';
import { namesAmong, type ComparedNames } from './compared-names.ts';
import type { Likenesses } from './similar-names.ts';

export type Rule = 'billing_id' | 'metadata' | 'domain' | 'email' | 'name';

export interface Candidate {
  readonly customerId: number;
  readonly rule: Rule;
  /** 1 for anything but names. */
  readonly score: number;
  /** A sentence without full stop. */
  readonly evidence: string;
}

export interface Findings {
  /** In the order of rules; names are only looked for where nobody is certain. */
  readonly candidates: readonly Candidate[];
  /** The one that is beyond doubt, or null: then a person has to say. */
  readonly certain: Candidate | null;
  /** False where the account's name is made of parts too common to look for every name like it. */
  readonly isWhole: boolean;
}

const MOST_CANDIDATES = 5;

/**
 * Looks customers up by every kind of evidence. An id that one system keeps of
 * the other is certain; a domain or an address is certain where it belongs to
 * one customer and to one account of its source only and nothing speaks for
 * somebody else; a name never is. `accounts` are all that are alive, linked or not.
 * @param byName customers whose names are like an account's; default: all are compared.
 */
export function matcher(
  customers: readonly KnownCustomer[],
  accounts: readonly KnownAccount[],
  byName: ComparedNames['like'] = among(customers),
) {
  const byBillingId = index(customers, ({ billingIds }) => billingIds);
  const byAccountId = index(customers, ({ accountIds }) => accountIds.map(({ id }) => id));
  const byEmail = index(customers, ({ emails }) => emails);
  const byDomain = index(customers, ({ emails }) => emails.map(companyDomain));
  const ofDomain = index(accounts, (account) => [inSource(account, companyDomain(account.domain))]);
  const ofEmail = index(accounts, (account) => account.emails.map((email) => inSource(account, email)));

  /** By an id that billing knows of the account, or the account of billing: whoever is found is told by a system, not guessed. */
  function told(account: KnownAccount): Candidate[] {
    const ids = [account.billingCustomerId, account.ownId].filter((id) => id !== null && isTelling(id));
    return [
      ...[...new Set([account.billingCustomerId, ...ids])].flatMap((id) =>
        (byBillingId.get(id ?? '') ?? []).map(({ customerId }) => ({
          customerId,
          rule: 'billing_id' as const,
          score: 1,
          evidence: `The account names ${id} as its billing customer`,
        })),
      ),
      ...namedInMetadata(account).map(({ customerId }) => ({
        customerId,
        rule: 'metadata' as const,
        score: 1,
        evidence: `The billing customer's metadata names the account ${account.ownId ?? account.accountId}`,
      })),
    ];
  }

  /** A key of metadata that names a vendor speaks of that vendor's accounts only: ids of others may be equal by chance. */
  function namedInMetadata(account: KnownAccount): KnownCustomer[] {
    const speaksOf = (id: string | null) =>
      id === null
        ? []
        : (byAccountId.get(id) ?? []).filter(({ accountIds }) =>
            accountIds.some((known) => known.id === id && names(known.of, account, id)),
          );
    const ids = [account.accountId, shorterId(account.accountId), account.ownId];
    return [...new Set(ids.flatMap(speaksOf))];
  }

  function findings(account: KnownAccount, isRejected: (customerId: number) => boolean): Findings {
    const domain = companyDomain(account.domain);
    const strong: Candidate[] = [
      ...told(account),
      ...(domain === null ? [] : (byDomain.get(domain) ?? [])).map(({ customerId }) => ({
        customerId,
        rule: 'domain' as const,
        score: 1,
        evidence: `Both belong to ${domain}`,
      })),
      ...account.emails.flatMap((email) =>
        (byEmail.get(email) ?? []).map(({ customerId }) => ({
          customerId,
          rule: 'email' as const,
          score: 1,
          evidence: `${email} is a contact of the account and the customer's billing address`,
        })),
      ),
    ].filter(({ customerId }) => !isRejected(customerId));
    const certain = certainOf(firstOfEach(strong), account, domain);
    if (certain !== null || account.name === null) return { candidates: most(strong), certain, isWhole: true };
    const named = byName(account, strong.length > 0);
    const called = alike(named).filter(({ customerId }) => !isRejected(customerId));
    return { candidates: most([...strong, ...called]), certain, isWhole: named.isWhole };
  }

  function certainOf(strong: readonly Candidate[], account: KnownAccount, domain: string | null): Candidate | null {
    const byId = strong.filter(({ rule }) => rule === 'billing_id' || rule === 'metadata');
    if (byId.length > 0) return byId.length === 1 ? (byId[0] ?? null) : null;
    const [only] = strong;
    if (only === undefined || strong.length > 1) return null;
    const isUnique =
      only.rule === 'domain'
        ? ofDomain.get(inSource(account, domain) ?? '')?.length === 1
        : account.emails.every((email) => ofEmail.get(inSource(account, email) ?? '')?.length === 1);
    return isUnique ? only : null;
  }

  return {
    findings,
    /** Of an account that is linked: those of whom an id says that it is them instead. */
    contradictions: (account: KnownAccount, linkedTo: number): Candidate[] =>
      firstOfEach(told(account)).filter(({ customerId }) => customerId !== linkedTo),
  };
}

function among(customers: readonly KnownCustomer[]): ComparedNames['like'] {
  const similar = namesAmong(customers);
  return ({ name }) => similar(comparableName(name ?? ''));
}

function inSource({ sourceId }: KnownAccount, value: string | null): string | null {
  return value === null ? null : `${sourceId} ${value}`;
}

/** Short ids and plain numbers below a million are equal in two systems by chance. */
function isTelling(id: string): boolean {
  return id.length >= 7;
}

/** Whether what a key of metadata names can be this account, by its id or by the founder's own. */
function names(of: string, account: KnownAccount, id: string): boolean {
  const isIts = id === account.accountId || id === shorterId(account.accountId);
  if (of === account.vendor) return isIts;
  if (of === 'crm') return account.kind === 'crm' && isIts;
  return of === 'own' && id === account.ownId && isTelling(id);
}

/**
 * Salesforce writes an account's id with 18 characters, the last three of which only guard against changes of case;
 * reports and pages show the first 15, and those are what people copy. Null for an id of another kind.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
 */
function shorterId(accountId: string): string | null {
  return /^001[A-Za-z0-9]{15}$/.test(accountId) ? accountId.slice(0, 15) : null;
}

function alike({ similar }: Likenesses<KnownCustomer>): Candidate[] {
  return similar.map(({ named: { customerId, name }, score }) => ({
    customerId,
    rule: 'name' as const,
    score,
    evidence: score === 1 ? `Both are called ${name}` : `The name is like ${name}`,
  }));
}

function most(candidates: readonly Candidate[]): Candidate[] {
  return firstOfEach(candidates).slice(0, MOST_CANDIDATES);
}

function firstOfEach(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<number>();
  return candidates.filter(({ customerId }) => !seen.has(customerId) && seen.add(customerId));
}

function index<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly (string | null)[],
): ReadonlyMap<string, readonly Item[]> {
  const map = new Map<string, Item[]>();
  for (const item of items)
    for (const key of new Set(keysOf(item))) {
      if (key === null || key === '') continue;
      const held = map.get(key);
      if (held) held.push(item);
      else map.set(key, [item]);
    }
  return map;
}
