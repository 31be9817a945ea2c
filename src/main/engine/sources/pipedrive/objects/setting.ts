/** Users, and pipelines with their stages. */
import { z } from 'zod';
import { Misfit, objectType } from '../../kit/index.ts';
import { LOST, WON } from './deal.ts';
import { Id, OptionalText } from './values.ts';

export const ownerType = objectType({
  type: 'crm_owner',
  version: 1,
  schema: z.object({ id: Id, name: OptionalText, email: OptionalText, active_flag: z.boolean().default(true) }),
  id: ({ id }) => id,
  // The teams of the first version of the API are a remnant that is being taken away.
  normalise: ({ id, name, email, active_flag: active }) => [
    { kind: 'crm_owner', value: { id, name, email, team: null, active } },
  ],
});

const StageSchema = z.object({
  id: Id,
  name: z.string().max(1_000),
  order_nr: z.int().default(0),
  is_deleted: z.boolean().default(false),
  /** Per cent. */
  deal_probability: z.number().nullish(),
});

const PipelineSchema = z.object({
  id: Id,
  name: z.string().max(1_000),
  order_nr: z.int().default(0),
  is_deleted: z.boolean().default(false),
  is_deal_probability_enabled: z.boolean().default(false),
  stages: z.array(StageSchema),
});

export const pipelineType = objectType({
  type: 'crm_pipeline',
  version: 1,
  schema: PipelineSchema,
  id: ({ id }) => id,
  normalise: (pipeline) => {
    const open = pipeline.stages
      .filter((stage) => !stage.is_deleted)
      .toSorted((a, b) => a.order_nr - b.order_nr)
      .map(({ id, name, deal_probability }, position) => ({
        id,
        name,
        position,
        outcome: 'open' as const,
        probability: pipeline.is_deal_probability_enabled ? fractionOf(deal_probability ?? null, id) : null,
      }));
    const stages = [
      ...open,
      { id: WON, name: 'Won', position: open.length, outcome: 'won' as const, probability: 1 },
      { id: LOST, name: 'Lost', position: open.length + 1, outcome: 'lost' as const, probability: 0 },
    ];
    return [
      {
        kind: 'crm_pipeline',
        value: {
          id: pipeline.id,
          name: pipeline.name,
          position: pipeline.order_nr,
          archived: pipeline.is_deleted,
          stages,
        },
      },
    ];
  },
});

function fractionOf(percent: number | null, stageId: string): number | null {
  if (percent === null) return null;
  if (!(percent >= 0 && percent <= 100))
    throw new Misfit('stages.deal_probability', `“stages.deal_probability” of ${stageId}: ${percent} is no percentage`);
  return percent / 100;
}

const OfPipeline = z.object({ pipeline_id: Id });
const WithId = z.object({ id: Id });

/** Each pipeline with the stages that name it. */
export function withStages(pipelines: readonly unknown[], stages: readonly unknown[]): unknown[] {
  const pipelineOf = (stage: unknown) => OfPipeline.safeParse(stage).data?.pipeline_id;
  return pipelines.map((pipeline) => {
    const id = WithId.safeParse(pipeline).data?.id;
    return {
      ...z.record(z.string(), z.unknown()).safeParse(pipeline).data,
      stages: stages.filter((stage) => id !== undefined && pipelineOf(stage) === id),
    };
  });
}
