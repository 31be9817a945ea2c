/** `targets.trajectories`: where the company stands against its targets, with the sentences that say so. */
import type { Trajectory } from '../../../shared/contract/targets.ts';
import { daysBetween, type PlainDay } from '../../../shared/kernel/day.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { trajectories, type BareTrajectory } from '../targets/index.ts';
import { counted, dayText, moneyText, percentText } from '../wording/index.ts';

export function targetTrajectories(db: ReadDb, asOf: PlainDay, context: MetricsContext): Trajectory[] {
  return trajectories(db, asOf, context).map((bare) => ({ ...bare, sentences: sentencesOf(bare) }));
}

const NAMES: Readonly<Record<Trajectory['metric'], string>> = { mrr: 'MRR', arr: 'ARR', customers: 'Paying customers' };

function sentencesOf(bare: BareTrajectory): string[] {
  return [standing(bare), pace(bare), arrival(bare)].filter((text) => text !== null);
}

function text({ currency }: BareTrajectory, value: number): string {
  return currency === null ? counted(value, 'customer') : moneyText(value, currency);
}

/** @example 'ARR is $904,000, $23,100 (2.5 %) behind the path to $1,200,000 by 30 Jun 2027: 9 days behind.' */
function standing(bare: BareTrajectory): string {
  const { metric, asOf, target, actual, planned, variance, reason, isOver } = bare;
  const name = NAMES[metric];
  const goal = `${text(bare, target.value)} by ${dayText(target.dueOn, asOf)}`;
  if (actual === null) return `${name} cannot be held against the target of ${goal}: ${reason ?? 'it has no value'}.`;
  const is =
    metric === 'customers' ? `There are ${counted(actual, 'paying customer')}` : `${name} is ${text(bare, actual)}`;
  if (planned === null || variance === null) return `${is}; the path to ${goal} has not begun.`;
  if (isOver)
    return `${is}; the target of ${goal} is over, ${variance >= 0 ? `exceeded by ${text(bare, variance)}` : `missed by ${text(bare, -variance)}`}.`;
  if (variance === 0) return `${is}, exactly on the path to ${goal}.`;
  const side = variance < 0 ? 'behind' : 'ahead of';
  const share = planned === 0 ? '' : ` (${percentText(Math.abs(variance) / planned)})`;
  return `${is}, ${text(bare, Math.abs(variance))}${share} ${side} the path to ${goal}${daysText(bare)}.`;
}

function daysText({ daysBehind, variance }: BareTrajectory): string {
  if (daysBehind === null || daysBehind === 0)
    return daysBehind === null && (variance ?? 0) < 0 ? ': less than where the path began' : '';
  return `: ${counted(Math.abs(daysBehind), 'day')} ${daysBehind > 0 ? 'behind' : 'ahead'}`;
}

function pace(bare: BareTrajectory): string | null {
  const { needed, actual, planned } = bare.pace;
  if (bare.isOver || needed === null || needed === 0) return null;
  const growth = bare.neededGrowth === null ? '' : `, ${percentText(bare.neededGrowth)} a month`;
  const lately =
    actual === null
      ? ''
      : `; the last four weeks brought ${text(bare, actual)} a week${planned === null ? '' : `, the path asks for ${text(bare, planned)} now`}`;
  return `From here ${text(bare, needed)} a week are needed${growth}${lately}.`;
}

function arrival(bare: BareTrajectory): string | null {
  const { isOver, expectedOn, target, asOf, actual } = bare;
  if (isOver || actual === null) return null;
  if (actual >= target.value) return `The target is reached already.`;
  if (expectedOn === null) return 'At the pace of the last four weeks it is never reached.';
  const late = daysBetween(target.dueOn, expectedOn);
  const when = late === 0 ? 'on the day' : `${counted(Math.abs(late), 'day')} ${late > 0 ? 'late' : 'early'}`;
  return `At the pace of the last four weeks it is reached on ${dayText(expectedOn, asOf)}, ${when}.`;
}
