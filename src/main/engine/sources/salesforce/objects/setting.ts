/** Users who own records, record types as pipelines with their stages, territories, and what further fields are called. */
import { z } from 'zod';
import type { CrmStage } from '../../../domain/index.ts';
import { Misfit, objectType } from '../../kit/index.ts';
import { RecordId } from './values.ts';

const Text = z.string().max(1_000);
const OptionalText = Text.nullish().transform((value) => value ?? null);

export const ownerType = objectType({
  type: 'crm_owner',
  version: 1,
  schema: z.object({
    Id: RecordId,
    Name: OptionalText,
    Email: OptionalText,
    IsActive: z.boolean(),
    UserRole: z
      .object({ Name: OptionalText })
      .nullish()
      .transform((value) => value ?? null),
  }),
  id: ({ Id }) => Id,
  normalise: ({ Id, Name, Email, IsActive, UserRole }) => [
    {
      kind: 'crm_owner',
      value: {
        id: Id,
        name: Name,
        email: Email?.toLowerCase() ?? null,
        team: UserRole?.Name ?? null,
        active: IsActive,
      },
    },
  ],
});

export const StageSchema = z.object({
  ApiName: Text.min(1),
  MasterLabel: Text,
  SortOrder: z.int().default(0),
  IsClosed: z.boolean(),
  IsWon: z.boolean(),
  /** Percent. */
  DefaultProbability: z
    .number()
    .nullish()
    .transform((value) => value ?? null),
});

export const pipelineType = objectType({
  type: 'crm_pipeline',
  version: 1,
  schema: z.object({
    id: RecordId,
    name: Text,
    position: z.int(),
    archived: z.boolean(),
    stages: z.array(StageSchema),
  }),
  id: ({ id }) => id,
  normalise: ({ id, name, position, archived, stages }) => [
    { kind: 'crm_pipeline', value: { id, name, position, archived, stages: stages.map(stageOf) } },
  ],
});

function stageOf(stage: z.output<typeof StageSchema>, position: number): CrmStage {
  const { ApiName, MasterLabel, IsClosed, IsWon, DefaultProbability } = stage;
  if (DefaultProbability !== null && !(DefaultProbability >= 0 && DefaultProbability <= 100))
    throw new Misfit(
      'stages.DefaultProbability',
      `“stages.DefaultProbability” of ${ApiName}: ${DefaultProbability} is not between 0 and 100`,
    );
  return {
    id: ApiName,
    name: MasterLabel,
    position,
    outcome: IsWon ? 'won' : IsClosed ? 'lost' : 'open',
    probability: DefaultProbability === null ? null : DefaultProbability / 100,
  };
}

export const territoryType = objectType({
  type: 'crm_territory',
  version: 1,
  schema: z.object({ Id: RecordId, Name: Text, ParentTerritory2Id: RecordId.nullish() }),
  id: ({ Id }) => Id,
  normalise: ({ Id, Name, ParentTerritory2Id }) => [
    { kind: 'crm_territory', value: { id: Id, name: Name, parentId: ParentTerritory2Id ?? null } },
  ],
});
