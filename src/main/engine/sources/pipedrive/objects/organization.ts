/** Organisations. */
import { z } from 'zod';
import { domainOf, objectType } from '../../kit/index.ts';
import { Id, instantOf, OptionalId, optionalInstant, OptionalNumber, OptionalText, Texts } from './values.ts';

const OrganizationSchema = z.object({
  id: Id,
  name: OptionalText,
  owner_id: OptionalId,
  add_time: z.string(),
  /** When it was deleted, put in by the stream. */
  deleted_at: OptionalText,
  website: OptionalText,
  address: z
    .object({ country: OptionalText })
    .nullish()
    .transform((value) => value ?? { country: null }),
  /** The label of the option. */
  industry: OptionalText,
  employee_count: OptionalNumber,
  custom: Texts,
});

export const organizationType = objectType({
  type: 'crm_account',
  version: 1,
  schema: OrganizationSchema,
  id: ({ id }) => id,
  normalise: (raw) => {
    const employees = Number(raw.employee_count ?? Number.NaN);
    return [
      {
        kind: 'crm_account',
        value: {
          id: raw.id,
          name: raw.name,
          domain: domainOf(raw.website),
          country: raw.address.country,
          industry: raw.industry,
          employees: Number.isSafeInteger(employees) && employees >= 0 ? employees : null,
          ownerId: raw.owner_id,
          billingCustomerId: null,
          createdAt: instantOf(raw.add_time, 'add_time'),
          deletedAt: optionalInstant(raw.deleted_at, 'deleted_at'),
          fields: raw.custom,
        },
      },
    ];
  },
});
