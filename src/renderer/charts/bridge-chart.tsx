/**
 * The bridge: how opening became closing. Columns where there is room, rows on a
 * narrow screen. Every step carries its signed amount; a click asks «why».
 */
import type { ReactNode } from 'react';
import { useFormat } from '../lib/format-context.tsx';
import type { Unit } from '../lib/unit.ts';
import { bridgeFloor, bridgeHolds, bridgeSteps, type BridgeAmounts, type BridgeStep } from './bridge-steps.ts';
import { BridgeColumns } from './bridge-columns.tsx';
import { BridgeRows } from './bridge-rows.tsx';
import { PlotBox, type PrintSize } from './plot-box.tsx';

/** What moves inside the company has no rows of its own: it is told by the figure, and opens nothing. */
type MovedId = 'movedIn' | 'movedOut';

function rowsOf(open: (step: Exclude<BridgeStep['id'], MovedId>) => void): (step: BridgeStep['id']) => void {
  return (step) => {
    if (step !== 'movedIn' && step !== 'movedOut') open(step);
  };
}

export interface BridgeChartProps {
  amounts: BridgeAmounts;
  unit: Unit;
  /** The same sentence as the frame's. */
  sentence: string;
  /** Opens the rows behind a step. */
  onStep?: (step: Exclude<BridgeStep['id'], MovedId>) => void;
  /** Pixels; default 260. */
  height?: number;
  print?: PrintSize;
}

export function BridgeChart({ amounts, unit, sentence, onStep, height = 260, print }: BridgeChartProps): ReactNode {
  const format = useFormat();
  const steps = bridgeSteps(amounts);
  const drawing = {
    steps,
    unit,
    sentence,
    floor: bridgeFloor(steps),
    ...(onStep === undefined ? {} : { onStep: rowsOf(onStep) }),
  };
  return (
    <>
      <PlotBox height={height} print={print}>
        {(width) =>
          width < steps.length * 62 ? (
            <BridgeRows {...drawing} width={width} height={height} />
          ) : (
            <BridgeColumns {...drawing} width={width} height={height} />
          )
        }
      </PlotBox>
      {!bridgeHolds(amounts) && (
        <p role="alert" className="mt-1 text-xs text-loss">
          The steps do not add up to the closing of {format.value(amounts.closing, unit)}.
        </p>
      )}
    </>
  );
}
