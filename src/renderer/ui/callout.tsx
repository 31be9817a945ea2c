/** A remark that belongs to the page, with its tone's sign and, where something can be done, one action. */
import { CircleCheck, Info, OctagonAlert, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import type { Tone } from './badge.tsx';

export interface CalloutProps {
  tone?: Tone;
  title: ReactNode;
  /** Buttons or links at the end. */
  action?: ReactNode;
  children?: ReactNode;
}

const TONES: Record<Tone, string> = {
  neutral: 'border-line bg-surface text-ink',
  accent: 'border-accent/25 bg-accent-soft text-accent-strong',
  gain: 'border-gain/25 bg-gain-soft text-gain',
  loss: 'border-loss/25 bg-loss-soft text-loss',
  warn: 'border-warn/25 bg-warn-soft text-warn',
};

/** A remark judges no number, so its signs are those of news: done, broken, beware. */
const SIGNS: Partial<Record<Tone, LucideIcon>> = {
  accent: Info,
  gain: CircleCheck,
  loss: OctagonAlert,
  warn: TriangleAlert,
};

export function Callout({ tone = 'neutral', title, action, children }: CalloutProps): ReactNode {
  const Sign = SIGNS[tone];
  return (
    <aside className={classNames('flex items-start gap-2.5 rounded-lg border px-3 py-2.5', TONES[tone])}>
      {Sign !== undefined && <Sign size={15} aria-hidden className="mt-0.5 shrink-0" />}
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children !== undefined && <div className="text-pretty text-ink/85">{children}</div>}
      </div>
      {action !== undefined && <div className="no-print flex shrink-0 gap-2">{action}</div>}
    </aside>
  );
}
