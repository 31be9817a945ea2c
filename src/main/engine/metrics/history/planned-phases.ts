/** The phases and pauses of a schedule that are still to come, as what will be seen of the subscription when they begin. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { PlannedPhase, Subscription, SubscriptionItem } from '../../domain/index.ts';
import type { Sighting, SubscriptionFacts } from './facts.ts';
import { isOver, scheduledEnd } from './status-steps.ts';

/**
 * The facts with one planned sighting for every phase, and for both ends of
 * every pause, after the last sighting and before the subscription's scheduled
 * end. A phase replaces the items and the discounts before it; the last one
 * goes on.
 * https://docs.stripe.com/billing/subscriptions/subscription-schedules
 */
export function withPlannedPhases(facts: SubscriptionFacts): SubscriptionFacts {
  if (!facts.sightings.some(({ subscription }) => subscription.phases)) return facts;
  const sightings = withPlans(facts.sightings);
  const last = sightings.at(-1);
  if (!last || isOver(last.subscription.status)) return { ...facts, sightings };
  const end = scheduledEnd(last.subscription);
  const coming = turnsOf(last.subscription)
    .filter(({ at }) => at > last.seenAt && (end === null || at < end))
    .toSorted((a, b) => a.at - b.at);
  let before = last.subscription;
  for (const { at, turned } of coming) {
    before = { ...turned(before), cancelAt: end, cancelAtPeriodEnd: false };
    sightings.push({ subscription: before, seenAt: at, by: 'read', eventId: null, eventType: null, planned: true });
  }
  return { ...facts, sightings };
}

/**
 * An event names a schedule and does not tell what it plans: what the read
 * before it showed still holds.
 */
function withPlans(sightings: readonly Sighting[]): Sighting[] {
  let read: Subscription | null = null;
  return sightings.map((sighting) => {
    const { subscription, by } = sighting;
    if (by === 'read') read = subscription;
    if (by === 'read' || !read?.phases || isOver(subscription.status)) return sighting;
    const { phases, plannedPauses = [], plannedEndAt } = read;
    const cancelAt = subscription.cancelAt ?? plannedEndAt ?? null;
    return { ...sighting, subscription: { ...subscription, phases, plannedPauses, cancelAt } };
  });
}

interface Turn {
  readonly at: Instant;
  readonly turned: (before: Subscription) => Subscription;
}

function turnsOf({ phases = [], plannedPauses = [] }: Subscription): Turn[] {
  return [
    ...phases.map((phase): Turn => ({ at: phase.startAt, turned: (before) => inPhase(before, phase) })),
    ...plannedPauses.flatMap(({ pauseAt, resumeAt }): Turn[] => [
      { at: pauseAt, turned: (before) => ({ ...before, status: 'paused' }) },
      ...(resumeAt === null ? [] : [{ at: resumeAt, turned: resumed }]),
    ]),
  ];
}

function resumed(before: Subscription): Subscription {
  return before.status === 'paused' ? { ...before, status: 'active' } : before;
}

function inPhase(before: Subscription, { startAt, trialEnd, items, discounts }: PlannedPhase): Subscription {
  const onTrial = trialEnd !== null && trialEnd > startAt;
  const trialOver = before.status === 'trialing' && (before.trialEnd === null || before.trialEnd <= startAt);
  return {
    ...before,
    status: onTrial ? 'trialing' : trialOver ? 'active' : before.status,
    ...(onTrial && { trialStart: startAt, trialEnd }),
    pause: isPausedAt(before, startAt) ? before.pause : null,
    discounts,
    items: items.map((item, index): SubscriptionItem => {
      // An item of the same price goes on: with its id, its period and a trial of its own.
      const same = before.items.find(({ price }) => price.id === item.price.id);
      return {
        id: same?.id ?? `${before.id}/${startAt}/${index}`,
        currentPeriodStart: same?.currentPeriodStart ?? startAt,
        currentPeriodEnd: same?.currentPeriodEnd ?? null,
        trialEnd: same?.trialEnd ?? null,
        ...item,
      };
    }),
  };
}

function isPausedAt({ pause }: Subscription, at: Instant): boolean {
  return pause !== null && (pause.resumesAt === null || pause.resumesAt > at);
}
