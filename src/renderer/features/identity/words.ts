/** How matching is talked about. */
import type {
  AccountKind,
  AccountState,
  Alike,
  IdentityDecision,
  IdentityRule,
} from '../../../shared/contract/identity.ts';

export const RULE_WORDS: Readonly<Record<IdentityRule, string>> = {
  billing_id: 'Billing id',
  metadata: 'Metadata',
  domain: 'Domain',
  email: 'E-mail',
  name: 'Name',
  hand: 'By hand',
};

export const KIND_WORDS: Readonly<Record<AccountKind, string>> = {
  crm: 'CRM',
  product: 'Product',
  support: 'Support',
};

export const ACCOUNT_TITLES: Readonly<Record<AccountState, string>> = {
  suggested: 'Accounts to confirm',
  conflicts: 'Accounts with conflicts',
  linked: 'Linked accounts',
  unlinked: 'Accounts that are no customers',
  all: 'All accounts',
};

const ALIKE_WORDS: Readonly<Record<Alike['rule'], string>> = {
  email: 'Same address',
  domain: 'Same domain',
  name: 'Same name',
};

/** @example alikeText({ rule: 'domain', value: 'acme.example', customers }) // 'Same domain: acme.example' */
export function alikeText({ rule, value }: Alike): string {
  return `${ALIKE_WORDS[rule]}: ${value}`;
}

export function decisionText(decision: IdentityDecision): string {
  const { action, recordName, recordId, customerName, fromCustomerName, records, accounts } = decision;
  const record = recordName ?? recordId;
  switch (action) {
    case 'link':
      return `${record} is ${customerName}${fromCustomerName === null ? '' : `, and no longer ${fromCustomerName}`}`;
    case 'unlink':
      return `${record} is no longer ${customerName}`;
    case 'reject':
      return `${record} is not ${customerName}`;
    case 'merge':
      return `${whatMoved(record, records, accounts)} of ${fromCustomerName ?? 'nobody'} went over to ${customerName}`;
    case 'split':
      return `${whatMoved(record, records, accounts)} was taken from ${fromCustomerName ?? 'nobody'} to ${customerName}`;
  }
}

function whatMoved(record: string, records: number, accounts: number): string {
  const more = records + accounts - 1;
  return more === 0 ? `The record ${record}` : `The record ${record} with ${more} more`;
}
