/** Opportunities, and the products on them. */
import { z } from 'zod';
import { dayAt } from '../../../../../shared/kernel/day.ts';
import type { Instant } from '../../../../../shared/kernel/instant.ts';
import type { CrmDeal, CrmDealLine } from '../../../domain/index.ts';
import { Misfit, objectType, typedAmount, typedCurrency, type ObjectType } from '../../kit/index.ts';
import {
  beginningOf,
  dayIn,
  dayOf,
  deletedAt,
  furtherFields,
  instantIn,
  RecordId,
  recordSchema,
  zoneOf,
  type SalesforceRecord,
} from './values.ts';

export const OPPORTUNITY_FIELDS = [
  'Name',
  'AccountId',
  'OwnerId',
  'RecordTypeId',
  'StageName',
  'Amount',
  'CloseDate',
  'LastActivityDate',
  'Territory2Id',
] as const;

/** Stands for opportunities without a record type: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_recordtype.htm */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

function opportunitySchema(further: readonly string[]) {
  return recordSchema([...OPPORTUNITY_FIELDS, ...further]).extend({
    /** From the contact roles, the primary contact first. */
    contactIds: z.array(RecordId).default([]),
    /** Days of tasks that are open and of events to come, as of the reading. */
    dueOn: z.array(z.string().max(10)).default([]),
  });
}
type Opportunity = z.output<ReturnType<typeof opportunitySchema>>;

/** @param lossReasonField a field of the organisation's own in which the reason of a loss is kept, or null. */
export function opportunityType(further: readonly string[], lossReasonField: string | null): ObjectType {
  return objectType({
    type: 'crm_deal',
    version: 1,
    schema: opportunitySchema([...further, ...(lossReasonField === null ? [] : [lossReasonField])]),
    id: ({ id }) => id,
    normalise: (raw, seenAt) => [{ kind: 'crm_deal', value: dealOf(raw, lossReasonField, seenAt) }],
    measure: (raw) => {
      const currency = currencyOf(raw);
      const minor = typedAmount(raw.fields['Amount'], currency, 'fields.Amount');
      return currency === null || minor === null ? null : { currency, minor };
    },
  });
}

/** The record's own currency in an organisation of several, else the organisation's. @throws Misfit. */
function currencyOf({ fields, org }: SalesforceRecord) {
  return typedCurrency(fields['CurrencyIsoCode'] ?? org.currency, 'fields.CurrencyIsoCode');
}

function dealOf(raw: Opportunity, lossReasonField: string | null, seenAt: Instant): CrmDeal {
  const { id, fields, org } = raw;
  const stageId = fields['StageName'];
  if (stageId === undefined) throw new Misfit('fields.StageName', '“fields.StageName” is empty');
  const currency = currencyOf(raw);
  const today = dayAt(seenAt, zoneOf(org));
  const next = raw.dueOn
    .map((day) => dayOf(day, 'dueOn'))
    .toSorted()
    .find((day) => day >= today);
  return {
    id,
    name: fields['Name'] ?? `Opportunity ${id}`,
    accountId: fields['AccountId'] ?? null,
    contactIds: raw.contactIds,
    ownerId: fields['OwnerId'] ?? null,
    pipelineId: fields['RecordTypeId'] ?? MASTER_RECORD_TYPE,
    stageId,
    amountMinor: typedAmount(fields['Amount'], currency, 'fields.Amount'),
    currency,
    closeOn: dayIn(fields, 'CloseDate'),
    createdAt: instantIn(fields, 'CreatedDate'),
    lastActivityAt: beginningOf(dayIn(fields, 'LastActivityDate'), org),
    nextActivityAt: beginningOf(next ?? null, org),
    lossReason: lossReasonField === null ? null : (fields[lossReasonField] ?? null),
    territoryId: fields['Territory2Id'] ?? null,
    // Told by the history, which is a stream of its own.
    stages: null,
    deletedAt: deletedAt(fields),
    fields: furtherFields(fields, OPPORTUNITY_FIELDS),
  };
}

export const LINE_FIELDS = ['OpportunityId', 'Product2Id', 'Name', 'Product2.Name', 'Quantity', 'TotalPrice'] as const;

export const lineType = objectType({
  type: 'crm_deal_line',
  version: 1,
  schema: recordSchema(LINE_FIELDS),
  id: ({ id }) => id,
  normalise: (raw) => {
    const { id, fields } = raw;
    const currency = currencyOf(raw);
    const quantity = fields['Quantity'] ?? '1';
    if (!/^\d{1,15}(\.\d{1,12})?$/.test(quantity))
      throw new Misfit('fields.Quantity', `“fields.Quantity”: ${quantity.slice(0, 40)} is not a quantity`);
    const value: CrmDealLine = {
      id,
      productId: fields['Product2Id'] ?? null,
      name: fields['Product2.Name'] ?? fields['Name'] ?? null,
      quantity,
      amountMinor: typedAmount(fields['TotalPrice'], currency, 'fields.TotalPrice'),
      currency,
      dealId: fields['OpportunityId'] ?? null,
      deletedAt: deletedAt(fields),
    };
    return [{ kind: 'crm_deal_line', value }];
  },
});
