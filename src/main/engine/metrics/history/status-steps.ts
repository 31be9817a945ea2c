/** A subscription's statuses, pauses and scheduled ends over time, past and scheduled. */
import { DAY_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Subscription, SubscriptionSighting, SubscriptionStatus } from '../../domain/index.ts';
import {
  byTimestamps,
  evidenceOf,
  firstSighting,
  putStep,
  stepAt,
  type Step,
  type SubscriptionFacts,
} from './facts.ts';
import { trialOutcome, wasBilledFrom } from './trial-outcome.ts';
import { unpaidSince, unpaidSpells } from './unpaid-spells.ts';

const OVER: ReadonlySet<SubscriptionStatus> = new Set(['canceled', 'incomplete_expired']);

/** Whether a status is one that no other follows. */
export function isOver(status: SubscriptionStatus): boolean {
  return OVER.has(status);
}

/**
 * The statuses: before the first sighting from the timestamps it carries, then
 * from each sighting at the moment that its timestamps give (else when it was
 * seen), then what is scheduled: the end of a trial, the end of the subscription.
 */
export function statusSteps(facts: SubscriptionFacts): Step<SubscriptionStatus>[] {
  const steps: Step<SubscriptionStatus>[] = [];
  const first = firstSighting(facts);
  origin(steps, first.subscription, facts);
  unpaidSpells(steps, facts, first.seenAt);
  let seenBefore = first.subscription.startedAt;
  for (const sighting of facts.sightings) {
    const { subscription, seenAt } = sighting;
    const was = steps.at(-1)?.value;
    const since = statusSince(subscription, { seenBefore, seenAt, was, facts });
    // Already over or otherwise when it is seen again: it paid in between, unless its end says otherwise.
    const { trialEnd } = subscription;
    if (was === 'trialing' && subscription.status !== 'trialing' && trialEnd !== null)
      if (trialEnd >= seenBefore && trialEnd < since.at)
        putStep(steps, { at: trialEnd, value: trialOutcome(subscription, facts), ...byTimestamps(subscription) });
    const owed = sighting === first && !since.dated && facts.lines.length === 0 ? owedSince(sighting) : null;
    const billed = subscription.status === 'unpaid' && was !== 'unpaid' ? unpaidSince(facts, seenBefore, seenAt) : null;
    putStep(steps, {
      at: billed?.at ?? owed ?? since.at,
      value: subscription.status,
      ...(billed
        ? { evidence: 'invoice' as const, evidenceId: billed.invoiceId }
        : since.dated || owed !== null
          ? byTimestamps(subscription)
          : evidenceOf(sighting)),
    });
    seenBefore = seenAt;
  }
  scheduled(steps, facts);
  return steps;
}

/**
 * Since when a subscription that is past due or unpaid when it is first seen has been so, where no invoice is known to
 * tell it: what is owed is the invoice of the present period, so its start; null where no period is known.
 */
function owedSince({ subscription, seenAt }: SubscriptionSighting): Instant | null {
  const { status, startedAt, items } = subscription;
  if (status !== 'past_due' && status !== 'unpaid') return null;
  const starts = items.flatMap(({ currentPeriodStart: at }) =>
    at !== null && at >= startedAt && at <= seenAt ? [at] : [],
  );
  return starts.length === 0 ? null : starts.reduce((a, b) => (b > a ? b : a));
}

/** How it began, as its trial dates tell. */
function origin(steps: Step<SubscriptionStatus>[], subscription: Subscription, facts: SubscriptionFacts): void {
  const { startedAt, trialStart, trialEnd, status } = subscription;
  const by = byTimestamps(subscription);
  if (status === 'incomplete' || status === 'incomplete_expired') {
    steps.push({ at: startedAt, value: 'incomplete', ...by });
    return;
  }
  if (trialEnd === null || trialEnd <= startedAt) {
    steps.push({ at: startedAt, value: 'active', ...by });
    return;
  }
  if (trialStart !== null && trialStart > startedAt) steps.push({ at: startedAt, value: 'active', ...by });
  putStep(steps, {
    at: trialStart !== null && trialStart > startedAt ? trialStart : startedAt,
    value: 'trialing',
    ...by,
  });
  putStep(steps, { at: trialEnd, value: trialOutcome(subscription, facts), ...by });
}

interface StatusContext {
  readonly seenBefore: Instant;
  readonly seenAt: Instant;
  readonly was: SubscriptionStatus | undefined;
  readonly facts: SubscriptionFacts;
}

/** Since when a sighted status holds; `dated` when a timestamp and not the sighting says so. */
function statusSince(subscription: Subscription, context: StatusContext): { at: Instant; dated: boolean } {
  const { seenBefore, seenAt, was } = context;
  const { status, trialStart, trialEnd, endedAt, canceledAt, startedAt } = subscription;
  const within = (at: Instant | null): at is Instant => at !== null && at <= seenAt && at >= seenBefore;
  const dated = (at: Instant) => ({ at, dated: true });
  if (subscription.goneAt !== undefined) return { at: seenAt, dated: false };
  if (isOver(status)) {
    const over = endedAt ?? canceledAt;
    return over === null ? { at: seenAt, dated: false } : dated(over);
  }
  if (startedAt > seenAt) return dated(startedAt);
  if (status === 'trialing') return within(trialStart) ? dated(trialStart) : { at: seenAt, dated: false };
  if (status === was) return { at: seenAt, dated: false };
  if (
    within(trialEnd) &&
    (was === 'trialing' || seenBefore === startedAt) &&
    beganWithTrialsEnd(trialEnd, context, status)
  )
    return dated(trialEnd);
  return { at: seenAt, dated: false };
}

/**
 * Whether a status may hold since the trial ended: payments are given up weeks later, one that is past due now may be so
 * by a later invoice unless it was on trial when it was last seen, and who was billed since was not paused then.
 */
function beganWithTrialsEnd(trialEnd: Instant, { was, facts }: StatusContext, status: SubscriptionStatus): boolean {
  if (status === 'past_due') return was === 'trialing';
  if (status === 'paused') return !wasBilledFrom(trialEnd, facts);
  return status === 'active';
}

/** What the last sighting says will happen. Vendors act some time after the moment that they name: it holds all the same. */
function scheduled(steps: Step<SubscriptionStatus>[], { sightings }: SubscriptionFacts): void {
  const last = sightings.at(-1);
  if (!last || isOver(last.subscription.status)) return;
  const { subscription } = last;
  const by = byTimestamps(subscription);
  const end = scheduledEnd(subscription);
  if (subscription.status === 'trialing' && subscription.trialEnd !== null)
    if (end === null || end > subscription.trialEnd)
      putStep(steps, { at: subscription.trialEnd, value: 'active', ...by });
  if (end !== null) putStep(steps, { at: end, value: 'canceled', ...by });
}

/** When a subscription is due to end, or null. */
export function scheduledEnd({ cancelAt, cancelAtPeriodEnd, trialEnd, status, items }: Subscription): Instant | null {
  if (cancelAt !== null || !cancelAtPeriodEnd) return cancelAt;
  const ends = items.map((item) => item.currentPeriodEnd).filter((end) => end !== null);
  if (ends.length > 0) return ends.reduce((a, b) => (a > b ? a : b));
  return status === 'trialing' ? trialEnd : null;
}

/** Whether an end is scheduled, over time: from when it was asked for until it is called off. */
export function commitmentSteps({ sightings }: SubscriptionFacts): Step<boolean>[] {
  const steps: Step<boolean>[] = [];
  let seenBefore = sightings[0]?.subscription.startedAt ?? null;
  for (const sighting of sightings) {
    const { subscription, seenAt } = sighting;
    const { canceledAt, endedAt, startedAt } = subscription;
    const over = isOver(subscription.status);
    const leaving = over
      ? canceledAt !== null && endedAt !== null && canceledAt < endedAt
      : scheduledEnd(subscription) !== null;
    const dated = leaving && canceledAt !== null && canceledAt >= startedAt && canceledAt <= seenAt;
    const known = dated && (over || seenBefore === null || canceledAt >= seenBefore);
    if (leaving !== (steps.at(-1)?.value ?? false))
      putStep(steps, {
        at: known ? canceledAt : seenAt,
        value: leaving,
        ...(known ? byTimestamps(subscription) : evidenceOf(sighting)),
      });
    seenBefore = seenAt;
  }
  return steps;
}

/** R9: whether collection is paused, over time. */
export function pauseSteps(facts: SubscriptionFacts): Step<boolean>[] {
  const steps: Step<boolean>[] = [];
  uncollectedSpells(steps, facts);
  let before: SubscriptionSighting | null = null;
  for (const sighting of facts.sightings) {
    const { subscription, seenAt } = sighting;
    const paused = subscription.pause !== null;
    // The word of a new pause, after the one before was due to end; two reads of a pause may be of one that was prolonged.
    const ended = paused && sighting.by === 'event' ? resumedAt(before, seenAt) : null;
    if (ended !== null && before) putStep(steps, { at: ended, value: false, ...byTimestamps(before.subscription) });
    if (paused !== (stepAt(steps, seenAt)?.value ?? false)) {
      const at = paused ? datedPause(sighting) : resumedAt(before, seenAt);
      putStep(steps, {
        at: at ?? seenAt,
        value: paused,
        ...(at === null ? evidenceOf(sighting) : byTimestamps(subscription)),
      });
    }
    before = sighting;
  }
  const resumesAt = before?.subscription.pause?.resumesAt ?? null;
  if (before && resumesAt !== null && resumesAt > before.seenAt)
    putStep(steps, { at: resumesAt, value: false, ...byTimestamps(before.subscription) });
  return steps;
}

/**
 * So long an invoice may be a draft before it is asked for: an hour, and three days where the company's server does not answer.
 * https://docs.stripe.com/billing/invoices/subscription#subscription-webhooks
 */
const DRAFTS_LAST_MS = 3 * DAY_MS;

/**
 * Pauses before anybody looked: a paused subscription goes on making invoices,
 * which are voided, kept as drafts or written off without a single attempt to
 * collect them. https://docs.stripe.com/billing/subscriptions/pause-payment
 */
function uncollectedSpells(steps: Step<boolean>[], facts: SubscriptionFacts): void {
  const { seenAt, subscription } = firstSighting(facts);
  let owed = false;
  for (const line of facts.lines) {
    if (line.periodStart > seenAt || line.proration || line.billingReason !== 'subscription_cycle') continue;
    // Usage is billed for the period before.
    if (line.price?.recurring?.usageType === 'metered') continue;
    const drafted = line.invoiceStatus === 'draft';
    if (!drafted) owed = line.attempts > 0 && (line.invoiceStatus === 'open' || line.invoiceStatus === 'uncollectible');
    // An invoice is a draft also when it was just made, and when one before it is owed and no longer asked for.
    const fresh = seenAt - line.createdAt < DRAFTS_LAST_MS;
    if (drafted && subscription.pause === null && (fresh || owed)) continue;
    const uncollected = drafted || line.invoiceStatus === 'void' || line.invoiceStatus === 'uncollectible';
    const paused =
      uncollected && line.attempts === 0 && line.amountMinor > 0 && line.collection === 'charge_automatically';
    if (paused !== (steps.at(-1)?.value ?? false))
      putStep(steps, { at: line.periodStart, value: paused, evidence: 'invoice', evidenceId: line.invoiceId });
  }
}

/** When a pause began, where the object says it. */
function datedPause({ subscription, seenAt }: SubscriptionSighting): Instant | null {
  const since = subscription.pause?.since ?? null;
  return since !== null && since <= seenAt ? since : null;
}

function resumedAt(before: SubscriptionSighting | null, seenAt: Instant): Instant | null {
  const resumesAt = before?.subscription.pause?.resumesAt ?? null;
  return before && resumesAt !== null && resumesAt > before.seenAt && resumesAt <= seenAt ? resumesAt : null;
}
