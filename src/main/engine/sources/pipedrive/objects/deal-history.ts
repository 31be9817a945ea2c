/** A deal's way through the stages, from the log of its changes. */
import { z } from 'zod';
import type { CrmStageEntry } from '../../../domain/index.ts';
import { objectType } from '../../kit/index.ts';
import { stageOf } from './deal.ts';
import { Id, instantOf, OptionalText } from './values.ts';

/** One change of a field, of which only stage and status are kept. */
const ChangeSchema = z.object({
  field: z.enum(['stage_id', 'status']),
  from: OptionalText,
  to: OptionalText,
  at: z.string(),
});
export type Change = z.input<typeof ChangeSchema>;

export const HistorySchema = z.object({
  id: Id,
  add_time: z.string(),
  stage_id: Id,
  status: z.string().max(20),
  /** When it last changed its stage, and when it was won or lost, as the deal itself says. */
  moved_at: OptionalText,
  closed_at: OptionalText,
  changes: z.array(ChangeSchema),
});
type History = z.output<typeof HistorySchema>;

export const dealHistoryType = objectType({
  type: 'crm_deal_history',
  version: 1,
  schema: HistorySchema,
  id: ({ id }) => id,
  normalise: (raw) => [{ kind: 'crm_deal_stages', value: { dealId: raw.id, stages: stagesOf(raw) } }],
});

/**
 * From the stage in which the deal was made through every change; won and lost are stages of their own, and a deal
 * that was opened again is back in its stage. A decision that the log does not hold is taken from the deal.
 */
function stagesOf({ add_time, stage_id, status, closed_at, changes }: History): CrmStageEntry[] {
  const told = changes
    .map((change, order) => ({ ...change, order, enteredAt: instantOf(change.at, 'changes.at') }))
    // The log comes newest first: of two in the same second the later entry happened before.
    .toSorted((a, b) => a.enteredAt - b.enteredAt || b.order - a.order);
  const first = told.find(({ field }) => field === 'stage_id');
  let stage = first?.from ?? stage_id;
  let outcome = told.find(({ field }) => field === 'status')?.from ?? 'open';
  const entries: CrmStageEntry[] = [{ stageId: stageOf(outcome, stage), enteredAt: instantOf(add_time, 'add_time') }];
  const enter = (entry: CrmStageEntry): void => {
    if (entry.stageId !== entries.at(-1)?.stageId) entries.push(entry);
  };
  for (const { field, to, enteredAt } of told) {
    if (field === 'stage_id') stage = to ?? stage;
    else outcome = to ?? outcome;
    enter({ stageId: stageOf(outcome, stage), enteredAt });
  }
  const present = stageOf(status, stage_id);
  if (closed_at !== null) enter({ stageId: present, enteredAt: instantOf(closed_at, 'closed_at') });
  return entries;
}
