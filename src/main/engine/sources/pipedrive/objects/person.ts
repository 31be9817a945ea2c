/** Persons: who is spoken to at an organisation. */
import { z } from 'zod';
import { objectType } from '../../kit/index.ts';
import { Id, instantOf, OptionalId, optionalInstant, OptionalText, Texts } from './values.ts';

const PersonSchema = z.object({
  id: Id,
  name: OptionalText,
  owner_id: OptionalId,
  org_id: OptionalId,
  add_time: z.string(),
  /** When it was deleted, put in by the stream. */
  deleted_at: OptionalText,
  job_title: OptionalText,
  emails: z
    .array(z.object({ value: OptionalText, primary: z.boolean().default(false) }))
    .nullish()
    .transform((value) => value ?? []),
  custom: Texts,
});

export const personType = objectType({
  type: 'crm_contact',
  version: 1,
  schema: PersonSchema,
  id: ({ id }) => id,
  normalise: ({ id, name, owner_id, org_id, add_time, deleted_at, job_title, emails, custom }) => {
    const email = (emails.find(({ primary, value }) => primary && value !== null) ?? emails[0])?.value ?? null;
    return [
      {
        kind: 'crm_contact',
        value: {
          id,
          accountId: org_id,
          name,
          email: email?.trim().toLowerCase() ?? null,
          title: job_title,
          ownerId: owner_id,
          createdAt: instantOf(add_time, 'add_time'),
          deletedAt: optionalInstant(deleted_at, 'deleted_at'),
          fields: custom,
        },
      },
    ];
  },
});
