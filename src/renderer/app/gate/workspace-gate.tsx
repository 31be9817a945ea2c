/** Sets locale, zone and theme of the company, and leads a company without data to the welcome page. */
import { useQuery } from '@tanstack/react-query';
import { Navigate, useLocation } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { FormatProvider } from '../../lib/format-context.tsx';
import { applyTheme } from '../../lib/theme.ts';
import { Broken } from './broken.tsx';
import { Starting } from './starting.tsx';

export function WorkspaceGate({ children }: { children: ReactNode }): ReactNode {
  const { api } = useEngine();
  const workspace = useQuery(api.workspace.get.queryOptions());
  const sources = useQuery(api.sources.list.queryOptions());
  const path = useLocation({ select: (location) => location.pathname });
  const theme = workspace.data?.theme;
  useEffect(() => {
    if (theme !== undefined) applyTheme(theme);
  }, [theme]);

  for (const query of [workspace, sources]) {
    const state = stateOf(query);
    if (state.kind === 'error') return <Broken code={state.code} message={state.message} />;
  }
  if (workspace.data === undefined || sources.data === undefined) return <Starting lost={false} />;
  const company = workspace.data;
  const unset = company.onboardedAt === null && sources.data.length === 0;
  if (unset && path !== '/welcome') return <Navigate to="/welcome" replace />;
  return (
    <FormatProvider locale={company.locale ?? navigator.language} zone={company.timeZone}>
      {children}
    </FormatProvider>
  );
}
