/** Writes releases; the same release again replaces what was known of it. */
import type { Release } from '../../domain/index.ts';
import type { WriteDb } from '../handles.ts';
import { upsert } from './upsert.ts';

const KEY = ['source_id', 'id'] as const;

export function releaseWriter(db: WriteDb, sourceId: number): (release: Release) => void {
  const put = upsert(db, 'release', KEY, [...KEY, 'released_on', 'title', 'link']);
  return ({ id, releasedOn, title, link }) => void put.run(sourceId, id, releasedOn, title, link);
}
