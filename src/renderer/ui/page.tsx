/** The outline of every room: its heading, one line about it, its controls, then the content. Sets the window's title. */
import { useEffect, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { HelpButton } from './help-button.tsx';

export interface PageProps {
  title: string;
  /** The window's title where it says more than the heading. */
  windowTitle?: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  /** Fills the window's height; its content scrolls inside. */
  fill?: boolean;
  className?: string;
  children: ReactNode;
}

export function Page({
  title,
  windowTitle,
  subtitle,
  actions,
  fill = false,
  className,
  children,
}: PageProps): ReactNode {
  const shownTitle = windowTitle ?? title;
  useEffect(() => {
    document.title = `${shownTitle} · Vario`;
  }, [shownTitle]);
  return (
    <div className={classNames('flex flex-col gap-4 px-5 py-4 max-[760px]:px-3', fill && 'min-h-0 flex-1', className)}>
      <header className="flex min-h-8 items-center gap-x-3 gap-y-2 max-[760px]:flex-wrap">
        <div className="min-w-0 flex-1 max-[760px]:basis-full">
          <div className="flex items-center gap-1">
            <h1 className="truncate text-lg font-semibold tracking-tight text-ink">{title}</h1>
            <span className="no-print opacity-70 focus-within:opacity-100 hover:opacity-100">
              <HelpButton about={title} />
            </span>
          </div>
          {subtitle !== undefined && (
            <p className="min-h-lh truncate text-sm text-pretty text-muted max-[760px]:whitespace-normal">{subtitle}</p>
          )}
        </div>
        {actions !== undefined && (
          <div className="no-print flex shrink-0 items-center gap-2 max-[760px]:shrink max-[760px]:flex-wrap">
            {actions}
          </div>
        )}
      </header>
      {children}
    </div>
  );
}
