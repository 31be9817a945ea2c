/** Owners, and pipelines with their stages. */
import { z } from 'zod';
import { Misfit, objectType } from '../../kit/index.ts';

const Text = z.string().max(1_000);

export const ownerType = objectType({
  type: 'crm_owner',
  version: 1,
  schema: z.object({
    id: z.string().min(1).max(50),
    firstName: Text.nullish().transform((value) => value ?? ''),
    lastName: Text.nullish().transform((value) => value ?? ''),
    email: Text.nullish().transform((value) => value ?? null),
    archived: z.boolean().default(false),
    teams: z
      .array(z.object({ name: Text, primary: z.boolean().default(false) }))
      .nullish()
      .transform((value) => value ?? []),
  }),
  id: ({ id }) => id,
  normalise: ({ id, firstName, lastName, email, archived, teams }) => {
    const name = `${firstName} ${lastName}`.trim();
    const team = (teams.find(({ primary }) => primary) ?? teams[0])?.name ?? null;
    return [{ kind: 'crm_owner', value: { id, name: name === '' ? null : name, email, team, active: !archived } }];
  },
});

const Flag = z.union([z.boolean(), z.string()]).transform((value) => String(value) === 'true');

const StageSchema = z.object({
  id: z.string().min(1).max(200),
  label: Text,
  displayOrder: z.int().default(0),
  archived: z.boolean().default(false),
  metadata: z
    .object({ isClosed: Flag.optional(), probability: z.union([z.string(), z.number()]).transform(String).optional() })
    .nullish()
    .transform((value) => value ?? {}),
});

/** Deals close at a probability of 1 (won) or 0 (lost): https://developers.hubspot.com/docs/api-reference/crm-pipelines-v3/guide */
function outcomeOf({ id, metadata }: z.output<typeof StageSchema>): {
  outcome: 'open' | 'won' | 'lost';
  probability: number | null;
} {
  const probability = metadata.probability === undefined ? null : Number(metadata.probability);
  if (probability !== null && !(probability >= 0 && probability <= 1))
    throw new Misfit(
      'stages.metadata.probability',
      `“stages.metadata.probability” of ${id}: ${probability} is not between 0 and 1`,
    );
  const isClosed = metadata.isClosed ?? (probability === 1 || probability === 0);
  if (!isClosed) return { outcome: 'open', probability };
  return { outcome: probability === 1 ? 'won' : 'lost', probability };
}

export const pipelineType = objectType({
  type: 'crm_pipeline',
  version: 1,
  schema: z.object({
    id: z.string().min(1).max(200),
    label: Text,
    displayOrder: z.int().default(0),
    archived: z.boolean().default(false),
    stages: z.array(StageSchema),
  }),
  id: ({ id }) => id,
  normalise: ({ id, label, displayOrder, archived, stages }) => [
    {
      kind: 'crm_pipeline',
      value: {
        id,
        name: label,
        position: displayOrder,
        archived,
        stages: stages
          .filter((stage) => !stage.archived)
          .toSorted((a, b) => a.displayOrder - b.displayOrder)
          .map((stage, position) => ({ id: stage.id, name: stage.label, position, ...outcomeOf(stage) })),
      },
    },
  ],
});
