/** An opportunity's way through the stages, from the history that Salesforce keeps of it. */
import { z } from 'zod';
import type { CrmStageEntry } from '../../../domain/index.ts';
import { objectType } from '../../kit/index.ts';
import { instantOf, RecordId } from './values.ts';

/** A change of the stage: what it became, and when; `from` where the history tells it. */
const EntrySchema = z.object({
  from: z.string().max(255).nullable(),
  to: z.string().max(255).nullable(),
  at: z.string().max(40),
});
export type HistoryEntry = z.output<typeof EntrySchema>;

const HistorySchema = z.object({
  id: RecordId,
  /** Present stage and time of creation: all that is known where nothing was ever changed. */
  stage: z.string().max(255).nullable(),
  createdAt: z.string().max(40),
  entries: z.array(EntrySchema),
});

export const historyType = objectType({
  type: 'crm_deal_history',
  version: 1,
  schema: HistorySchema,
  id: ({ id }) => id,
  normalise: (raw) => [{ kind: 'crm_deal_stages', value: { dealId: raw.id, stages: stagesOf(raw) } }],
});

/**
 * Oldest first. Salesforce also notes changes of amount and date in the same history: what did not change the stage is no
 * entry. Without an entry from the creation on, the first stage is what the first change came from.
 */
function stagesOf({ stage, createdAt, entries }: z.output<typeof HistorySchema>): CrmStageEntry[] {
  const told = entries
    .flatMap(({ from, to, at }) => (to === null ? [] : [{ from, stageId: to, enteredAt: instantOf(at, 'entries.at') }]))
    .toSorted((a, b) => a.enteredAt - b.enteredAt);
  const bornAt = instantOf(createdAt, 'createdAt');
  const [first] = told;
  const born = first === undefined ? stage : first.from;
  const all = born === null ? told : [{ stageId: born, enteredAt: bornAt }, ...told];
  return all
    .map(({ stageId, enteredAt }) => ({ stageId, enteredAt }))
    .filter(({ stageId }, index) => stageId !== all[index - 1]?.stageId);
}
