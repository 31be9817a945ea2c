/** From one level to another by named steps that judge nothing: the way between two policies, or between two reports. */
import type { ReactNode } from 'react';
import type { Unit } from '../lib/unit.ts';
import { bridgeFloor, type BridgeStep } from './bridge-steps.ts';
import { BridgeColumns } from './bridge-columns.tsx';
import { BridgeRows } from './bridge-rows.tsx';
import { PlotBox } from './plot-box.tsx';

export interface LevelBridgeProps<Id extends string> {
  opening: { readonly label: string; readonly amount: number };
  /** Signed, in the order in which they lead from the opening to the closing. */
  steps: readonly { readonly id: Id; readonly label: string; readonly amount: number }[];
  closing: { readonly label: string; readonly amount: number };
  unit: Unit;
  /** The same sentence as the frame's. */
  sentence: string;
  onStep?: (step: Id | 'opening' | 'closing') => void;
  /** Pixels; default 260. */
  height?: number;
}

/** Room that a column with its name below needs. */
const COLUMN = 108;

export function LevelBridge<Id extends string>(props: LevelBridgeProps<Id>): ReactNode {
  const { unit, sentence, onStep, height = 260 } = props;
  const steps = stepsOf(props);
  const drawing = { steps, unit, sentence, floor: bridgeFloor(steps), ...(onStep === undefined ? {} : { onStep }) };
  return (
    <PlotBox height={height} print={undefined}>
      {(width) =>
        width < steps.length * COLUMN ? (
          <BridgeRows {...drawing} width={width} height={height} />
        ) : (
          <BridgeColumns {...drawing} width={width} height={height} />
        )
      }
    </PlotBox>
  );
}

function stepsOf<Id extends string>(props: LevelBridgeProps<Id>): BridgeStep<Id | 'opening' | 'closing'>[] {
  const { opening, closing } = props;
  let level = opening.amount;
  return [
    { id: 'opening', ...opening, from: 0, to: opening.amount },
    ...props.steps.map((step) => {
      const from = level;
      level += step.amount;
      return { ...step, from, to: level };
    }),
    { id: 'closing', ...closing, from: 0, to: closing.amount },
  ];
}
