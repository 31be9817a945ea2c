/** Small lists that are read whole every time: owners, pipelines with their stages, and the portal's own fields. */
import { z } from 'zod';
import { crmFieldType, gapError, snapshotStream, type Stream } from '../kit/index.ts';
import type { HubSpotClient } from './client.ts';
import { ownerType, pipelineType } from './objects/setting.ts';

export function ownersStream(client: HubSpotClient): Stream {
  return snapshotStream({
    id: 'owners',
    title: 'Owners',
    scope: 'crm.objects.owners.read',
    type: ownerType,
    async readAll() {
      const all: unknown[] = [];
      for (const archived of [false, true])
        for (let after: string | null = null; ;) {
          const page = await client.owners(archived, after);
          all.push(...page.results);
          if ((after = page.after) === null) break;
        }
      return all;
    },
  });
}

export function pipelinesStream(client: HubSpotClient): Stream {
  return snapshotStream({
    id: 'pipelines',
    title: 'Deal pipelines',
    scope: 'crm.objects.deals.read',
    type: pipelineType,
    readAll: async () => await client.dealPipelines(),
  });
}

const PropertySchema = z.object({
  name: z.string().min(1).max(200),
  label: z.string().max(1_000),
  type: z.string().max(100),
  hubspotDefined: z.boolean().default(false),
});

const KINDS = [
  ['account', 'companies'],
  ['contact', 'contacts'],
  ['deal', 'deals'],
] as const;

/** Fields that the portal has made itself, and HubSpot's own that are read as further fields. @param asked those, by kind of object. */
export function fieldsStream(
  client: HubSpotClient,
  asked: Readonly<Record<'account' | 'contact' | 'deal', readonly string[]>>,
): Stream {
  return snapshotStream({
    id: 'fields',
    title: 'Custom fields',
    scope: null,
    type: crmFieldType,
    async readAll() {
      const fields = await Promise.all(
        KINDS.map(async ([object, kind]) => {
          const parsed = z.array(PropertySchema).safeParse(await client.properties(kind));
          if (!parsed.success)
            throw gapError(
              'refused',
              `HubSpot's list of the fields of ${kind} cannot be read; try again later`,
              parsed.error,
            );
          return parsed.data
            .filter(({ name, hubspotDefined }) => !hubspotDefined || asked[object].includes(name))
            .map(({ name, label, type }) => ({ object, key: name, label, type }));
        }),
      );
      return fields.flat();
    },
  });
}
