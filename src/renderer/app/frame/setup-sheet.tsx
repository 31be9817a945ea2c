/** The setup checklist beside any room, and the measure of the first number. */
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useEffectEvent, type ReactNode } from 'react';
import { useEngine } from '../../lib/engine/index.ts';
import { Sheet } from '../../ui/dialog.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { useSetup, type Setup } from './use-setup.ts';

const Checklist = lazy(async () => ({ default: (await import('../../features/onboarding/checklist.tsx')).Checklist }));

export function SetupSheet(): ReactNode {
  const setup = useSetup();
  if (setup === null) return null;
  const { onboarding, entries, open, show, ask, note } = setup;
  return (
    <>
      <Sheet open={open} onClose={() => show(false)} title="Set up">
        <Suspense fallback={<SkeletonRows rows={8} />}>
          <Checklist
            entries={entries}
            onboarding={onboarding}
            onAsk={ask}
            onHide={() => note('checklistHidden', () => show(false))}
          />
        </Suspense>
      </Sheet>
      {onboarding.startedAt !== null && onboarding.firstNumberAt === null && <FirstNumber note={note} />}
    </>
  );
}

/** Notes when the first figure stands on the screen: the engine keeps the moment, once. */
function FirstNumber({ note }: Pick<Setup, 'note'>): ReactNode {
  const { api } = useEngine();
  const snapshot = useQuery(api.metrics.snapshot.queryOptions({ input: {} }));
  const stands = snapshot.data !== undefined && snapshot.data.mrr !== null;
  // Told again with every new answer: the engine counts it once the ledger holds a movement.
  const shownAt = stands ? snapshot.dataUpdatedAt : null;
  const tell = useEffectEvent(() => note('firstNumber'));
  useEffect(() => {
    if (shownAt !== null) tell();
  }, [shownAt]);
  return null;
}
