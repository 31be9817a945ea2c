/** Small lists that are read whole every time: owners, and pipelines with their stages. */
import { z } from 'zod';
import type { Json, ObjectType, Page, SourceRecord, Stream, StreamProof } from '../kit/index.ts';
import type { HubSpotClient } from './client.ts';
import { ownerType, pipelineType } from './objects/setting.ts';

export function ownersStream(client: HubSpotClient): Stream {
  return snapshot('owners', 'Owners', 'crm.objects.owners.read', ownerType, async () => {
    const all: unknown[] = [];
    for (const archived of [false, true])
      for (let after: string | null = null; ;) {
        const page = await client.owners(archived, after);
        all.push(...page.results);
        if ((after = page.after) === null) break;
      }
    return all;
  });
}

export function pipelinesStream(client: HubSpotClient): Stream {
  return snapshot(
    'pipelines',
    'Deal pipelines',
    'crm.objects.deals.read',
    pipelineType,
    async () => await client.dealPipelines(),
  );
}

/** A portal has a few dozen of either: one page, all in one transaction. */
function snapshot(
  id: string,
  title: string,
  scope: string,
  type: ObjectType,
  readAll: () => Promise<readonly unknown[]>,
): Stream {
  return {
    id,
    title,
    change: 'snapshot',
    phase: 1,
    objectTypes: [type],
    keepsRaw: false,
    scope,
    isDue: () => true,
    async *read(): AsyncGenerator<Page> {
      const values = await readAll();
      yield {
        records: values.map((value): SourceRecord => ({ kind: 'object', type: type.type, value })),
        cursor: { read: values.length },
        remaining: 0,
        listing: false,
      };
    },
    proof: proofOf(title),
  };
}

const CursorSchema = z.object({ read: z.number() });

function proofOf(title: string): (cursor: Json) => StreamProof {
  return (cursor) => {
    const parsed = CursorSchema.safeParse(cursor);
    return parsed.success
      ? { complete: true, sentence: `${title}: the whole list was read, ${parsed.data.read} entries` }
      : { complete: false, sentence: 'Nothing has been read yet' };
  };
}
