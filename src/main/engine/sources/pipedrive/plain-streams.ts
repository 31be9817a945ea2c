/** Organisations and persons. */
import type { CrmObjectKind } from '../../domain/index.ts';
import type { ObjectType, Stream } from '../kit/index.ts';
import { LARGEST_PAGE } from './client.ts';
import { objectStream, type PipedriveObject, type Shared } from './object-stream.ts';
import { organizationType } from './objects/organization.ts';
import { personType } from './objects/person.ts';
import { Id, OptionalText } from './objects/values.ts';

/** An object under its id as text, with the time of its deletion: Pipedrive says that it is deleted and when it changed last. */
export function identified(object: PipedriveObject): PipedriveObject & { readonly id: string | null } {
  const id = Id.safeParse(object['id']).data ?? null;
  const updatedAt = OptionalText.safeParse(object['update_time']).data ?? null;
  return { ...object, id, deleted_at: object['is_deleted'] === true ? updatedAt : null };
}

export function organizationsStream(shared: Shared): Stream {
  return plainStream('organizations', 'Organizations', organizationType, 'account', shared);
}

export function personsStream(shared: Shared): Stream {
  return plainStream('persons', 'Persons', personType, 'contact', shared);
}

function plainStream(
  list: 'organizations' | 'persons',
  title: string,
  type: ObjectType,
  object: CrmObjectKind,
  shared: Shared,
): Stream {
  const whole = async (objects: readonly PipedriveObject[]) => {
    const book = await shared.fields();
    return objects.map((one) => ({
      ...identified(one),
      industry: book.option(object, 'industry', one['industry']),
      custom: book.texts(object, one),
    }));
  };
  return objectStream(
    {
      id: list,
      title,
      phase: 2,
      type,
      pageSize: LARGEST_PAGE,
      lists: [list],
      alsoWalked: [],
      complete: async (objects) => ({ values: await whole(objects), isCut: false }),
      byIds: async (ids) => {
        const found = await shared.client.byIds(list, ids);
        return await whole(found.filter((one): one is PipedriveObject => typeof one === 'object' && one !== null));
      },
    },
    shared,
  );
}
