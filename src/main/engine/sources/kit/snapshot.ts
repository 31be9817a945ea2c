/** A stream of a small list that is read whole every time. */
import { z } from 'zod';
import type { Json } from './json.ts';
import type { ObjectType } from './object-type.ts';
import type { Page, SourceRecord, Stream, StreamProof } from './source.ts';

export interface SnapshotSpec {
  readonly id: string;
  readonly title: string;
  readonly scope: string | null;
  readonly type: ObjectType;
  /** The whole list. @throws AppError like a stream. */
  readonly readAll: () => Promise<readonly unknown[]>;
}

/** One page, all in one transaction: made for lists of some dozen entries. They are facts as they are and kept once. */
export function snapshotStream({ id, title, scope, type, readAll }: SnapshotSpec): Stream {
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
    proof: (cursor) => proofOf(title, cursor),
  };
}

const CursorSchema = z.object({ read: z.number() });

function proofOf(title: string, cursor: Json): StreamProof {
  const parsed = CursorSchema.safeParse(cursor);
  return parsed.success
    ? { complete: true, sentence: `${title}: the whole list was read, ${parsed.data.read} entries` }
    : { complete: false, sentence: 'Nothing has been read yet' };
}
