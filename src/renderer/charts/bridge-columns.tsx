/** The bridge as columns with connectors. */
import type { ReactNode } from 'react';
import { useFormat } from '../lib/format-context.tsx';
import type { Unit } from '../lib/unit.ts';
import { stepColor } from './step-color.ts';
import type { BridgeStep } from './bridge-steps.ts';
import { StepHit } from './step-hit.tsx';

export interface BridgeDrawingProps<Id extends string> {
  steps: readonly BridgeStep<Id>[];
  unit: Unit;
  sentence: string;
  /** Where the value axis begins; above zero the two level columns are drawn as cut. */
  floor: number;
  onStep?: (step: Id) => void;
  width: number;
  height: number;
}

const HEAD = 18;
const FOOT = 22;

export function BridgeColumns<Id extends string>(props: BridgeDrawingProps<Id>): ReactNode {
  const { steps, unit, sentence, floor, onStep, width, height } = props;
  const format = useFormat();
  const highest = Math.max(...steps.map((step) => Math.max(step.from, step.to)));
  const lowest = Math.min(floor, ...steps.map((step) => Math.min(step.from, step.to)).filter((level) => level < 0));
  const plot = height - HEAD - FOOT;
  const y = (value: number): number =>
    HEAD + ((highest - Math.max(value, lowest)) / Math.max(1, highest - lowest)) * plot;
  const pitch = width / steps.length;
  const bar = Math.min(64, pitch * 0.62);
  return (
    <svg
      width={width}
      height={height}
      role={onStep === undefined ? 'img' : 'group'}
      aria-label={sentence}
      className="block"
    >
      <line x1={0} x2={width} y1={y(Math.max(0, floor))} y2={y(Math.max(0, floor))} stroke="var(--axis)" />
      {steps.map((step, index) => {
        const x = index * pitch + (pitch - bar) / 2;
        const top = Math.min(y(step.from), y(step.to));
        const size = Math.max(1.5, Math.abs(y(step.from) - y(step.to)));
        const isLevel = step.id === 'opening' || step.id === 'closing';
        const next = steps[index + 1];
        return (
          <g key={step.id}>
            <rect x={x} y={top} width={bar} height={size} rx={2} fill={stepColor(step.id)} />
            {isLevel && floor > 0 && <CutMark x={x} y={height - FOOT - 12} width={bar} />}
            {next !== undefined && (
              <line
                x1={x + bar}
                x2={x + pitch}
                y1={y(step.to)}
                y2={y(step.to)}
                stroke="var(--control-line)"
                strokeDasharray="2 2"
              />
            )}
            <text x={x + bar / 2} y={top - 5} textAnchor="middle" className="fill-ink text-[11px] font-medium">
              {format.value(step.amount, unit, { form: 'compact', signed: !isLevel })}
            </text>
            <text x={x + bar / 2} y={height - 6} textAnchor="middle" className="fill-muted text-[11px]">
              {step.label}
            </text>
            <StepHit step={step} unit={unit} x={index * pitch} y={0} width={pitch} height={height} onStep={onStep} />
          </g>
        );
      })}
    </svg>
  );
}

/** Two slanted lines: the column is taller than it is drawn. */
function CutMark({ x, y, width }: { x: number; y: number; width: number }): ReactNode {
  return (
    <path
      d={`M ${x - 3} ${y + 4} L ${x + width + 3} ${y - 4} M ${x - 3} ${y + 9} L ${x + width + 3} ${y + 1}`}
      stroke="var(--surface)"
      strokeWidth={2}
    />
  );
}
