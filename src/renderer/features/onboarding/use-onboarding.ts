/** Where the founder stands on the way in, and how what happens on it is noted. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Onboarding, OnboardingEvent } from '../../../shared/contract/onboarding.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { useEngine } from '../../lib/engine/index.ts';

export interface OnboardingState {
  readonly state: Onboarding | undefined;
  readonly noting: boolean;
  note(event: OnboardingEvent, after?: () => void): void;
}

/** @param open whether there is an open database to ask. */
export function useOnboarding(open: boolean): OnboardingState {
  const { api } = useEngine();
  const queries = useQueryClient();
  const { data } = useQuery({ ...api.onboarding.state.queryOptions(), enabled: open });
  const note = useMutation({
    ...api.onboarding.note.mutationOptions(),
    onSuccess: (state) => queries.setQueryData(api.onboarding.state.queryKey(), state),
  });
  return {
    state: data,
    noting: note.isPending,
    note: (event, after) => note.mutate({ event }, after === undefined ? {} : { onSuccess: after }),
  };
}

/** Notes when the own data was chosen, once the database that remembers it is there. */
export function useBeginning(state: Onboarding | undefined, chosenAt: Instant): void {
  const { api } = useEngine();
  const queries = useQueryClient();
  const { mutate } = useMutation({
    ...api.onboarding.begin.mutationOptions(),
    onSuccess: (known) => queries.setQueryData(api.onboarding.state.queryKey(), known),
  });
  const missing = state !== undefined && state.startedAt === null;
  useEffect(() => {
    if (missing) mutate({ startedAt: chosenAt });
  }, [missing, mutate, chosenAt]);
}
