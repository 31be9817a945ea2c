/** What the address opens beside any page: a passage of the handbook. Its texts are loaded when it is first opened. */
import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useEffectEvent, type ReactNode } from 'react';
import { useHelp } from '../../lib/address/index.ts';
import { Sheet } from '../../ui/dialog.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';

const HelpPassage = lazy(async () => ({ default: (await import('../../features/handbook/sheet.tsx')).HelpPassage }));

export function HelpSheet(): ReactNode {
  const { help: topic } = useSearch({ from: '__root__' });
  const help = useHelp();
  useHelpKey(() => help.open());
  return (
    <Sheet open={topic !== undefined} onClose={help.close} title="Handbook">
      {topic !== undefined && (
        <Suspense fallback={<SkeletonRows rows={8} />}>
          <HelpPassage topic={topic} />
        </Suspense>
      )}
    </Sheet>
  );
}

/** F1 also where the frame's shortcuts rest: outside of it, inside dialogs, and while text is written. */
function useHelpKey(open: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'F1' || event.defaultPrevented || event.repeat) return;
    event.preventDefault();
    open();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKeyDown(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
