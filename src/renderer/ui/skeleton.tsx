/** The quiet shape of what is coming. Invisible for the first 200 ms, then still: it does not shimmer. */
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export function Skeleton({ className }: { className?: string }): ReactNode {
  return <div aria-hidden className={classNames('appear-late rounded-md bg-fill', className)} />;
}

/** Rows of a table or list that is loading, with a text for screen readers. */
export function SkeletonRows({ rows = 6, label = 'Loading' }: { rows?: number; label?: string }): ReactNode {
  return (
    <output className="flex flex-col gap-2 p-4">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton
          key={row}
          className={classNames('h-5', row % 3 === 2 ? 'w-3/5' : row % 3 === 1 ? 'w-4/5' : 'w-full')}
        />
      ))}
    </output>
  );
}
