/** The bridge as rows, for narrow screens: name, bar, amount. */
import type { ReactNode } from 'react';
import { useFormat } from '../lib/format-context.tsx';
import type { BridgeDrawingProps } from './bridge-columns.tsx';
import { stepColor } from './step-color.ts';
import { StepHit } from './step-hit.tsx';

const NAME = 82;
const AMOUNT = 62;

export function BridgeRows<Id extends string>(props: BridgeDrawingProps<Id>): ReactNode {
  const { steps, unit, sentence, floor, onStep, width, height } = props;
  const format = useFormat();
  const highest = Math.max(...steps.map((step) => Math.max(step.from, step.to)));
  const lowest = Math.min(floor, ...steps.map((step) => Math.min(step.from, step.to)).filter((level) => level < 0));
  const plot = Math.max(40, width - NAME - AMOUNT);
  const x = (value: number): number =>
    NAME + ((Math.max(value, lowest) - lowest) / Math.max(1, highest - lowest)) * plot;
  const pitch = height / steps.length;
  const bar = Math.min(20, pitch * 0.66);
  return (
    <svg
      width={width}
      height={height}
      role={onStep === undefined ? 'img' : 'group'}
      aria-label={sentence}
      className="block"
    >
      {steps.map((step, index) => {
        const top = index * pitch;
        const left = Math.min(x(step.from), x(step.to));
        const isLevel = step.id === 'opening' || step.id === 'closing';
        return (
          <g key={step.id}>
            <text x={0} y={top + pitch / 2} dominantBaseline="central" className="fill-muted text-[11px]">
              {step.label}
            </text>
            <rect
              x={left}
              y={top + (pitch - bar) / 2}
              width={Math.max(1.5, Math.abs(x(step.from) - x(step.to)))}
              height={bar}
              rx={2}
              fill={stepColor(step.id)}
            />
            {isLevel && floor > 0 && (
              <path
                d={`M ${NAME + 8} ${top + pitch / 2 + bar} l 5 ${-2 * bar} M ${NAME + 13} ${top + pitch / 2 + bar} l 5 ${-2 * bar}`}
                stroke="var(--surface)"
                strokeWidth={2}
              />
            )}
            {index < steps.length - 1 && (
              <line
                x1={x(step.to)}
                x2={x(step.to)}
                y1={top + (pitch + bar) / 2}
                y2={top + pitch + (pitch - bar) / 2}
                stroke="var(--control-line)"
                strokeDasharray="2 2"
              />
            )}
            <text
              x={width}
              y={top + pitch / 2}
              textAnchor="end"
              dominantBaseline="central"
              className="fill-ink text-[11px] font-medium"
            >
              {format.value(step.amount, unit, { form: 'compact', signed: !isLevel })}
            </text>
            <StepHit step={step} unit={unit} x={0} y={top} width={width} height={pitch} onStep={onStep} />
          </g>
        );
      })}
    </svg>
  );
}
