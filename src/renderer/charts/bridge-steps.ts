/** From opening to closing by way of every kind of movement: the steps of the bridge. */
import type { MovementKind, SliceMovementKind } from '../../shared/contract/metrics.ts';
import type { Formatter } from '../lib/format.ts';
import type { Unit } from '../lib/unit.ts';
import { MOVEMENT_PARTS } from './bars.ts';
import type { ChartTable } from './chart-table.ts';

/** Signed minor units, as the contract's bridge sends them: losses are negative. */
export type BridgeAmounts = Readonly<Record<MovementKind | 'opening' | 'closing', number>> & {
  /** Of a slice: from and to the rest of the company, of customers who stay. */
  readonly movedIn?: number | undefined;
  readonly movedOut?: number | undefined;
};

/** What only slices have judges nothing: the customer stays. */
const MOVED = [
  { id: 'movedIn', label: 'Moved in' },
  { id: 'movedOut', label: 'Moved out' },
] as const;

/** Every kind with its amount; those of slices only where there is a slice. */
function movementsOf(amounts: BridgeAmounts): { id: SliceMovementKind; label: string; amount: number }[] {
  return [
    ...MOVEMENT_PARTS.map(({ id, label }) => ({ id, label, amount: amounts[id] })),
    ...MOVED.flatMap(({ id, label }) => {
      const amount = amounts[id];
      return amount === undefined ? [] : [{ id, label, amount }];
    }),
  ];
}

/** A step of a bridge: of movements, or of anything else that leads from one level to another. */
export interface BridgeStep<Id extends string = SliceMovementKind | 'opening' | 'closing'> {
  readonly id: Id;
  readonly label: string;
  /** Signed: what the step adds; the level itself for opening and closing. */
  readonly amount: number;
  /** Where the bar starts and ends on the value axis. */
  readonly from: number;
  readonly to: number;
}

/** Opening, each kind that moved (in fixed order), closing. Kinds at zero are left out of the picture, not of the table. */
export function bridgeSteps(amounts: BridgeAmounts): BridgeStep[] {
  const steps: BridgeStep[] = [
    { id: 'opening', label: 'Opening', amount: amounts.opening, from: 0, to: amounts.opening },
  ];
  let level = amounts.opening;
  for (const { id, label, amount } of movementsOf(amounts)) {
    if (amount === 0) continue;
    steps.push({ id, label, amount, from: level, to: level + amount });
    level += amount;
  }
  steps.push({ id: 'closing', label: 'Closing', amount: amounts.closing, from: 0, to: amounts.closing });
  return steps;
}

/** True when opening and movements give the closing exactly; the chart says so when they do not. */
export function bridgeHolds(amounts: BridgeAmounts): boolean {
  const moved = movementsOf(amounts).reduce((sum, { amount }) => sum + amount, 0);
  return amounts.opening + moved === amounts.closing;
}

/**
 * Where the value axis begins: at zero, unless the movements would be slivers on top of two tall
 * columns; then the axis is cut (and marked as cut) below the lowest level.
 */
export function bridgeFloor(steps: readonly BridgeStep<string>[]): number {
  const levels = steps.flatMap((step) => (step.from === 0 ? [step.to] : [step.from, step.to]));
  const lowest = Math.min(...levels);
  const highest = Math.max(...levels);
  if (lowest <= 0 || highest - lowest > highest * 0.35) return 0;
  return Math.max(0, lowest - (highest - lowest) * 0.6);
}

/** @example 'MRR from $79K to $84.1K: new +$4.2K, expansion +$2K, churn −$1.1K.' */
export function bridgeSentence(name: string, amounts: BridgeAmounts, unit: Unit, format: Formatter): string {
  const write = (value: number, signed = false): string => format.value(value, unit, { form: 'compact', signed });
  const moves = movementsOf(amounts)
    .filter(({ amount }) => amount !== 0)
    .map(({ id, label, amount }) => `${id === 'fx' ? label : label.toLowerCase()} ${write(amount, true)}`);
  const course = `${name} from ${write(amounts.opening)} to ${write(amounts.closing)}`;
  return moves.length === 0 ? `${course}, without movement.` : `${course}: ${moves.join(', ')}.`;
}

export function bridgeTable(amounts: BridgeAmounts, unit: Unit): ChartTable {
  const rows: [string, number][] = [
    ['Opening', amounts.opening],
    ...movementsOf(amounts).map(({ label, amount }): [string, number] => [label, amount]),
    ['Closing', amounts.closing],
  ];
  return {
    columns: [
      { header: 'Step', holds: 'text' },
      { header: 'Amount', holds: 'value', unit },
    ],
    rows,
  };
}
