/** Word that an object is gone, kept like a record of its own so that it is heard once and can be replayed. */
import { z } from 'zod';
import { instant } from '../../../shared/kernel/instant.ts';
import { objectType } from '../sources/kit/index.ts';

export const goneType = objectType({
  type: 'gone',
  version: 1,
  schema: z.object({ type: z.string(), id: z.string(), at: z.int().transform(instant) }),
  id: ({ type, id }) => `${type}/${id}`,
  normalise: ({ type, id, at }) => [{ kind: 'deleted', value: { objectType: type, id, at } }],
});
