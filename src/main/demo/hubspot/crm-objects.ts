/** The sales story as HubSpot would hold it: objects with text properties, links between them, owners and a pipeline. */
import { isoOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import { exponentOf } from '../../../shared/kernel/currency.ts';
import { hashText } from '../scenario/random.ts';
import { stripeId } from '../stripe/ids.ts';
import type { JsonObject } from '../stripe/json.ts';
import type { Prospect, Rep, SalesDeal, SalesStory, Stage } from './sales-story.ts';

export type CrmKind = 'companies' | 'contacts' | 'deals' | 'line_items';

export interface CrmObject {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  /** Former values by property, newest first. */
  readonly history: Readonly<Record<string, readonly { readonly value: string; readonly timestamp: string }[]>>;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly archivedAt: Instant | null;
  /** Ids of linked objects by kind; the first company of a deal is its primary one. */
  readonly links: Readonly<Partial<Record<CrmKind, readonly string[]>>>;
}

export interface Crm {
  readonly objects: Readonly<Record<CrmKind, ReadonlyMap<string, CrmObject>>>;
  readonly owners: readonly (JsonObject & { readonly archived: boolean })[];
  readonly pipelines: readonly JsonObject[];
}

/** A record id: whole numbers, the same for the same thing. */
export function recordId(kind: string, key: string): string {
  const [high, low] = hashText(`${kind}/${key}`);
  return String(10_000_000_000 + (high % 1_000_000) * 1_000_000 + (low % 1_000_000));
}

export const PIPELINE_ID = 'default';

const STAGE_SETTING: Readonly<Record<Stage, { label: string; probability: string; closed: boolean }>> = {
  qualified: { label: 'Qualified', probability: '0.2', closed: false },
  demo: { label: 'Demo given', probability: '0.4', closed: false },
  proposal: { label: 'Proposal sent', probability: '0.6', closed: false },
  negotiation: { label: 'In negotiation', probability: '0.8', closed: false },
  closedwon: { label: 'Closed won', probability: '1.0', closed: true },
  closedlost: { label: 'Closed lost', probability: '0.0', closed: true },
};

export function crmObjects(story: SalesStory, foundedAt: Instant): Crm {
  const companies = new Map<string, CrmObject>();
  const contacts = new Map<string, CrmObject>();
  const deals = new Map<string, CrmObject>();
  const lines = new Map<string, CrmObject>();
  const ownerOf = new Map(story.deals.map(({ prospect, rep }) => [prospect.key, recordId('owner', rep.key)]));
  for (const prospect of story.prospects) {
    const company = companyObject(prospect, ownerOf.get(prospect.key) ?? null);
    companies.set(company.id, company);
    const contact = contactObject(prospect, company.id);
    contacts.set(contact.id, contact);
  }
  for (const deal of story.deals) {
    const object = dealObject(deal);
    deals.set(object.id, object);
    for (const line of deal.lines) {
      const item = lineObject(line, deal, object.id);
      lines.set(item.id, item);
    }
  }
  return {
    objects: { companies, contacts, deals, line_items: lines },
    owners: story.reps.map((rep, index) => ownerObject(rep, index)),
    pipelines: [pipelineObject(foundedAt)],
  };
}

/** A few companies were typed in by hand: without a web site, an address or an id, their name is all there is. */
function isTypedByHand({ key, life }: Prospect): boolean {
  return life?.channel === 'self_serve' && hashText(`typed/${key}`)[0] % 11 === 0;
}

/** Two companies in three have the field filled in: the rest is found by domain. */
function billingIdOf(prospect: Prospect): string | null {
  const { key, life } = prospect;
  return life !== null && !isTypedByHand(prospect) && hashText(`crm/${key}`)[0] % 3 > 0
    ? stripeId('cus', key, 14)
    : null;
}

function companyObject(prospect: Prospect, ownerId: string | null): CrmObject {
  const { key, company, email, country, createdAt } = prospect;
  return {
    id: recordId('company', key),
    properties: {
      name: isTypedByHand(prospect) ? `${company} Ltd.` : company,
      domain: isTypedByHand(prospect) ? null : (email.split('@')[1] ?? null),
      country,
      industry: 'COMPUTER_SOFTWARE',
      numberofemployees: String(employeesOf(key)),
      hubspot_owner_id: ownerId,
      stripe_customer_id: billingIdOf(prospect),
      sales_segment: segmentOf(employeesOf(key)),
      region: REGIONS[country] ?? 'Rest of the world',
    },
    history: {},
    createdAt,
    updatedAt: createdAt,
    archivedAt: null,
    links: {},
  };
}

function employeesOf(key: string): number {
  return 12 + (hashText(key)[1] % 900);
}

function segmentOf(employees: number): string {
  if (employees < 100) return 'Small business';
  return employees < 500 ? 'Mid-market' : 'Enterprise';
}

const REGIONS: Readonly<Record<string, string>> = {
  US: 'Americas',
  CA: 'Americas',
  BR: 'Americas',
  GB: 'Europe',
  DE: 'Europe',
  FR: 'Europe',
  NL: 'Europe',
  ES: 'Europe',
  SE: 'Europe',
  CH: 'Europe',
  JP: 'Asia-Pacific',
  AU: 'Asia-Pacific',
  IN: 'Asia-Pacific',
  KW: 'Middle East',
};

const COMPETITORS = ['Northbeam', 'A spreadsheet', 'Built in-house'];

function contactObject(prospect: Prospect, companyId: string): CrmObject {
  const { key, contact, createdAt } = prospect;
  const email = isTypedByHand(prospect) ? null : prospect.email;
  return {
    id: recordId('contact', key),
    properties: {
      firstname: contact,
      lastname: null,
      email,
      jobtitle: 'Head of Operations',
      hubspot_owner_id: null,
      associatedcompanyid: companyId,
    },
    history: {},
    createdAt,
    updatedAt: createdAt,
    archivedAt: null,
    links: { companies: [companyId] },
  };
}

function dealObject(deal: SalesDeal): CrmObject {
  const { key, prospect, rep, stages } = deal;
  const last = stages.at(-1);
  const first = stages[0];
  const createdAt = first?.at ?? deal.closesAt;
  return {
    id: recordId('deal', key),
    properties: {
      dealname: deal.name,
      amount: majorText(deal.amountMinor, deal),
      deal_currency_code: deal.currency,
      pipeline: PIPELINE_ID,
      dealstage: last?.stage ?? 'qualified',
      closedate: isoOfInstant(deal.closesAt),
      closed_lost_reason: deal.lossReason,
      hubspot_owner_id: recordId('owner', rep.key),
      hs_primary_associated_company: recordId('company', prospect.key),
      competitor:
        hashText(`rival/${key}`)[0] % 3 === 0 ? (COMPETITORS[hashText(key)[1] % COMPETITORS.length] ?? null) : null,
      notes_last_contacted: isoOfInstant(deal.lastTouchedAt),
      notes_next_activity_date: null,
    },
    history: {
      dealstage: stages.map(({ stage, at }) => ({ value: stage, timestamp: isoOfInstant(at) })).toReversed(),
    },
    createdAt,
    updatedAt: (last?.at ?? createdAt) > deal.lastTouchedAt ? (last?.at ?? createdAt) : deal.lastTouchedAt,
    archivedAt: null,
    links: { companies: [recordId('company', prospect.key)], contacts: [recordId('contact', prospect.key)] },
  };
}

function lineObject(line: SalesDeal['lines'][number], deal: SalesDeal, dealId: string): CrmObject {
  const createdAt = deal.stages[0]?.at ?? deal.closesAt;
  return {
    id: recordId('line', line.key),
    properties: {
      name: line.name,
      quantity: '1',
      amount: majorText(line.amountMinor, deal),
      hs_product_id: recordId('product', line.name),
      hs_line_item_currency_code: deal.currency,
    },
    history: {},
    createdAt,
    updatedAt: createdAt,
    archivedAt: null,
    links: { deals: [dealId] },
  };
}

function majorText(minor: number, { currency }: SalesDeal): string {
  const exponent = exponentOf(currency);
  return exponent === 0 ? String(minor) : (minor / 10 ** exponent).toFixed(exponent);
}

function ownerObject({ key, firstName, lastName, team, from, until }: Rep, index: number) {
  return {
    id: recordId('owner', key),
    email: `${firstName.toLowerCase()}@kestrel.example`,
    type: 'PERSON',
    firstName,
    lastName,
    userId: 4_000 + index,
    createdAt: isoOfInstant(from),
    updatedAt: isoOfInstant(until ?? from),
    archived: until !== null,
    teams: [{ id: String(team === 'Europe' ? 2 : 1), name: team, primary: true }],
  };
}

function pipelineObject(foundedAt: Instant): JsonObject {
  const at = isoOfInstant(foundedAt);
  return {
    id: PIPELINE_ID,
    label: 'Sales pipeline',
    displayOrder: 0,
    archived: false,
    createdAt: at,
    updatedAt: at,
    stages: Object.entries(STAGE_SETTING).map(([id, { label, probability, closed }], displayOrder) => ({
      id,
      label,
      displayOrder,
      archived: false,
      createdAt: at,
      updatedAt: at,
      metadata: { isClosed: String(closed), probability },
      writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
    })),
  };
}
