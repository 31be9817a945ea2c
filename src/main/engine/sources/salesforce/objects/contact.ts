/** Contacts. */
import type { CrmContact } from '../../../domain/index.ts';
import { objectType, type ObjectType } from '../../kit/index.ts';
import { deletedAt, fullName, furtherFields, instantIn, recordSchema, type SalesforceRecord } from './values.ts';

export const CONTACT_FIELDS = ['FirstName', 'LastName', 'Email', 'Title', 'AccountId', 'OwnerId'] as const;

export function contactType(further: readonly string[]): ObjectType {
  return objectType({
    type: 'crm_contact',
    version: 1,
    schema: recordSchema([...CONTACT_FIELDS, ...further]),
    id: ({ id }) => id,
    normalise: (raw) => [{ kind: 'crm_contact', value: contactOf(raw) }],
  });
}

function contactOf({ id, fields }: SalesforceRecord): CrmContact {
  return {
    id,
    accountId: fields['AccountId'] ?? null,
    name: fullName(fields),
    email: fields['Email']?.toLowerCase() ?? null,
    title: fields['Title'] ?? null,
    ownerId: fields['OwnerId'] ?? null,
    createdAt: instantIn(fields, 'CreatedDate'),
    deletedAt: deletedAt(fields),
    fields: furtherFields(fields, CONTACT_FIELDS),
  };
}
