/** What a further field of a sales system is called, as every CRM source tells it. */
import { z } from 'zod';
import { objectType } from './object-type.ts';

export const crmFieldType = objectType({
  type: 'crm_field',
  version: 1,
  schema: z.object({
    object: z.enum(['account', 'contact', 'deal']),
    /** As in the facts' `fields`. */
    key: z.string().min(1).max(200),
    label: z.string().max(1_000),
    type: z.string().max(100),
  }),
  id: ({ object, key }) => `${object}/${key}`,
  normalise: (value) => [{ kind: 'crm_field', value }],
});
