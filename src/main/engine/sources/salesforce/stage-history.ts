/** The way of each opportunity through the stages: a stream of its own, so that a hidden history hides no opportunity. */
import { z } from 'zod';
import { gapError } from '../kit/index.ts';
import { IDS_A_QUESTION, type Asking, type ChangeLog, type ObjectStreamSpec } from './object-stream.ts';
import { historyType, type HistoryEntry } from './objects/stage-history.ts';
import { chunks, idOf, textIn, type FlatRecord } from './records.ts';
import { isOneOf } from './soql.ts';

/** Noted by Salesforce itself with every change of stage, amount, probability or date. */
const HISTORY: ChangeLog = {
  object: 'OpportunityHistory',
  timeField: 'SystemModstamp',
  idField: 'OpportunityId',
  where: [],
};

/** Noted where the organisation has switched on the tracking of the field. */
const FIELD_HISTORY: ChangeLog = {
  object: 'OpportunityFieldHistory',
  timeField: 'CreatedDate',
  idField: 'OpportunityId',
  where: ["Field IN ('StageName', 'created')"],
};

export function stageHistorySpec(asking: Asking): ObjectStreamSpec {
  const { org } = asking;
  const logShown = async (): Promise<ChangeLog> => {
    if (await org.has(HISTORY.object)) return HISTORY;
    if (await org.has(FIELD_HISTORY.object)) return FIELD_HISTORY;
    throw gapError(
      'not_found',
      'The organisation shows this user neither OpportunityHistory nor OpportunityFieldHistory: only the present stage is known',
    );
  };
  return {
    id: 'stage_history',
    title: 'Stage history',
    scope: 'Opportunity',
    phase: 3,
    object: 'Opportunity',
    type: historyType,
    pageSize: IDS_A_QUESTION,
    fields: async () => {
      await org.shape('Opportunity');
      return ['Id', 'StageName', 'CreatedDate'];
    },
    changes: logShown,
    values: async (records) => await histories(records, await logShown(), asking),
    logsDeletions: false,
  };
}

const HistorySchema = z
  .object({ OpportunityId: z.string(), StageName: z.string().nullable(), CreatedDate: z.string() })
  .transform(({ OpportunityId, StageName, CreatedDate }) => ({
    id: OpportunityId,
    entry: { from: null, to: StageName, at: CreatedDate } satisfies HistoryEntry,
  }));
const FieldHistorySchema = z
  .object({
    OpportunityId: z.string(),
    OldValue: z.string().nullable(),
    NewValue: z.string().nullable(),
    CreatedDate: z.string(),
  })
  .transform(({ OpportunityId, OldValue, NewValue, CreatedDate }) => ({
    id: OpportunityId,
    entry: { from: OldValue, to: NewValue, at: CreatedDate } satisfies HistoryEntry,
  }));

async function histories(
  records: readonly FlatRecord[],
  log: ChangeLog,
  { client }: Asking,
): Promise<readonly unknown[]> {
  const isWhole = log === HISTORY;
  const schema = isWhole ? HistorySchema : FieldHistorySchema;
  const values: unknown[] = [];
  for (const batch of chunks(records, IDS_A_QUESTION)) {
    const answers = await client.all({
      fields: ['OpportunityId', ...(isWhole ? ['StageName'] : ['OldValue', 'NewValue']), 'CreatedDate'],
      from: log.object,
      where: [...(isWhole ? [] : ["Field = 'StageName'"]), isOneOf('OpportunityId', batch.map(idOf))],
      orderBy: ['CreatedDate', 'Id'],
    });
    const told = z.array(schema).safeParse(answers);
    if (!told.success)
      throw gapError('refused', `Salesforce's answer for ${log.object} cannot be read; try again later`, told.error);
    for (const record of batch) {
      const id = idOf(record);
      values.push({
        id,
        stage: textIn(record, 'StageName') || null,
        createdAt: textIn(record, 'CreatedDate'),
        entries: told.data.filter((each) => each.id === id).map(({ entry }) => entry),
      });
    }
  }
  return values;
}
