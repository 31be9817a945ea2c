/** Deals with their way through the stages, and the products on them. */
import { z } from 'zod';
import { dayAt, timeZone, UTC } from '../../../../../shared/kernel/day.ts';
import type { CrmDeal, CrmDealLine, CrmStageEntry } from '../../../domain/index.ts';
import { Misfit, objectType, typedAmount, type ObjectType } from '../../kit/index.ts';
import { currencyOf, deletedAt, furtherFields, instantOf, linkedIds, optionalInstant, recordSchema } from './fields.ts';

export const DEAL_PROPERTIES = [
  'dealname',
  'amount',
  'deal_currency_code',
  'pipeline',
  'dealstage',
  'closedate',
  'closed_lost_reason',
  'hubspot_owner_id',
  'hs_primary_associated_company',
  'notes_last_contacted',
  'notes_next_activity_date',
] as const;

/** A field's values with the time of each, as `propertiesWithHistory` gives them: newest first, or not. */
const HistorySchema = z
  .object({
    dealstage: z.array(z.object({ value: z.string().max(200), timestamp: z.string() })).default([]),
  })
  .nullish()
  .transform((value) => value ?? { dealstage: [] });

function dealSchema(further: readonly string[]) {
  return recordSchema([...DEAL_PROPERTIES, ...further]).extend({ propertiesWithHistory: HistorySchema });
}
type HubSpotDeal = z.output<ReturnType<typeof dealSchema>>;

export function dealType(further: readonly string[]): ObjectType {
  return objectType({
    type: 'crm_deal',
    version: 1,
    schema: dealSchema(further),
    id: ({ id }) => id,
    normalise: (raw) => [{ kind: 'crm_deal', value: dealOf(raw, further) }],
    measure: ({ properties, portal }) => {
      const currency = currencyOf(properties['deal_currency_code'], portal, 'properties.deal_currency_code');
      const minor = typedAmount(properties['amount'], currency, 'properties.amount');
      return currency === null || minor === null ? null : { currency, minor };
    },
  });
}

function dealOf(raw: HubSpotDeal, further: readonly string[]): CrmDeal {
  const { id, properties, portal } = raw;
  const stageId = properties['dealstage'];
  const pipelineId = properties['pipeline'];
  if (stageId === undefined) throw new Misfit('properties.dealstage', '“properties.dealstage” is empty');
  if (pipelineId === undefined) throw new Misfit('properties.pipeline', '“properties.pipeline” is empty');
  const currency = currencyOf(properties['deal_currency_code'], portal, 'properties.deal_currency_code');
  const closesAt = optionalInstant(properties, 'closedate');
  return {
    id,
    name: properties['dealname'] ?? `Deal ${id}`,
    accountId: properties['hs_primary_associated_company'] ?? linkedIds(raw, 'companies')[0] ?? null,
    contactIds: linkedIds(raw, 'contacts'),
    ownerId: properties['hubspot_owner_id'] ?? null,
    pipelineId,
    stageId,
    amountMinor: typedAmount(properties['amount'], currency, 'properties.amount'),
    currency,
    closeOn: closesAt === null ? null : dayAt(closesAt, portal.timeZone === null ? UTC : timeZone(portal.timeZone)),
    createdAt: instantOf(raw.createdAt, 'createdAt'),
    lastActivityAt: optionalInstant(properties, 'notes_last_contacted'),
    nextActivityAt: optionalInstant(properties, 'notes_next_activity_date'),
    lossReason: properties['closed_lost_reason'] ?? null,
    stages: stagesOf(raw),
    deletedAt: deletedAt(raw),
    fields: furtherFields(properties, further),
  };
}

/** Oldest first; a value that was saved again without a change is no new entry. */
function stagesOf({ propertiesWithHistory: { dealstage } }: HubSpotDeal): CrmStageEntry[] {
  return dealstage
    .map(({ value, timestamp }) => ({
      stageId: value,
      enteredAt: instantOf(timestamp, 'propertiesWithHistory.dealstage'),
    }))
    .toSorted((a, b) => a.enteredAt - b.enteredAt)
    .filter(({ stageId }, index, all) => stageId !== '' && stageId !== all[index - 1]?.stageId);
}

export const LINE_PROPERTIES = ['name', 'quantity', 'amount', 'hs_product_id', 'hs_line_item_currency_code'] as const;

export const dealLineType = objectType({
  type: 'crm_deal_line',
  version: 1,
  schema: recordSchema(LINE_PROPERTIES),
  id: ({ id }) => id,
  normalise: (raw) => {
    const { id, properties, portal } = raw;
    const currency = currencyOf(
      properties['hs_line_item_currency_code'],
      portal,
      'properties.hs_line_item_currency_code',
    );
    const quantity = properties['quantity'] ?? '1';
    if (!/^\d{1,15}(\.\d{1,12})?$/.test(quantity))
      throw new Misfit('properties.quantity', `“properties.quantity”: ${quantity.slice(0, 40)} is not a quantity`);
    const value: CrmDealLine = {
      id,
      productId: properties['hs_product_id'] ?? null,
      name: properties['name'] ?? null,
      quantity,
      amountMinor: typedAmount(properties['amount'], currency, 'properties.amount'),
      currency,
      dealId: linkedIds(raw, 'deals')[0] ?? null,
      deletedAt: deletedAt(raw),
    };
    return [{ kind: 'crm_deal_line', value }];
  },
});
