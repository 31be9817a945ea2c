/** Above a digest as it is printed: the way back to its room. Not on paper. */
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Paper } from '../board/paper.ts';

export interface BackBarProps {
  to: '/today' | '/week';
  title: string;
  paper: Paper;
}

export function BackBar({ to, title, paper }: BackBarProps): ReactNode {
  return (
    <header className="no-print flex items-center gap-3 border-b border-line bg-canvas px-5 py-2">
      <Link
        to={to}
        search={(known) => known}
        className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink"
      >
        <ArrowLeft size={14} aria-hidden />
        {title}
      </Link>
      <span className="text-xs text-subtle">As it is printed on {paper === 'A4' ? 'A4' : 'US Letter'}</span>
    </header>
  );
}
