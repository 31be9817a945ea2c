/** What a private app's token must be allowed to read, and how that is found out. */
import type { Scope } from '../kit/index.ts';

export interface ProbedScope extends Scope {
  /** The kind of object whose list tells whether the scope is there; null: the list of owners. */
  readonly probe: string | null;
}

/** https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes */
export const SCOPES: readonly ProbedScope[] = [
  {
    id: 'crm.objects.deals.read',
    title: 'Deals: read',
    why: 'the pipeline, bookings and win rates',
    required: true,
    probe: 'deals',
  },
  {
    id: 'crm.objects.companies.read',
    title: 'Companies: read',
    why: 'which customer a deal belongs to',
    required: true,
    probe: 'companies',
  },
  {
    id: 'crm.objects.contacts.read',
    title: 'Contacts: read',
    why: 'who is spoken to, and matching by e-mail',
    required: false,
    probe: 'contacts',
  },
  {
    id: 'crm.objects.line_items.read',
    title: 'Line items: read',
    why: 'which products are on a deal',
    required: false,
    probe: 'line_items',
  },
  {
    id: 'crm.objects.owners.read',
    title: 'Owners: read',
    why: 'who works on which deal',
    required: false,
    probe: null,
  },
];
