/** How far along: a filled bar with its text beside it. Progress of work is ProgressBar; this is a measure. */
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import type { Tone } from './badge.tsx';

const FILLS: Record<Tone, string> = {
  neutral: 'bg-ink',
  accent: 'bg-accent',
  gain: 'bg-gain',
  loss: 'bg-loss',
  warn: 'bg-warn-mark',
};

export interface MeterProps {
  /** Accessible name. */
  label: string;
  /** A fraction of one; beyond 0…1 the bar stops at its end, the text tells the rest. */
  fraction: number;
  /** What the bar says in words: «84% of $100k». */
  text: string;
  tone?: Tone;
  className?: string;
}

export function Meter({ label, fraction, text, tone = 'neutral', className }: MeterProps): ReactNode {
  const share = Math.min(1, Math.max(0, fraction));
  return (
    <div className={classNames('forced-outline relative h-1 overflow-hidden rounded-full bg-fill', className)}>
      <meter className="sr-only" aria-label={label} min={0} max={1} value={share} aria-valuetext={text} />
      <div
        aria-hidden
        className={classNames('forced-fill h-full rounded-full', FILLS[tone])}
        style={{ width: `${share * 100}%` }}
      />
    </div>
  );
}

export interface ProgressBarProps {
  label: string;
  /** Done so far as a fraction of one; null while the total is not known. */
  fraction: number | null;
  /** «1,204 of 3,000 invoices». */
  text: string;
}

/** Work under way. Unknown totals show a third of the bar at rest rather than something that runs to and fro. */
export function ProgressBar({ label, fraction, text }: ProgressBarProps): ReactNode {
  const share = fraction === null ? null : Math.min(1, Math.max(0, fraction));
  return (
    <div className="flex flex-col gap-1">
      <div className="flex justify-between gap-3 text-xs">
        <span className="truncate text-ink">{label}</span>
        <span className="text-subtle">{text}</span>
      </div>
      <div className="forced-outline relative h-1.5 overflow-hidden rounded-full bg-fill">
        <progress
          className="sr-only"
          aria-label={label}
          aria-valuetext={text}
          {...(share === null ? {} : { value: share, max: 1 })}
        />
        <div
          aria-hidden
          className={classNames(
            'forced-fill h-full rounded-full bg-accent transition-[width] duration-200 ease-calm',
            share === null && 'opacity-40',
          )}
          style={{ width: share === null ? '33%' : `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
