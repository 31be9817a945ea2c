/** Finds names that are written alike without comparing every pair: only those that have a rare run of letters in common. */
import { likeness } from './company-name.ts';

/** Names that are less alike than this are not shown. */
const LEAST_LIKENESS = 0.85;
const RUN = 3;
/** A run of letters that more names have in common says nothing, and comparing all of them would take a share of all pairs. */
const MOST_IN_BLOCK = 200;

interface Similar<Named> {
  readonly named: Named;
  /** 1 for names that are equal when made comparable. */
  readonly score: number;
}

export interface Likenesses<Named> {
  /** The most alike first, equals in the order given. */
  readonly similar: readonly Similar<Named>[];
  /** How many names were compared letter by letter. */
  readonly compared: number;
  /** False where a run was too common: equal names are found, some that are only alike may be missing. */
  readonly isWhole: boolean;
}

interface Name<Named> {
  readonly text: string;
  readonly bearers: Named[];
}

/**
 * Equal names are always found. Others are compared with those that begin with the same three letters and share one of
 * their rarest runs of three letters: an edit touches three runs at the most, so that two names `k` edits apart share
 * one among the `3k + 1` rarest of each (the prefix filter for edit distances, https://doi.org/10.14778/1453856.1453957).
 * @param namesOf what is named, each with its comparable name; without a name it is never found.
 */
export function similarNames<Named>(
  namesOf: readonly { readonly comparable: string; readonly named: Named }[],
): (comparable: string) => Likenesses<Named> {
  const names = new Map<string, Name<Named>>();
  const order = new Map<Named, number>();
  for (const { comparable, named } of namesOf) {
    order.set(named, order.size);
    const known = names.get(comparable);
    if (known) known.bearers.push(named);
    else if (comparable !== '') names.set(comparable, { text: comparable, bearers: [named] });
  }
  const frequency = new Map<string, number>();
  for (const text of names.keys()) for (const run of runsOf(text)) frequency.set(run, (frequency.get(run) ?? 0) + 1);
  const blocksOf = (text: string) => rarestRuns(text, frequency).map((run) => `${initialOf(text)}/${run}`);
  const blocks = new Map<string, Name<Named>[]>();
  for (const name of names.values())
    for (const block of blocksOf(name.text)) {
      const held = blocks.get(block);
      if (held) held.push(name);
      else blocks.set(block, [name]);
    }

  return (comparable) => {
    const candidates = new Set<Name<Named>>();
    let isWhole = true;
    for (const key of blocksOf(comparable)) {
      const block = blocks.get(key) ?? [];
      if (block.length > MOST_IN_BLOCK) isWhole = false;
      else for (const name of block) candidates.add(name);
    }
    const equal = names.get(comparable);
    if (equal) candidates.delete(equal);
    const scored = [...candidates].map((name) => ({ name, score: likeness(comparable, name.text) }));
    if (equal) scored.push({ name: equal, score: 1 });
    return {
      compared: candidates.size,
      isWhole,
      similar: scored
        .filter(({ score }) => score >= LEAST_LIKENESS)
        .flatMap(({ name, score }) => name.bearers.map((named) => ({ named, score })))
        .toSorted((a, b) => b.score - a.score || (order.get(a.named) ?? 0) - (order.get(b.named) ?? 0)),
    };
  };
}

/** Slips seldom hit how a name begins; spaces do not count. */
function initialOf(comparable: string): string {
  return comparable.replaceAll(' ', '').slice(0, RUN);
}

function runsOf(text: string): Set<string> {
  const runs = new Set<string>();
  for (let start = 0; start + RUN <= text.length; start++) runs.add(text.slice(start, start + RUN));
  return runs;
}

/** As many of the rarest as two names of enough likeness must have one of in common; none for a name too short for a slip. */
function rarestRuns(text: string, frequency: ReadonlyMap<string, number>): string[] {
  const mostEdits = Math.floor((text.length * (1 - LEAST_LIKENESS)) / LEAST_LIKENESS);
  if (mostEdits === 0) return [];
  return [...runsOf(text)]
    .map((run) => ({ run, bearers: frequency.get(run) ?? 0 }))
    .toSorted((a, b) => a.bearers - b.bearers || (a.run < b.run ? -1 : 1))
    .slice(0, RUN * mostEdits + 1)
    .map(({ run }) => run);
}
