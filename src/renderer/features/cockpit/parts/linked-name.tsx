/** A line about a customer: the name leads to them. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { classNames } from '../../../lib/class-names.ts';

export interface LinkedNameProps {
  customerId: CustomerId;
  name: string;
  note: ReactNode;
  amount: string;
  /** Whether the amount is a gain or a loss; default neither. */
  tone?: 'gain' | 'loss' | undefined;
  /** A day before the name. */
  day?: string;
  title?: string;
}

export function LinkedName({ customerId, name, note, amount, tone, day, title }: LinkedNameProps): ReactNode {
  return (
    <Link
      to="/customers/$customerId"
      params={{ customerId }}
      title={title}
      className="flex h-6.5 items-center gap-2.5 px-4 hover:bg-hover"
    >
      {day !== undefined && <span className="min-w-11 shrink-0 text-xs whitespace-nowrap text-subtle">{day}</span>}
      <span className="min-w-12 flex-1 truncate text-ink">{name}</span>
      <span className="truncate text-xs text-muted">{note}</span>
      <span
        className={classNames(
          'min-w-14 shrink-0 text-right font-medium',
          tone === 'gain' ? 'text-gain' : tone === 'loss' ? 'text-loss' : 'text-ink',
        )}
      >
        {amount}
      </span>
    </Link>
  );
}
