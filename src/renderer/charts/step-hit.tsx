/** The area of a step that can be pointed at, focused and opened. */
import type { KeyboardEvent, ReactNode } from 'react';
import { useFormat } from '../lib/format-context.tsx';
import type { Unit } from '../lib/unit.ts';
import type { BridgeStep } from './bridge-steps.ts';

export interface StepHitProps<Id extends string> {
  step: BridgeStep<Id>;
  unit: Unit;
  x: number;
  y: number;
  width: number;
  height: number;
  onStep: ((step: Id) => void) | undefined;
}

export function StepHit<Id extends string>(props: StepHitProps<Id>): ReactNode {
  const { step, unit, x, y, width, height, onStep } = props;
  const format = useFormat();
  const text = `${step.label}: ${format.value(step.amount, unit)}`;
  const box = { x, y, width, height, fill: 'transparent' };
  if (onStep === undefined)
    return (
      <rect {...box}>
        <title>{text}</title>
      </rect>
    );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onStep(step.id);
  };
  return (
    <g
      role="button"
      tabIndex={0}
      aria-label={`${text}. Show why`}
      onClick={() => onStep(step.id)}
      onKeyDown={onKeyDown}
    >
      <rect {...box} className="hover:fill-ink/5" />
      <title>{text}</title>
    </g>
  );
}
