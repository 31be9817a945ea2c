/** Contacts. */
import type { CrmContact } from '../../../domain/index.ts';
import { objectType, type ObjectType } from '../../kit/index.ts';
import {
  deletedAt,
  fullName,
  furtherFields,
  instantOf,
  linkedIds,
  recordSchema,
  type HubSpotRecord,
} from './fields.ts';

export const CONTACT_PROPERTIES = [
  'firstname',
  'lastname',
  'email',
  'jobtitle',
  'hubspot_owner_id',
  'associatedcompanyid',
] as const;

export function contactType(further: readonly string[]): ObjectType {
  return objectType({
    type: 'crm_contact',
    version: 1,
    schema: recordSchema([...CONTACT_PROPERTIES, ...further]),
    id: ({ id }) => id,
    normalise: (raw) => [{ kind: 'crm_contact', value: contactOf(raw, further) }],
  });
}

function contactOf(raw: HubSpotRecord, further: readonly string[]): CrmContact {
  const { id, properties } = raw;
  return {
    id,
    accountId: properties['associatedcompanyid'] ?? linkedIds(raw, 'companies')[0] ?? null,
    name: fullName(properties, 'firstname', 'lastname'),
    email: properties['email']?.toLowerCase() ?? null,
    title: properties['jobtitle'] ?? null,
    ownerId: properties['hubspot_owner_id'] ?? null,
    createdAt: instantOf(raw.createdAt, 'createdAt'),
    deletedAt: deletedAt(raw),
    fields: furtherFields(properties, further),
  };
}
