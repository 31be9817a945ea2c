/** Which of the three steps this is. */
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../../../lib/class-names.ts';

export const STEPS = [
  { id: 'key', title: 'Protect the data' },
  { id: 'stripe', title: 'Connect Stripe' },
  { id: 'company', title: 'The company' },
] as const;
export type StepId = (typeof STEPS)[number]['id'];

export function StepList({ current }: { current: StepId }): ReactNode {
  const at = STEPS.findIndex(({ id }) => id === current);
  return (
    <ol aria-label="Steps" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      {STEPS.map(({ id, title }, index) => (
        <li
          key={id}
          aria-current={id === current ? 'step' : undefined}
          className={classNames('flex items-center gap-1.5', index === at ? 'font-medium text-ink' : 'text-muted')}
        >
          <span
            aria-hidden
            className={classNames(
              'inline-flex size-5 items-center justify-center rounded-full border text-2xs font-medium',
              index === at ? 'border-accent bg-accent-soft text-accent-strong' : 'border-line-strong',
            )}
          >
            {index < at ? <Check size={12} /> : index + 1}
          </span>
          {title}
          {index < at && <span className="sr-only">(done)</span>}
        </li>
      ))}
    </ol>
  );
}
