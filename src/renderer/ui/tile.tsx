/** The surface on which one subject stands: a heading, optional controls, and the content. */
import { useId, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export interface TileProps {
  title?: ReactNode;
  /** A line below the heading: period, definition, count. */
  subtitle?: ReactNode;
  /** Controls at the right of the heading. */
  actions?: ReactNode;
  /** Without inner space, for tables that reach the edge. */
  flush?: boolean;
  className?: string;
  children?: ReactNode;
}

export function Tile({ title, subtitle, actions, flush = false, className, children }: TileProps): ReactNode {
  const headingId = useId();
  return (
    <section
      aria-labelledby={title === undefined ? undefined : headingId}
      className={classNames(
        'forced-outline flex min-w-0 flex-col rounded-lg border border-line bg-surface break-inside-avoid',
        flush && 'overflow-hidden',
        className,
      )}
    >
      {(title !== undefined || actions !== undefined) && (
        <header className="flex min-h-10 items-center gap-x-2 gap-y-1 px-4 pt-2.5 pb-1.5 max-[760px]:flex-wrap">
          <div className="min-w-0 flex-1 max-[760px]:min-w-32">
            <h2 id={headingId} className="truncate text-sm font-semibold text-ink">
              {title}
            </h2>
            {subtitle !== undefined && <p className="text-xs text-pretty text-subtle">{subtitle}</p>}
          </div>
          {actions !== undefined && (
            <div className="no-print flex max-w-full shrink-0 items-center gap-1">{actions}</div>
          )}
        </header>
      )}
      <div className={classNames('min-w-0 flex-1', !flush && 'px-4 pb-4', !flush && title === undefined && 'pt-4')}>
        {children}
      </div>
    </section>
  );
}
