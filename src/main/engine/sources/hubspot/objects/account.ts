/** Companies. */
import type { CrmAccount } from '../../../domain/index.ts';
import { domainOf, objectType, type ObjectType } from '../../kit/index.ts';
import { deletedAt, furtherFields, instantOf, recordSchema, type HubSpotRecord } from './fields.ts';

export const ACCOUNT_PROPERTIES = [
  'name',
  'domain',
  'country',
  'industry',
  'numberofemployees',
  'hubspot_owner_id',
] as const;

/** @param customerIdProperty the field in which the founder keeps the billing system's id, or null. */
export function accountType(customerIdProperty: string | null, further: readonly string[]): ObjectType {
  return objectType({
    type: 'crm_account',
    version: 1,
    schema: recordSchema([
      ...ACCOUNT_PROPERTIES,
      ...(customerIdProperty === null ? [] : [customerIdProperty]),
      ...further,
    ]),
    id: ({ id }) => id,
    normalise: (raw) => [{ kind: 'crm_account', value: accountOf(raw, customerIdProperty, further) }],
  });
}

function accountOf(raw: HubSpotRecord, customerIdProperty: string | null, further: readonly string[]): CrmAccount {
  const { id, properties } = raw;
  const employees = Number(properties['numberofemployees'] ?? Number.NaN);
  return {
    id,
    name: properties['name'] ?? null,
    domain: domainOf(properties['domain']),
    country: properties['country'] ?? null,
    industry: properties['industry'] ?? null,
    employees: Number.isSafeInteger(employees) && employees >= 0 ? employees : null,
    ownerId: properties['hubspot_owner_id'] ?? null,
    billingCustomerId: customerIdProperty === null ? null : (properties[customerIdProperty]?.trim() ?? null),
    createdAt: instantOf(raw.createdAt, 'createdAt'),
    deletedAt: deletedAt(raw),
    fields: furtherFields(properties, further),
  };
}
