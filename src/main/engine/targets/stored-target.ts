/** Targets as rows of the database. */
import type { Selectable } from 'kysely';
import type { Target } from '../../../shared/contract/targets.ts';
import { currencyCode } from '../../../shared/kernel/currency.ts';
import { plainDay } from '../../../shared/kernel/day.ts';
import type { TargetTable } from '../store/schema.ts';

type TargetRow = Selectable<TargetTable>;

export type StoredTarget = Target & { readonly targetId: number };

export function targetOf(row: TargetRow): StoredTarget {
  return {
    targetId: row.target_id,
    metric: row.metric as Target['metric'],
    startsOn: plainDay(row.starts_on),
    startValue: row.start_value,
    dueOn: plainDay(row.due_on),
    value: row.value,
    currency: row.currency === null ? null : currencyCode(row.currency),
    shape: row.shape as Target['shape'],
  };
}

export function rowOf({ targetId, ...target }: StoredTarget): TargetRow {
  return {
    target_id: targetId,
    metric: target.metric,
    starts_on: target.startsOn,
    start_value: target.startValue,
    due_on: target.dueOn,
    value: target.value,
    currency: target.currency,
    shape: target.shape,
  };
}
