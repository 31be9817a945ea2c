/** The right figures of service and recommendation, worked out from the story alone. */
import { daysBetween, startOfDay, UTC, type PlainDay } from '../../../shared/kernel/day.ts';
import { DAY_MS, SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { SupportStory } from '../support/support-story.ts';

export interface ServiceTruth {
  /** Of people's last answers between two days. */
  readonly nps: { readonly people: number; readonly promoters: number; readonly detractors: number };
  /** Seconds to the first answer of what was opened between the days, ascending. */
  readonly answeredAfter: readonly number[];
  readonly opened: number;
  readonly open: number;
  /** Open for longer than a month. */
  readonly forgotten: number;
}

/** @param from and `to` are days in UTC, both included. */
export function serviceTruth(story: SupportStory, from: PlainDay, to: PlainDay, now: Instant): ServiceTruth {
  const latest = new Map<string, { on: PlainDay; score: number }>();
  for (const { life, on, score } of story.answers) {
    const known = latest.get(life.email);
    if (on >= from && on <= to && (known === undefined || on > known.on)) latest.set(life.email, { on, score });
  }
  const scores = [...latest.values()].map(({ score }) => score);
  const days = daysBetween(from, to) + 1;
  const begins = startOfDay(from, UTC);
  const opened = story.cases.filter(({ openedAt }) => openedAt >= begins && openedAt < begins + days * DAY_MS);
  const open = story.cases.filter(({ solvedAt }) => solvedAt === null);
  return {
    nps: {
      people: scores.length,
      promoters: scores.filter((score) => score > 8).length,
      detractors: scores.filter((score) => score < 7).length,
    },
    opened: opened.length,
    answeredAfter: opened
      .flatMap(({ openedAt, answeredAt }) => (answeredAt === null ? [] : [(answeredAt - openedAt) / SECOND_MS]))
      .toSorted((a, b) => a - b),
    open: open.length,
    forgotten: open.filter(({ openedAt }) => now - openedAt >= 30 * DAY_MS).length,
  };
}
