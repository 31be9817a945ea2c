/** What changed since the last look, in short words. */
import type { Since, SinceBridge } from '../../../shared/contract/since.ts';
import type { Formatter } from '../../lib/format.ts';

export type BridgePart = Exclude<keyof SinceBridge, 'from' | 'to'>;

export const PART_WORDS: Record<BridgePart, string> = {
  new: 'New',
  reactivation: 'Reactivated',
  expansion: 'Expansion',
  resumed: 'Resumed',
  contraction: 'Contraction',
  churn: 'Churn',
  paused: 'Paused',
  restated: 'Earlier days',
  fx: 'Currency',
};

const PARTS = Object.keys(PART_WORDS) as BridgePart[];

/** The parts that are not nothing, in the order in which a bridge shows them. */
export function partsOf(bridge: SinceBridge): { part: BridgePart; amount: number }[] {
  return PARTS.flatMap((part) => (bridge[part] === 0 ? [] : [{ part, amount: bridge[part] }]));
}

/** Counts of what happened, those that are nothing left out: «3 new», «1 converted». */
export function countsOf(since: Since, format: Pick<Formatter, 'count'>): { text: string; grave: boolean }[] {
  const { customers } = since;
  const of = (kind: Since['customers']['rows'][number]['kind']) =>
    customers.rows.filter((row) => row.kind === kind).length;
  const failing = since.sources.filter(({ works }) => !works).length;
  const all: [number, { one: string; other: string }, boolean][] = [
    [of('new'), { one: 'new', other: 'new' }, false],
    [customers.rows.filter(({ converted }) => converted).length, { one: 'converted', other: 'converted' }, false],
    [of('reactivation'), { one: 'back', other: 'back' }, false],
    [of('churn'), { one: 'left', other: 'left' }, true],
    [since.calledOff.total, { one: 'called off', other: 'called off' }, true],
    [since.failed.total, { one: 'payment failed', other: 'payments failed' }, true],
    [since.recovered.total, { one: 'payment recovered', other: 'payments recovered' }, false],
    [since.past.total, { one: 'earlier figure differs', other: 'earlier figures differ' }, true],
    [failing, { one: 'source fails', other: 'sources fail' }, true],
    [since.alertsOpened.total, { one: 'alert opened', other: 'alerts opened' }, true],
    [since.alertsClosed.total, { one: 'alert closed', other: 'alerts closed' }, false],
  ];
  return all.flatMap(([count, noun, grave]) => (count === 0 ? [] : [{ text: format.count(count, noun), grave }]));
}
