/** One setting: its name at the left, its control at the right, both marked when the address names it. */
import type { ReactNode } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { useFound } from './found.tsx';

export interface SettingRowProps {
  /** The anchor in the address. */
  id: string;
  /** Left out where the control shows its own name (a switch). */
  title?: string;
  children: ReactNode;
}

/** The control's label says the title again for screen readers, so the one in sight is left out there. */
export function SettingRow({ id, title, children }: SettingRowProps): ReactNode {
  const found = useFound(id);
  return (
    <div
      id={id}
      className={classNames(
        'flex scroll-mt-16 gap-x-6 gap-y-1 py-2.5 max-[640px]:flex-col',
        found && 'rounded-md bg-accent-soft outline-6 outline-accent-soft',
      )}
    >
      {title !== undefined && (
        <p aria-hidden className="w-52 shrink-0 pt-1.5 font-medium text-ink max-[640px]:w-full max-[640px]:pt-0">
          {title}
        </p>
      )}
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
