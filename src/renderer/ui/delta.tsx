/** A change against a named period: arrow and sign say the direction, colour only repeats it. */
import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { changeBetween, changeText, type GoodDirection, type Judgement } from '../lib/change.ts';
import { classNames } from '../lib/class-names.ts';
import { useFormat } from '../lib/format-context.tsx';
import type { Quantity } from '../lib/unit.ts';

export interface DeltaProps {
  current: Quantity;
  previous: Quantity;
  /** The named period the change is measured against: «Oct 2026». */
  period: string;
  /** Which direction is good for the business; default up. */
  good?: GoodDirection;
  className?: string;
}

const JUDGEMENTS: Record<Judgement, string> = { gain: 'text-gain', loss: 'text-loss', neutral: 'text-muted' };
const ARROWS = { up: ArrowUpRight, down: ArrowDownRight, flat: ArrowRight };

export function Delta({ current, previous, period, good = 'up', className }: DeltaProps): ReactNode {
  const format = useFormat();
  const change = changeBetween(current, previous, good);
  if (change === null) {
    const reason = previous.value === null ? previous.reason : 'No comparable value';
    return (
      <span className={classNames('text-xs text-subtle', className)} title={reason}>
        — vs {period}
      </span>
    );
  }
  const Arrow = ARROWS[change.direction];
  return (
    <span
      className={classNames('inline-flex max-w-full flex-wrap items-center gap-x-1 text-xs', className)}
      data-change={change.direction}
      title={`${period}: ${format.quantity(previous)}`}
    >
      <span
        className={classNames(
          'inline-flex shrink-0 items-center gap-0.5 font-medium whitespace-nowrap',
          JUDGEMENTS[change.judgement],
        )}
      >
        <Arrow size={13} aria-hidden strokeWidth={2} />
        {changeText(change, current, format)}
      </span>
      <span className="min-w-0 text-subtle">vs {period}</span>
    </span>
  );
}
