/** The desk's present state: the story's cases, and what a test makes happen to them. */
import { addMs, SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { SupportCase, SupportStory } from './support-story.ts';

export interface CaseControl {
  cases(): readonly SupportCase[];
  /** Closes a case that is open. */
  solve(key: string): void;
  /** Into the bin, where the vendor has one; gone without a trace where it has none. */
  erase(key: string): void;
  /** Gone without a trace. */
  vanish(key: string): void;
}

export interface CaseBook extends CaseControl {
  /** Cases in the bin, and since when. */
  erased(): ReadonlyMap<string, { readonly told: SupportCase; readonly at: Instant }>;
}

export function createCaseBook(story: SupportStory, now: () => Instant): CaseBook {
  const present = new Map(story.cases.map((told) => [told.key, told]));
  const gone = new Map<string, { told: SupportCase; at: Instant }>();
  let changes = 0;
  const tick = (): Instant => addMs(now(), ++changes * SECOND_MS);
  const of = (key: string): SupportCase => {
    const found = present.get(key);
    if (found === undefined) throw new AppError('not_found', `The demo's help desk has no case ${key}`);
    return found;
  };
  return {
    cases: () => [...present.values()],
    solve(key) {
      const found = of(key);
      const at = tick();
      present.set(key, {
        ...found,
        answeredAt: found.answeredAt ?? at,
        status: 'solved',
        solvedAt: at,
        updatedAt: at,
      });
    },
    erase(key) {
      gone.set(key, { told: of(key), at: tick() });
      present.delete(key);
    },
    vanish: (key) => void present.delete(key),
    erased: () => gone,
  };
}
