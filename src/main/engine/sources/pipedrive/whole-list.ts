import { LARGEST_PAGE, type ListKind, type PipedriveClient } from './client.ts';

/** A short list to its end. */
export async function wholeList(client: PipedriveClient, kind: ListKind): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let cursor: string | null = null; ;) {
    const { objects, next } = await client.list(kind, { cursor, limit: LARGEST_PAGE });
    all.push(...objects);
    if ((cursor = next) === null) return all;
  }
}
