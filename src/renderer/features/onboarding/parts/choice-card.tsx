/** One of the two ways in. */
import type { LucideIcon } from 'lucide-react';
import { useId, type ReactNode } from 'react';

export interface ChoiceCardProps {
  icon: LucideIcon;
  title: string;
  text: string;
  action: ReactNode;
}

export function ChoiceCard({ icon: Icon, title, text, action }: ChoiceCardProps): ReactNode {
  const titleId = useId();
  return (
    <section
      aria-labelledby={titleId}
      className="flex flex-col gap-3 rounded-xl border border-line bg-surface p-6 shadow-raised"
    >
      <Icon size={24} aria-hidden strokeWidth={1.5} className="text-accent" />
      <h2 id={titleId} className="text-lg font-semibold tracking-tight">
        {title}
      </h2>
      <p className="flex-1 text-pretty text-muted">{text}</p>
      <div>{action}</div>
    </section>
  );
}
