/** The calm single-subject screen before the cockpit: unlock, problems, starting. */
import type { ReactNode } from 'react';
import { usePageTitle } from '../../lib/address/index.ts';
import { classNames } from '../../lib/class-names.ts';
import { Mark } from '../../ui/mark.tsx';

export interface StageProps {
  title: string;
  /** Appears only when the wait is felt. */
  quiet?: boolean;
  children: ReactNode;
}

export function Stage({ title, quiet = false, children }: StageProps): ReactNode {
  usePageTitle(title);
  return (
    <main className={classNames('grid min-h-dvh place-items-center bg-canvas p-6', quiet && 'appear-late')}>
      <div className="flex w-full max-w-md flex-col gap-4">
        <Mark size={36} />
        <h1 className="text-xl font-semibold tracking-tight text-ink">{title}</h1>
        {children}
      </div>
    </main>
  );
}
