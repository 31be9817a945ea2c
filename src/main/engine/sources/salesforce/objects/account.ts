/** Accounts. */
import type { CrmAccount } from '../../../domain/index.ts';
import { domainOf, objectType, type ObjectType } from '../../kit/index.ts';
import { deletedAt, furtherFields, instantIn, recordSchema, type SalesforceRecord } from './values.ts';

export const ACCOUNT_FIELDS = [
  'Name',
  'Website',
  'BillingCountry',
  'Industry',
  'NumberOfEmployees',
  'OwnerId',
] as const;

/** @param customerIdField the field in which the founder keeps the billing system's id, or null. */
export function accountType(customerIdField: string | null, further: readonly string[]): ObjectType {
  const named = [...ACCOUNT_FIELDS, ...(customerIdField === null ? [] : [customerIdField])];
  return objectType({
    type: 'crm_account',
    version: 1,
    schema: recordSchema([...named, ...further]),
    id: ({ id }) => id,
    normalise: (raw) => [{ kind: 'crm_account', value: accountOf(raw, customerIdField) }],
  });
}

function accountOf({ id, fields }: SalesforceRecord, customerIdField: string | null): CrmAccount {
  const employees = Number(fields['NumberOfEmployees'] ?? Number.NaN);
  return {
    id,
    name: fields['Name'] ?? null,
    domain: domainOf(fields['Website']),
    country: fields['BillingCountry'] ?? null,
    industry: fields['Industry'] ?? null,
    employees: Number.isSafeInteger(employees) && employees >= 0 ? employees : null,
    ownerId: fields['OwnerId'] ?? null,
    billingCustomerId: customerIdField === null ? null : (fields[customerIdField]?.trim() ?? null),
    createdAt: instantIn(fields, 'CreatedDate'),
    deletedAt: deletedAt(fields),
    fields: furtherFields(fields, ACCOUNT_FIELDS),
  };
}
