/** Sets locale, zone and theme of the company, and leads who has not finished the way in to the step where it was left. */
import { useQuery } from '@tanstack/react-query';
import { Navigate, useLocation } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { FormatProvider } from '../../lib/format-context.tsx';
import { applyAppearance } from '../../lib/appearance.ts';
import { Broken } from './broken.tsx';
import { Starting } from './starting.tsx';

export function WorkspaceGate({ children }: { children: ReactNode }): ReactNode {
  const { api } = useEngine();
  const workspace = useQuery(api.workspace.get.queryOptions());
  const onboarding = useQuery(api.onboarding.state.queryOptions());
  const path = useLocation({ select: (location) => location.pathname });
  const settings = workspace.data;
  useEffect(() => {
    if (settings !== undefined) applyAppearance(settings);
  }, [settings]);

  for (const query of [workspace, onboarding]) {
    const state = stateOf(query);
    if (state.kind === 'error') return <Broken code={state.code} message={state.message} />;
  }
  if (workspace.data === undefined || onboarding.data === undefined) return <Starting lost={false} />;
  const company = workspace.data;
  const { step, postponed } = onboarding.data;
  if (step !== 'done' && !postponed && path !== '/welcome') return <Navigate to="/welcome" replace />;
  return (
    <FormatProvider locale={company.locale ?? navigator.language} zone={company.timeZone} calendar={company}>
      {children}
    </FormatProvider>
  );
}
