/** Whether what is known of an organisation still reaches the present, or everything has to be listed again. */
import { DAY_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import { gapOf, type Json } from '../kit/index.ts';
import { wantedText, type ObjectStreamSpec } from './object-stream.ts';
import { walkStateOf } from './walk.ts';

/** What became visible to the user is found by no change: from time to time everything is listed again. */
const RELIST_DAYS = 30;
/** Salesforce knows of deletions for 15 days. */
const DELETIONS_DAYS = 14;

/** @throws AppError when the vendor cannot be asked which fields there are. */
export async function planOf(
  specs: readonly ObjectStreamSpec[],
  cursors: ReadonlyMap<string, Json>,
  now: Instant,
): Promise<{ relist: boolean; notes: string[] }> {
  const states = specs.flatMap((spec) => {
    const state = walkStateOf(cursors.get(spec.id) ?? null);
    return state === null ? [] : [{ spec, state }];
  });
  for (const { spec, state } of states)
    if (((await wantedOrNull(spec)) ?? state.wanted) !== state.wanted)
      return { relist: true, notes: [`${spec.title} have other fields than before: everything is listed again.`] };
  const daysSince = (ms: number): number => Math.floor((now - ms) / DAY_MS);
  const missed = states.filter(({ spec }) => spec.logsDeletions);
  if (missed.some(({ state }) => state.lostDeletions || daysSince(state.deletedThroughMs) >= DELETIONS_DAYS))
    return {
      relist: true,
      notes: ['Salesforce no longer tells all that was deleted since the last sync: everything is listed again.'],
    };
  const days = Math.max(0, ...states.map(({ state }) => daysSince(state.listedAt ?? now)));
  if (days >= RELIST_DAYS)
    return {
      relist: true,
      notes: [`The last full listing was ${days} days ago: everything is listed again, to see what became visible.`],
    };
  return { relist: false, notes: [] };
}

/** A hidden object is no reason to list the others again: its stream says that it is hidden. */
async function wantedOrNull(spec: ObjectStreamSpec): Promise<string | null> {
  try {
    return await wantedText(spec);
  } catch (error) {
    if (gapOf(error) === null) throw error;
    return null;
  }
}
