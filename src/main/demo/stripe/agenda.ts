/** What is still to come in one life, in order of time. */
import type { Instant } from '../../../shared/kernel/instant.ts';

/** At the same moment happenings come first, then renewals, then what follows from them. */
export type Rank = 'happening' | 'renewal' | 'follow_up';
const RANKS: readonly Rank[] = ['happening', 'renewal', 'follow_up'];

interface Entry {
  readonly at: Instant;
  readonly rank: number;
  readonly number: number;
  readonly run: () => void;
}

export interface Agenda {
  plan(at: Instant, rank: Rank, run: () => void): void;
  /** Runs everything up to and including `until`, also what is planned meanwhile. */
  runUntil(until: Instant): void;
}

export function createAgenda(): Agenda {
  const entries: Entry[] = [];
  let number = 0;
  const later = (a: Entry, b: Entry): boolean =>
    a.at !== b.at ? a.at > b.at : a.rank !== b.rank ? a.rank > b.rank : a.number > b.number;
  return {
    plan: (at, rank, run) => {
      const entry: Entry = { at, rank: RANKS.indexOf(rank), number: number++, run };
      // Kept latest first, so that the next one is popped from the end.
      let index = entries.length;
      while (index > 0 && later(entry, entries[index - 1]!)) index--;
      entries.splice(index, 0, entry);
    },
    runUntil: (until) => {
      for (let next = entries.at(-1); next !== undefined && next.at <= until; next = entries.at(-1)) {
        entries.pop();
        next.run();
      }
    },
  };
}
