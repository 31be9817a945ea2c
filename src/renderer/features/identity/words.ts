/** How matching is talked about. */
import type { IdentityDecision, IdentityRule } from '../../../shared/contract/identity.ts';

export const RULE_WORDS: Readonly<Record<IdentityRule, string>> = {
  billing_id: 'Billing id',
  metadata: 'Metadata',
  domain: 'Domain',
  email: 'E-mail',
  name: 'Name',
  hand: 'By hand',
};

export function decisionText({
  action,
  recordName,
  recordId,
  customerName,
  fromCustomerName,
}: IdentityDecision): string {
  const record = recordName ?? recordId;
  switch (action) {
    case 'link':
      return `${record} is ${customerName}${fromCustomerName === null ? '' : `, and no longer ${fromCustomerName}`}`;
    case 'unlink':
      return `${record} is no longer ${customerName}`;
    case 'reject':
      return `${record} is not ${customerName}`;
    case 'merge':
      return `The record ${record} of ${fromCustomerName ?? 'nobody'} went over to ${customerName}`;
    case 'split':
      return `The record ${record} was taken from ${fromCustomerName ?? 'nobody'} to ${customerName}`;
  }
}
