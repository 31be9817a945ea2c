/** Small lists that are read whole every time: owners, and pipelines with their stages. */
import { snapshotStream, type Stream } from '../kit/index.ts';
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
