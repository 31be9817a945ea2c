/** How far the setup is, in the sidebar. Gone once all is done or it was hidden. */
import { ListChecks } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormat } from '../../lib/format-context.tsx';
import { useSetup } from './use-setup.ts';

/** @param props.onChosen runs before the list opens: what the button stands in may have to make room. */
export function SetupButton({ onChosen }: { onChosen?: (() => void) | undefined }): ReactNode {
  const format = useFormat();
  const setup = useSetup();
  if (setup === null || !setup.onboarding.checklist.shown || setup.done === setup.entries.length) return null;
  return (
    <button
      type="button"
      onClick={() => {
        onChosen?.();
        setup.show(true);
      }}
      className="flex h-7 w-full items-center gap-2.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink"
    >
      <ListChecks size={16} aria-hidden strokeWidth={1.75} className="shrink-0" />
      <span className="flex-1 text-left">Set up</span>
      <span className="text-2xs text-subtle">
        {format.count(setup.done)} of {format.count(setup.entries.length)}
      </span>
    </button>
  );
}
