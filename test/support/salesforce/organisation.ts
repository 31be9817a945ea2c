/** An organisation in memory: its objects with their fields, its records, and what may happen to them. */
import { addMs, isoOfInstant, MINUTE_MS, type Instant } from '../../../src/shared/kernel/instant.ts';

export type Row = Record<string, unknown> & { Id: string };

/** Fields by name, with Salesforce's types; an object that is not here is hidden. */
export const SHAPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Organization: { Name: 'string', IsSandbox: 'boolean', TimeZoneSidKey: 'picklist' },
  User: { Name: 'string', Email: 'email', IsActive: 'boolean', UserType: 'picklist', UserRoleId: 'reference' },
  OpportunityStage: {
    ApiName: 'string',
    MasterLabel: 'string',
    SortOrder: 'int',
    IsActive: 'boolean',
    IsClosed: 'boolean',
    IsWon: 'boolean',
    DefaultProbability: 'percent',
  },
  RecordType: { Name: 'string', IsActive: 'boolean', SobjectType: 'picklist' },
  Territory2: { Name: 'string', ParentTerritory2Id: 'reference' },
  Account: {
    Name: 'string',
    Website: 'url',
    BillingCountry: 'string',
    Industry: 'picklist',
    NumberOfEmployees: 'int',
    OwnerId: 'reference',
    MasterRecordId: 'reference',
    Type: 'picklist',
    Stripe_Customer__c: 'string',
    Segment__c: 'picklist',
    Story__c: 'textarea',
  },
  Contact: {
    FirstName: 'string',
    LastName: 'string',
    Email: 'email',
    Title: 'string',
    AccountId: 'reference',
    OwnerId: 'reference',
  },
  Opportunity: {
    Name: 'string',
    AccountId: 'reference',
    OwnerId: 'reference',
    RecordTypeId: 'reference',
    StageName: 'picklist',
    Amount: 'currency',
    CloseDate: 'date',
    LastActivityDate: 'date',
    Territory2Id: 'reference',
    LeadSource: 'picklist',
    Loss_Reason__c: 'picklist',
  },
  OpportunityLineItem: {
    OpportunityId: 'reference',
    Product2Id: 'reference',
    Name: 'string',
    Quantity: 'double',
    TotalPrice: 'currency',
  },
  OpportunityHistory: { OpportunityId: 'reference', StageName: 'picklist', Amount: 'currency', CloseDate: 'date' },
  OpportunityFieldHistory: { OpportunityId: 'reference', Field: 'picklist', OldValue: 'anyType', NewValue: 'anyType' },
  OpportunityContactRole: { OpportunityId: 'reference', ContactId: 'reference', IsPrimary: 'boolean' },
  Task: { WhatId: 'reference', ActivityDate: 'date', IsClosed: 'boolean' },
  Event: { WhatId: 'reference', ActivityDate: 'date' },
};

/** Every object has these. */
const SYSTEM: Readonly<Record<string, string>> = {
  Id: 'id',
  IsDeleted: 'boolean',
  CreatedDate: 'datetime',
  SystemModstamp: 'datetime',
};
/** Histories of fields know no time of change but that of creation. */
const WITHOUT_MODSTAMP = new Set(['OpportunityFieldHistory']);
const WITH_CURRENCY = new Set(['Account', 'Contact', 'Opportunity', 'OpportunityLineItem', 'OpportunityHistory']);
export const PREFIXES: Readonly<Record<string, string>> = {
  Account: '001',
  Contact: '003',
  User: '005',
  Opportunity: '006',
  OpportunityLineItem: '00k',
  OpportunityHistory: '008',
  OpportunityFieldHistory: '017',
  OpportunityContactRole: '00K',
  OpportunityStage: '01J',
  Organization: '00D',
  RecordType: '012',
  Territory2: '0MI',
  Task: '00T',
  Event: '00U',
};

export interface OrganisationOptions {
  readonly now: Instant;
  /** With it every amount names its currency. */
  readonly isMultiCurrency?: boolean;
  readonly hidden?: readonly string[];
}

/** Salesforce's own way to write a moment, to the second. */
export function moment(at: Instant): string {
  return isoOfInstant(at).replace(/\.\d{3}Z$/, '.000+0000');
}

export function createOrganisation({ now, isMultiCurrency = false, hidden = [] }: OrganisationOptions) {
  const tables = new Map<string, Map<string, Row>>(Object.keys(SHAPES).map((name) => [name, new Map()]));
  /** The log of deletions, which also knows what has left the recycle bin. */
  const log: { object: string; id: string; at: string }[] = [];
  const concealed = new Set(hidden);
  let clock = now;
  let serial = 0;

  function tableOf(object: string): Map<string, Row> {
    const table = tables.get(object);
    if (!table) throw new Error(`There is no ${object}`);
    return table;
  }
  function rowOf(object: string, id: string): Row {
    const row = tableOf(object).get(id);
    if (!row) throw new Error(`There is no ${object} ${id}`);
    return row;
  }
  function insert(object: string, values: Readonly<Record<string, unknown>>, at: Instant = clock): string {
    serial += 1;
    const id = `${PREFIXES[object] ?? '0XX'}${String(serial).padStart(12, '0')}AAA`;
    tableOf(object).set(id, {
      Id: id,
      IsDeleted: false,
      CreatedDate: moment(at),
      SystemModstamp: moment(at),
      ...values,
    });
    return id;
  }
  function update(object: string, id: string, values: Readonly<Record<string, unknown>>): void {
    Object.assign(rowOf(object, id), values, { SystemModstamp: moment(clock) });
  }
  function remove(object: string, id: string): void {
    update(object, id, { IsDeleted: true });
    log.push({ object, id, at: moment(clock) });
  }

  return {
    isMultiCurrency,
    now: () => clock,
    /** A moment passes: whatever happens next has a later time. */
    pass(ms: number = MINUTE_MS): void {
      clock = addMs(clock, ms);
    },
    insert,
    update,
    remove,
    rows: (object: string) => [...tableOf(object).values()],
    row: rowOf,
    has: (object: string) => tables.has(object) && !concealed.has(object),
    hide: (object: string) => void concealed.add(object),
    show: (object: string) => void concealed.delete(object),
    fieldsOf: (object: string): Readonly<Record<string, string>> => {
      const { SystemModstamp: modstamp, ...others } = SYSTEM;
      return {
        ...others,
        ...(WITHOUT_MODSTAMP.has(object) ? {} : { SystemModstamp: modstamp ?? '' }),
        ...(isMultiCurrency && WITH_CURRENCY.has(object) ? { CurrencyIsoCode: 'picklist' } : {}),
        ...SHAPES[object],
      };
    },
    log: (object: string) => log.filter((entry) => entry.object === object),
    undelete: (object: string, id: string) => update(object, id, { IsDeleted: false }),
    /** Deleted, and gone from the recycle bin as well. */
    purge(object: string, id: string): void {
      remove(object, id);
      tableOf(object).delete(id);
    },
    /** Gone from one moment to the next, without a word in the log: as what a sharing rule hides. */
    vanish: (object: string, id: string) => void tableOf(object).delete(id),
    /** One account takes the other's contacts and opportunities; the other goes into the bin. */
    merge(winner: string, loser: string): void {
      for (const object of ['Contact', 'Opportunity'])
        for (const row of tableOf(object).values())
          if (row['AccountId'] === loser) update(object, row.Id, { AccountId: winner });
      update('Account', loser, { MasterRecordId: winner });
      remove('Account', loser);
    },
    /** Moves an opportunity on, with its history. */
    moveTo(id: string, stage: string): void {
      const before = rowOf('Opportunity', id)['StageName'];
      update('Opportunity', id, { StageName: stage });
      const { Amount, CloseDate } = rowOf('Opportunity', id);
      insert('OpportunityHistory', { OpportunityId: id, StageName: stage, Amount, CloseDate });
      insert('OpportunityFieldHistory', { OpportunityId: id, Field: 'StageName', OldValue: before, NewValue: stage });
    },
  };
}
export type SalesforceOrganisation = ReturnType<typeof createOrganisation>;
