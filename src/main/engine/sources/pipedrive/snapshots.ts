/** Small lists that are read whole every time: users, pipelines with their stages, and what further fields are called. */
import { crmFieldType, snapshotStream, type Stream } from '../kit/index.ts';
import type { PipedriveClient } from './client.ts';
import type { FieldBook } from './field-book.ts';
import { ownerType, pipelineType, withStages } from './objects/setting.ts';
import { wholeList } from './whole-list.ts';

export function snapshots(client: PipedriveClient, fields: () => Promise<FieldBook>): Stream[] {
  return [
    snapshotStream({
      id: 'users',
      title: 'Users',
      scope: null,
      type: ownerType,
      readAll: async () => await client.users(),
    }),
    snapshotStream({
      id: 'pipelines',
      title: 'Deal pipelines',
      scope: null,
      type: pipelineType,
      readAll: async () => withStages(await wholeList(client, 'pipelines'), await wholeList(client, 'stages')),
    }),
    snapshotStream({
      id: 'fields',
      title: 'Custom fields',
      scope: null,
      type: crmFieldType,
      readAll: async () => (await fields()).custom(),
    }),
  ];
}
