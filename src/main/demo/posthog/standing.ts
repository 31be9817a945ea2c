/** Where a customer of the demo company stands on a day: on which plan, and what is about to happen. */
import { DAY_MS } from '../../../shared/kernel/instant.ts';
import type { Contract, Life, PlanKey, Position } from '../scenario/life.ts';

export interface Standing {
  readonly plan: PlanKey;
  /** Days until the last contract ends; null where none is to end. */
  readonly leavesInDays: number | null;
  /** Days until a larger plan or more seats; null where there is no such change ahead. */
  readonly growsInDays: number | null;
}

/** Null without a contract in force. @param at a moment within the day. */
export function standingOn({ contracts }: Life, at: number): Standing | null {
  const contract = contracts.find((one) => one.startedAt <= at && !one.neverPaid && at < endOf(one));
  if (contract === undefined || isPaused(contract, at)) return null;
  const end = Math.max(...contracts.map(endOf));
  const positions = positionsAt(contract, at);
  const weight = weightOf(positions);
  const growth = contract.happenings.find(
    (happening) => happening.kind === 'changed' && happening.at > at && weightOf(happening.positions) > weight,
  );
  return {
    plan: planOf(positions),
    leavesInDays: Number.isFinite(end) ? (end - at) / DAY_MS : null,
    growsInDays: growth === undefined ? null : (growth.at - at) / DAY_MS,
  };
}

function endOf({ happenings }: Contract): number {
  let end = Number.POSITIVE_INFINITY;
  for (const happening of happenings) {
    if (happening.kind === 'ended') end = Math.min(end, happening.at);
    if (happening.kind === 'cancellation_scheduled') end = happening.endsAt;
    if (happening.kind === 'cancellation_withdrawn') end = Number.POSITIVE_INFINITY;
  }
  return end;
}

function isPaused({ happenings }: Contract, at: number): boolean {
  const last = happenings.findLast(({ kind, at: when }) => (kind === 'paused' || kind === 'resumed') && when <= at);
  return last?.kind === 'paused';
}

function positionsAt({ positions, happenings }: Contract, at: number): readonly Position[] {
  const last = happenings.findLast((happening) => happening.kind === 'changed' && happening.at <= at);
  return last?.kind === 'changed' ? last.positions : positions;
}

const LADDER: readonly PlanKey[] = ['starter', 'growth', 'pro', 'scale', 'enterprise'];

function planOf(positions: readonly Position[]): PlanKey {
  return LADDER.find((plan) => positions.some(({ card }) => card.product === plan)) ?? 'enterprise';
}

/** The plan first, then how much of it. */
function weightOf(positions: readonly Position[]): number {
  const seats = positions.reduce((sum, { card, quantity }) => sum + (card.metered ? 0 : quantity), 0);
  return LADDER.indexOf(planOf(positions)) * 10_000 + seats;
}
