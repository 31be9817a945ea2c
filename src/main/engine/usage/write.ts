/** What a person says of events that needs no reading again: which are features, what is included. */
import { UsageMappingSchema, type UsageLimit, type UsageMapping } from '../../../shared/contract/usage.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { WriteDb } from '../store/index.ts';

/** Fields of the mapping that differ: each of them needs the days to be read again. */
export function changedFields(before: UsageMapping, after: UsageMapping): (keyof UsageMapping)[] {
  return UsageMappingSchema.keyof().options.filter((field) => before[field] !== after[field]);
}

/** @param isFeature null: by the event's name again. @throws AppError `not_found`. */
export function saveFeature(
  db: WriteDb,
  {
    sourceId,
    event,
    isFeature,
  }: { readonly sourceId: number; readonly event: string; readonly isFeature: boolean | null },
): void {
  const { changes } = db.run(
    db.build
      .updateTable('product_event')
      .set({ is_feature: isFeature === null ? null : isFeature ? 1 : 0 })
      .where('source_id', '=', sourceId)
      .where('name', '=', event),
  );
  if (changes === 0) throw new AppError('not_found', `The source has no event “${event}”`);
}

export type LimitChange = Pick<UsageLimit, 'event' | 'measure' | 'plan' | 'customerId'> & {
  readonly sourceId: number;
  /** Null takes the limit away. */
  readonly amount: number | null;
};

/** @throws AppError `invalid_input` for a limit that is neither a plan's nor a customer's, or both. */
export function saveLimit(db: WriteDb, { sourceId, event, measure, plan, customerId, amount }: LimitChange): void {
  if ((plan === null) === (customerId === null))
    throw new AppError('invalid_input', 'A limit is that of a plan or that of one customer');
  db.transaction(() => {
    db.run(
      db.build
        .deleteFrom('usage_limit')
        .where('source_id', '=', sourceId)
        .where('event', '=', event)
        .where('measure', '=', measure)
        .where('plan', 'is', plan)
        .where('customer_id', 'is', customerId),
    );
    if (amount !== null)
      db.run(
        db.build
          .insertInto('usage_limit')
          .values({ source_id: sourceId, event, measure, plan, customer_id: customerId, amount }),
      );
  });
}
