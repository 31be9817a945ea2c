/** What the signed-in user must be allowed to read, and how that is found out. */
import type { Scope } from '../kit/index.ts';

export interface ProbedScope extends Scope {
  /** The object that must be among those that the user may query; null for a scope of OAuth, without which nothing works. */
  readonly probe: string | null;
}

/**
 * Salesforce's OAuth has no scope for reading alone: what is read-only is the user. A user of Vario's own with a
 * permission set of these rights (API Enabled; Read and View All on the objects) can change nothing.
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_tokens_scopes.htm
 */
export const SCOPES: readonly ProbedScope[] = [
  {
    id: 'api',
    title: 'OAuth scope “Manage user data via APIs (api)”',
    why: 'Salesforce has no read-only scope: let a user sign in whose permission set grants reading alone (API Enabled; Read and View All on the objects below)',
    required: true,
    probe: null,
  },
  {
    id: 'refresh_token',
    title: 'OAuth scope “Perform requests at any time (refresh_token, offline_access)”',
    why: 'staying connected; an access token alone ends after some hours',
    required: true,
    probe: null,
  },
  {
    id: 'Opportunity',
    title: 'Opportunities: Read, View All',
    why: 'the pipeline, bookings and win rates',
    required: true,
    probe: 'Opportunity',
  },
  {
    id: 'Account',
    title: 'Accounts: Read, View All',
    why: 'which customer an opportunity belongs to',
    required: true,
    probe: 'Account',
  },
  {
    id: 'Contact',
    title: 'Contacts: Read, View All',
    why: 'who is spoken to, and matching by e-mail',
    required: false,
    probe: 'Contact',
  },
  {
    id: 'OpportunityLineItem',
    title: 'Products and price books: Read',
    why: 'which products are on an opportunity',
    required: false,
    probe: 'OpportunityLineItem',
  },
  {
    id: 'User',
    title: 'Users: View All Users',
    why: 'who works on which opportunity',
    required: false,
    probe: 'User',
  },
  {
    id: 'Task',
    title: 'Activities: Read',
    why: 'what is due next on an opportunity',
    required: false,
    probe: 'Task',
  },
];
