/** Deals with the products on them. A deal is won or lost by its status: in the normal form that is a stage of its own. */
import { z } from 'zod';
import { dayAt, plainDay, timeZone, UTC, type PlainDay } from '../../../../../shared/kernel/day.ts';
import { isAppError } from '../../../../../shared/kernel/errors.ts';
import type { Fact } from '../../../domain/index.ts';
import { Misfit, objectType, typedAmount, typedCurrency } from '../../kit/index.ts';
import { Id, instantOf, OptionalId, optionalInstant, OptionalNumber, OptionalText, Texts } from './values.ts';

const LineSchema = z.object({
  id: Id,
  product_id: OptionalId,
  name: OptionalText,
  quantity: OptionalNumber,
  /** Of the whole line, with its discount. */
  sum: OptionalNumber,
  currency: OptionalText,
  /** When it was taken off the deal, put in by the stream. */
  removed_at: OptionalText,
});
export type DealLine = z.input<typeof LineSchema>;

export const DealSchema = z.object({
  id: Id,
  title: OptionalText,
  owner_id: OptionalId,
  person_id: OptionalId,
  org_id: OptionalId,
  pipeline_id: Id,
  stage_id: Id,
  status: z.enum(['open', 'won', 'lost', 'deleted']),
  value: OptionalNumber,
  currency: OptionalText,
  add_time: z.string(),
  won_time: OptionalText,
  lost_time: OptionalText,
  lost_reason: OptionalText,
  expected_close_date: OptionalText,
  /** When it was deleted, put in by the stream; so are all that follow. */
  deleted_at: OptionalText,
  last_activity_at: OptionalText,
  next_activity_at: OptionalText,
  lines: z.array(LineSchema).default([]),
  custom: Texts,
  /** By whose day a deal closes. */
  time_zone: OptionalText,
});
type Deal = z.output<typeof DealSchema>;

export const dealType = objectType({
  type: 'crm_deal',
  version: 1,
  schema: DealSchema,
  id: ({ id }) => id,
  normalise: (raw): Fact[] => [
    {
      kind: 'crm_deal',
      value: {
        id: raw.id,
        name: raw.title ?? `Deal ${raw.id}`,
        accountId: raw.org_id,
        contactIds: raw.person_id === null ? [] : [raw.person_id],
        ownerId: raw.owner_id,
        pipelineId: raw.pipeline_id,
        stageId: stageOf(raw.status, raw.stage_id),
        ...amount(raw),
        closeOn: closeOn(raw),
        createdAt: instantOf(raw.add_time, 'add_time'),
        lastActivityAt: optionalInstant(raw.last_activity_at, 'last_activity_at'),
        nextActivityAt: optionalInstant(raw.next_activity_at, 'next_activity_at'),
        lossReason: raw.lost_reason,
        stages: null,
        deletedAt: optionalInstant(raw.deleted_at, 'deleted_at'),
        fields: raw.custom,
      },
    },
    ...raw.lines.map((line): Fact => ({ kind: 'crm_deal_line', value: lineOf(line, raw.id) })),
  ],
  measure: (raw) => {
    const { amountMinor, currency } = amount(raw);
    return currency === null || amountMinor === null ? null : { currency, minor: amountMinor };
  },
});

/** Every pipeline ends in these two. */
export const WON = 'won';
export const LOST = 'lost';

/** The stage of the normal form: where the deal stands in its pipeline, unless it is decided. */
export function stageOf(status: string, stageId: string): string {
  return status === 'won' ? WON : status === 'lost' ? LOST : stageId;
}

function amount({ value, currency: code }: Pick<Deal, 'value' | 'currency'>) {
  const currency = typedCurrency(code, 'currency');
  return { amountMinor: typedAmount(value ?? undefined, currency, 'value'), currency };
}

/** The day on which it was decided, in the company's time zone; of an open deal the day that somebody expects. */
function closeOn({ status, won_time, lost_time, expected_close_date, time_zone }: Deal): PlainDay | null {
  const decided = status === 'won' ? won_time : status === 'lost' ? lost_time : null;
  if (decided !== null)
    return dayAt(instantOf(decided, `${status}_time`), time_zone === null ? UTC : timeZone(time_zone));
  return expected_close_date === null ? null : dayOf(expected_close_date);
}

function dayOf(text: string): PlainDay {
  try {
    return plainDay(text.slice(0, 10));
  } catch (error) {
    if (isAppError(error)) throw new Misfit('expected_close_date', `“expected_close_date”: ${error.message}`);
    throw error;
  }
}

function lineOf(line: z.output<typeof LineSchema>, dealId: string) {
  const currency = typedCurrency(line.currency, 'lines.currency');
  const quantity = line.quantity ?? '1';
  if (!/^-?\d{1,15}(\.\d{1,12})?$/.test(quantity))
    throw new Misfit('lines.quantity', `“lines.quantity”: ${quantity.slice(0, 40)} is not a quantity`);
  return {
    id: line.id,
    productId: line.product_id,
    name: line.name,
    quantity,
    amountMinor: typedAmount(line.sum ?? undefined, currency, 'lines.sum'),
    currency,
    dealId,
    deletedAt: optionalInstant(line.removed_at, 'lines.removed_at'),
  };
}
