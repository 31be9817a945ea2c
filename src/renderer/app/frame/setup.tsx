/** How far the setup is, in the sidebar, and the list behind it. Gone once all is done or it was hidden. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { checklistEntries } from '../../features/onboarding/checklist-items.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { useNotificationPermission } from './use-notification-permission.ts';

const Checklist = lazy(async () => ({ default: (await import('../../features/onboarding/checklist.tsx')).Checklist }));

export function Setup(): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const format = useFormat();
  const navigate = useNavigate();
  const open = useSearch({ from: '__root__' }).setup === 'open';
  const onboarding = useQuery(api.onboarding.state.queryOptions()).data;
  const session = useQuery(api.session.status.queryOptions()).data;
  const { permission, ask } = useNotificationPermission();
  const note = useMutation({
    ...api.onboarding.note.mutationOptions(),
    onSuccess: (state) => queries.setQueryData(api.onboarding.state.queryKey(), state),
  });
  if (onboarding === undefined || session === undefined) return null;
  const show = (shown: boolean): void =>
    void navigate({
      to: '.',
      search: (known) => ({ ...known, setup: shown ? ('open' as const) : undefined }),
      replace: !shown,
      resetScroll: false,
    });
  const entries = checklistEntries(onboarding.checklist.items, session, permission);
  const done = entries.filter((entry) => entry.done).length;
  return (
    <>
      {onboarding.checklist.shown && done < entries.length && (
        <button
          type="button"
          onClick={() => show(true)}
          className="flex h-7 w-full items-center gap-2.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink"
        >
          <ListChecks size={16} aria-hidden strokeWidth={1.75} className="shrink-0" />
          <span className="flex-1 text-left">Set up</span>
          <span className="text-2xs text-subtle">
            {format.count(done)} of {format.count(entries.length)}
          </span>
        </button>
      )}
      <Sheet open={open} onClose={() => show(false)} title="Set up" className="w-[min(26rem,100vw)]">
        <Suspense fallback={<SkeletonRows rows={8} />}>
          <Checklist
            entries={entries}
            onboarding={onboarding}
            onAsk={ask}
            onHide={() => note.mutate({ event: 'checklistHidden' }, { onSuccess: () => show(false) })}
          />
        </Suspense>
      </Sheet>
      <FirstNumber waits={onboarding.startedAt !== null && onboarding.firstNumberAt === null} note={note.mutate} />
    </>
  );
}

/** Notes when the first figure stands on the screen: the engine keeps the moment, once. */
function FirstNumber(props: { waits: boolean; note: (what: { event: 'firstNumber' }) => void }): ReactNode {
  const { waits, note } = props;
  const { api } = useEngine();
  const snapshot = useQuery({ ...api.metrics.snapshot.queryOptions({ input: {} }), enabled: waits });
  const stands = waits && snapshot.data !== undefined && snapshot.data.mrr !== null;
  // Told again with every new answer: the engine counts it once the ledger holds a movement.
  const shownAt = stands ? snapshot.dataUpdatedAt : null;
  useEffect(() => {
    if (shownAt !== null) note({ event: 'firstNumber' });
  }, [shownAt, note]);
  return null;
}
