/** The setup checklist as the frame needs it: its entries, whether it is open, and what may be done with it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Onboarding, OnboardingEvent } from '../../../shared/contract/onboarding.ts';
import { checklistEntries, type ChecklistEntry } from '../../features/onboarding/checklist-items.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useNotificationPermission } from './use-notification-permission.ts';

export interface Setup {
  readonly onboarding: Onboarding;
  readonly entries: readonly ChecklistEntry[];
  readonly done: number;
  readonly open: boolean;
  show(shown: boolean): void;
  /** Asks the browser for permission to notify. */
  ask(): void;
  note(event: OnboardingEvent, after?: () => void): void;
}

/** Null until the engine has answered. */
export function useSetup(): Setup | null {
  const { api } = useEngine();
  const queries = useQueryClient();
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
  const entries = checklistEntries(onboarding.checklist.items, session, permission);
  return {
    onboarding,
    entries,
    done: entries.filter((entry) => entry.done).length,
    open,
    ask,
    show: (shown) =>
      void navigate({
        to: '.',
        search: (known) => ({ ...known, setup: shown ? ('open' as const) : undefined }),
        replace: !shown,
        resetScroll: false,
      }),
    note: (event, after) => note.mutate({ event }, after === undefined ? {} : { onSuccess: after }),
  };
}
