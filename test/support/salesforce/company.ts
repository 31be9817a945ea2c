/** A small sales team's organisation: two record types, ten accounts, twenty opportunities with their history. */
import { addDays, dayAt, UTC } from '../../../src/shared/kernel/day.ts';
import { addMs, DAY_MS, type Instant } from '../../../src/shared/kernel/instant.ts';
import { createOrganisation, type OrganisationOptions, type SalesforceOrganisation } from './organisation.ts';

export const ORGANISATION_NAME = 'Kestrel Sales';
export const CORPORATE_CURRENCY = 'EUR';

const STAGES = [
  ['Prospecting', 10, false, false],
  ['Proposal', 50, false, false],
  ['Negotiation', 80, false, false],
  ['Closed Won', 100, true, true],
  ['Closed Lost', 0, true, false],
] as const;
const NAMES = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Ginkgo', 'Hazel', 'Ivy', 'Juniper'];
const OPPORTUNITIES = 20;

export function smallCompany(options: OrganisationOptions): SalesforceOrganisation {
  const org = createOrganisation(options);
  const { now } = options;
  const daysAgo = (days: number): Instant => addMs(now, -days * DAY_MS);
  const today = dayAt(now, UTC);
  const currency = (code: string) => (options.isMultiCurrency ? { CurrencyIsoCode: code } : {});
  org.insert(
    'Organization',
    { Name: ORGANISATION_NAME, IsSandbox: false, TimeZoneSidKey: 'Europe/Berlin' },
    daysAgo(900),
  );
  const users = ['Ada Owner', 'Ben Rep'].map((Name, index) =>
    org.insert(
      'User',
      {
        Name,
        Email: `${Name.split(' ')[0]?.toLowerCase()}@Kestrel.example`,
        IsActive: index === 0,
        UserType: 'Standard',
        UserRole: index === 0 ? { attributes: { type: 'UserRole' }, Name: 'EMEA' } : null,
      },
      daysAgo(800),
    ),
  );
  org.insert(
    'User',
    { Name: 'A customer', Email: null, IsActive: true, UserType: 'CspLitePortal', UserRole: null },
    daysAgo(700),
  );
  STAGES.forEach(([ApiName, DefaultProbability, IsClosed, IsWon], SortOrder) =>
    org.insert('OpportunityStage', {
      ApiName,
      MasterLabel: ApiName.toUpperCase(),
      SortOrder,
      IsActive: true,
      IsClosed,
      IsWon,
      DefaultProbability,
    }),
  );
  const [renewals = ''] = ['Renewals', 'New business'].map((Name) =>
    org.insert('RecordType', { Name, IsActive: true, SobjectType: 'Opportunity' }),
  );
  const world = org.insert('Territory2', { Name: 'World', ParentTerritory2Id: null });
  const north = org.insert('Territory2', { Name: 'North', ParentTerritory2Id: world });
  const accounts = NAMES.map((name, index) =>
    org.insert(
      'Account',
      {
        Name: `${name} Ltd`,
        Website: `https://www.${name.toLowerCase()}.example/start`,
        BillingCountry: 'Germany',
        Industry: 'Software',
        NumberOfEmployees: 10 * (index + 1),
        OwnerId: users[index % 2],
        Type: 'Customer',
        Stripe_Customer__c: index === 0 ? 'cus_alder' : null,
        Segment__c: index % 2 === 0 ? 'Mid-market' : null,
        Story__c: 'A long text that nobody needs',
        ...currency('EUR'),
      },
      daysAgo(300 - index),
    ),
  );
  const contacts = accounts.map((AccountId, index) =>
    org.insert(
      'Contact',
      {
        FirstName: 'Con',
        LastName: `Tact${index}`,
        Email: `con${index}@Alder.example`,
        Title: 'CFO',
        AccountId,
        OwnerId: users[0],
        ...currency('EUR'),
      },
      daysAgo(200 - index),
    ),
  );
  for (let index = 0; index < OPPORTUNITIES; index += 1) {
    const born = daysAgo(150 - index);
    const isYen = options.isMultiCurrency && index % 5 === 0;
    const code = isYen ? 'JPY' : 'EUR';
    const Amount = isYen ? 90_000 + index : 1_200.5 + index;
    const CloseDate = addDays(today, 10 - index);
    const id = org.insert(
      'Opportunity',
      {
        Name: `Deal ${index}`,
        AccountId: accounts[index % accounts.length],
        OwnerId: users[index % 2],
        RecordTypeId: index % 2 === 0 ? renewals : null,
        StageName: 'Prospecting',
        Amount,
        CloseDate,
        LastActivityDate: addDays(today, -index),
        Territory2Id: index === 0 ? north : null,
        LeadSource: 'Web',
        Loss_Reason__c: index % 3 === 2 ? 'Price' : null,
        ...currency(code),
      },
      born,
    );
    org.insert(
      'OpportunityHistory',
      { OpportunityId: id, StageName: 'Prospecting', Amount, CloseDate, ...currency(code) },
      born,
    );
    org.insert(
      'OpportunityFieldHistory',
      { OpportunityId: id, Field: 'created', OldValue: null, NewValue: null },
      born,
    );
    const moved = addMs(born, 10 * DAY_MS);
    const stage = ['Proposal', 'Closed Won', 'Closed Lost'][index % 3] ?? 'Proposal';
    org.row('Opportunity', id)['StageName'] = stage;
    org.insert(
      'OpportunityHistory',
      { OpportunityId: id, StageName: 'Prospecting', Amount: 1, CloseDate, ...currency(code) },
      addMs(born, DAY_MS),
    );
    org.insert(
      'OpportunityHistory',
      { OpportunityId: id, StageName: stage, Amount, CloseDate, ...currency(code) },
      moved,
    );
    org.insert(
      'OpportunityFieldHistory',
      { OpportunityId: id, Field: 'StageName', OldValue: 'Prospecting', NewValue: stage },
      moved,
    );
    org.insert(
      'OpportunityLineItem',
      {
        OpportunityId: id,
        Product2Id: '01t000000000001AAA',
        Product2: { attributes: { type: 'Product2' }, Name: 'Seats' },
        Name: `Deal ${index} Seats`,
        Quantity: 2,
        TotalPrice: Amount,
        ...currency(code),
      },
      born,
    );
  }
  const [first = '', second = ''] = org.rows('Opportunity').map(({ Id }) => Id);
  org.insert(
    'OpportunityContactRole',
    { OpportunityId: first, ContactId: contacts[1], IsPrimary: false },
    daysAgo(100),
  );
  org.insert('OpportunityContactRole', { OpportunityId: first, ContactId: contacts[0], IsPrimary: true }, daysAgo(100));
  org.insert('Task', { WhatId: first, ActivityDate: addDays(today, 3), IsClosed: false }, daysAgo(9));
  org.insert('Task', { WhatId: first, ActivityDate: addDays(today, 1), IsClosed: true }, daysAgo(9));
  org.insert('Event', { WhatId: first, ActivityDate: addDays(today, 2) }, daysAgo(9));
  org.insert('Event', { WhatId: second, ActivityDate: addDays(today, -2) }, daysAgo(9));
  return org;
}
