/** Small lists that are read whole every time: users, record types with their stages, territories, names of fields. */
import { z } from 'zod';
import { crmFieldType, gapError, gapOf, snapshotStream, type Stream } from '../kit/index.ts';
import type { FieldShape } from './client.ts';
import type { Asking } from './object-stream.ts';
import { MASTER_RECORD_TYPE } from './objects/opportunity.ts';
import { ownerType, pipelineType, StageSchema, territoryType } from './objects/setting.ts';

export function ownersStream({ client, org }: Asking): Stream {
  return snapshotStream({
    id: 'owners',
    title: 'Users',
    scope: 'User',
    type: ownerType,
    readAll: async () => {
      await org.shape('User');
      return await client.all({
        fields: ['Id', 'Name', 'Email', 'IsActive', 'UserRole.Name'],
        from: 'User',
        // Neither customers nor partners nor the machines of integrations.
        where: ["UserType = 'Standard'"],
        orderBy: ['Id'],
      });
    },
  });
}

const RecordTypeSchema = z.object({ Id: z.string(), Name: z.string(), IsActive: z.boolean() });
const ListedStageSchema = StageSchema.extend({ IsActive: z.boolean() });
type ListedStage = z.output<typeof ListedStageSchema>;

export function pipelinesStream(asking: Asking): Stream {
  return snapshotStream({
    id: 'pipelines',
    title: 'Record types and stages',
    scope: 'Opportunity',
    type: pipelineType,
    readAll: async () => await pipelines(asking),
  });
}

async function pipelines({ client, org }: Asking): Promise<readonly unknown[]> {
  const listed = z.array(ListedStageSchema).safeParse(
    await client.all({
      fields: ['ApiName', 'MasterLabel', 'SortOrder', 'IsActive', 'IsClosed', 'IsWon', 'DefaultProbability'],
      from: 'OpportunityStage',
    }),
  );
  if (!listed.success) throw gapError('refused', 'Salesforce’s stages cannot be read; try again later', listed.error);
  // Stages that are no longer in use come last: old opportunities are still in them.
  const stages = listed.data.toSorted(
    (a, b) => Number(b.IsActive) - Number(a.IsActive) || a.SortOrder - b.SortOrder || (a.ApiName < b.ApiName ? -1 : 1),
  );
  const types = (await org.has('RecordType'))
    ? await client.all({
        fields: ['Id', 'Name', 'IsActive'],
        from: 'RecordType',
        where: ["SobjectType = 'Opportunity'"],
        orderBy: ['Name'],
      })
    : [];
  const all: unknown[] = [
    { id: MASTER_RECORD_TYPE, name: 'Opportunities', position: 0, archived: false, stages: stages.map(kept) },
  ];
  for (const [index, type] of types.entries()) {
    const { Id, Name, IsActive } = RecordTypeSchema.parse(type);
    const values = IsActive ? await stageValues(Id) : null;
    all.push({
      id: Id,
      name: Name,
      position: index + 1,
      archived: !IsActive,
      stages: ofRecordType(stages, values).map(kept),
    });
  }
  return all;

  /** Which stages a record type has is told by another part of the API, which may be closed: then it has all of them. */
  async function stageValues(recordTypeId: string): Promise<readonly string[] | null> {
    try {
      return await client.stageValues(recordTypeId);
    } catch (error) {
      if (gapOf(error) === null) throw error;
      return null;
    }
  }
}

function ofRecordType(stages: readonly ListedStage[], values: readonly string[] | null): ListedStage[] {
  if (values === null) return [...stages];
  return values.flatMap((value) => stages.filter(({ ApiName }) => ApiName === value));
}

function kept({ IsActive: _active, ...stage }: ListedStage): z.output<typeof StageSchema> {
  return stage;
}

export function territoriesStream({ client, org }: Asking): Stream {
  return snapshotStream({
    id: 'territories',
    title: 'Territories',
    scope: null,
    type: territoryType,
    readAll: async () => {
      await org.shape('Territory2');
      return await client.all({ fields: ['Id', 'Name', 'ParentTerritory2Id'], from: 'Territory2', orderBy: ['Id'] });
    },
  });
}

const KINDS = [
  ['account', 'Account'],
  ['contact', 'Contact'],
  ['deal', 'Opportunity'],
] as const;

/** What the organisation calls its further fields. Of an object that is hidden, its own stream tells. */
export function fieldsStream(further: Readonly<Record<string, readonly string[]>>, { org }: Asking): Stream {
  return snapshotStream({
    id: 'fields',
    title: 'Custom fields',
    scope: null,
    type: crmFieldType,
    readAll: async () => {
      const all: unknown[] = [];
      for (const [object, name] of KINDS) {
        if (!(await org.has(name))) continue;
        const { fields } = await org.shape(name);
        const named = (further[name] ?? []).flatMap((each) => fields.get(each) ?? []);
        const shown = new Map<string, FieldShape>(
          [...(await org.ownFields(name)), ...named].map((each) => [each.name, each]),
        );
        for (const { name: key, label, type } of shown.values()) all.push({ object, key, label, type });
      }
      return all;
    },
  });
}
