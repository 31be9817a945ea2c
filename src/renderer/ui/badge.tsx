/** A short word with a tone. Gain, loss and warning carry a sign as well as a colour. */
import { TriangleAlert, ArrowDown, ArrowUp, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export type Tone = 'neutral' | 'accent' | 'gain' | 'loss' | 'warn';

const TONES: Record<Tone, string> = {
  neutral: 'bg-fill text-muted',
  accent: 'bg-accent-soft text-accent-strong',
  gain: 'bg-gain-soft text-gain',
  loss: 'bg-loss-soft text-loss',
  warn: 'bg-warn-soft text-warn',
};

export interface BadgeProps {
  tone?: Tone;
  /** Adds the tone's sign before the word: needed wherever the word alone does not say gain, loss or warning. */
  sign?: boolean;
  className?: string;
  children: ReactNode;
}

export function Badge({ tone = 'neutral', sign = false, className, children }: BadgeProps): ReactNode {
  return (
    <span
      className={classNames(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 text-xs font-medium',
        TONES[tone],
        className,
      )}
    >
      {sign && <ToneSign tone={tone} />}
      {children}
    </span>
  );
}

/** The sign that goes with a tone. */
export function ToneSign({ tone, size = 12 }: { tone: Tone; size?: number }): ReactNode {
  if (tone === 'neutral') return null;
  const Icon = tone === 'gain' ? ArrowUp : tone === 'loss' ? ArrowDown : tone === 'warn' ? TriangleAlert : Info;
  return <Icon size={size} aria-hidden strokeWidth={2} />;
}
