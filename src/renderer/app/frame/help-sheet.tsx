/** What the address opens beside any page: a passage of the handbook. Its texts are loaded when it is first opened. */
import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { useHelp } from '../../lib/address/index.ts';
import { Sheet } from '../../ui/dialog.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';

const HelpPassage = lazy(async () => ({ default: (await import('../../features/handbook/sheet.tsx')).HelpPassage }));

export function HelpSheet(): ReactNode {
  const { help: topic } = useSearch({ from: '__root__' });
  const help = useHelp();
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
