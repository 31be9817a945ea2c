/** Leads from an explanation to the passage of the handbook that says more. */
import { BookOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useHelp } from '../lib/address/index.ts';

/** @param props.topic `page`, `page#heading`, or `metric:id` for the definition of a metric. */
export function HelpLink({ topic }: { topic: string }): ReactNode {
  const help = useHelp();
  return (
    <button
      type="button"
      onClick={() => help.open(topic)}
      className="inline-flex items-center gap-1.5 text-accent underline-offset-2 hover:underline"
    >
      <BookOpen size={14} aria-hidden strokeWidth={1.75} />
      In the handbook
    </button>
  );
}
