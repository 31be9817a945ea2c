/** The fields that the demo portal's objects have, as HubSpot lists them: some of HubSpot's own, and those the company made. */
import type { JsonObject } from '../stripe/json.ts';
import type { CrmKind } from './crm-objects.ts';

const OWN: Readonly<Record<CrmKind, readonly (readonly [name: string, label: string, type: string])[]>> = {
  companies: [
    ['stripe_customer_id', 'Stripe customer', 'string'],
    ['sales_segment', 'Sales segment', 'enumeration'],
    ['region', 'Region', 'enumeration'],
    ['account_plan_url', 'Account plan', 'string'],
  ],
  contacts: [['buying_role', 'Buying role', 'enumeration']],
  deals: [
    ['competitor', 'Competitor', 'enumeration'],
    ['contract_months', 'Contract length in months', 'number'],
  ],
  line_items: [],
};

const HUBSPOTS: Readonly<Record<CrmKind, readonly string[]>> = {
  companies: ['name', 'domain', 'country', 'industry', 'numberofemployees', 'hubspot_owner_id'],
  contacts: ['firstname', 'lastname', 'email', 'jobtitle'],
  deals: ['dealname', 'amount', 'dealstage', 'pipeline', 'closedate', 'closed_lost_reason'],
  line_items: ['name', 'quantity', 'amount'],
};

export function propertiesOf(kind: CrmKind): JsonObject[] {
  return [
    ...HUBSPOTS[kind].map((name) => property(name, name, 'string', true)),
    ...OWN[kind].map(([name, label, type]) => property(name, label, type, false)),
  ];
}

function property(name: string, label: string, type: string, hubspotDefined: boolean): JsonObject {
  const fieldType = type === 'enumeration' ? 'select' : type === 'number' ? 'number' : 'text';
  return { name, label, type, fieldType, groupName: 'information', description: '', options: [], hubspotDefined };
}
