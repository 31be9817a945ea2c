/** Who comes in and what they see first: signed in, key there, company set up; then the page that the address names. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import type { SessionStatus } from '../../../shared/contract/session.ts';
import { timeZone } from '../../../shared/kernel/day.ts';
import { failureOf, stateOf, useConnectionState, useEngine, useLive } from '../../lib/engine/index.ts';
import { FormatProvider } from '../../lib/format-context.tsx';
import { ConnectionBanner } from '../frame/connection-banner.tsx';
import { HelpSheet } from '../frame/help-sheet.tsx';
import { Broken } from './broken.tsx';
import { SignedOut } from './signed-out.tsx';
import { Starting } from './starting.tsx';
import { Unlock } from './unlock.tsx';
import { WorkspaceGate } from './workspace-gate.tsx';

const systemZone = timeZone(new Intl.DateTimeFormat().resolvedOptions().timeZone);

export function SessionGate(): ReactNode {
  return (
    <FormatProvider locale={navigator.language} zone={systemZone}>
      <Gate />
      <HelpSheet />
    </FormatProvider>
  );
}

function Gate(): ReactNode {
  const { api } = useEngine();
  const connection = useConnectionState();
  const status = useQuery(api.session.status.queryOptions());
  const [retrying, setRetrying] = useState(false);
  useForgetting(status.data?.state);
  const welcome = useLocation({ select: (location) => location.pathname === '/welcome' });
  if (connection.kind === 'lost' && failureOf(connection.cause).code === 'auth_failed') return <SignedOut />;
  if (status.data === undefined) {
    const state = stateOf(status);
    if (state.kind === 'error') return <Broken code={state.code} message={state.message} />;
    return <Starting lost={connection.kind === 'lost'} />;
  }
  switch (status.data.state) {
    case 'broken':
      return retrying ? (
        <Unlock status={status.data} onBroken={() => setRetrying(false)} />
      ) : (
        <Broken
          {...(status.data.problem ?? { code: 'internal', message: 'The database cannot be opened.' })}
          status={status.data}
          // Whoever has repaired something opens the database anew; without a way in, the keyring is read again.
          onRetry={() => (status.data.protections.length > 0 ? setRetrying(true) : void status.refetch())}
        />
      );
    case 'locked':
      return (
        <>
          <ConnectionBanner />
          <Unlock status={status.data} onBroken={() => setRetrying(false)} />
        </>
      );
    case 'new':
      return welcome ? <Outlet /> : <Navigate to="/welcome" replace />;
    case 'unlocked':
      return <Open />;
  }
}

/** What was read from a database that is not open any more must not stay in the page, nor be shown as another one's. */
function useForgetting(state: SessionStatus['state'] | undefined): void {
  const { api } = useEngine();
  const queries = useQueryClient();
  useEffect(() => {
    if (state === undefined || state === 'unlocked') return;
    const session = queries.getQueryCache().findAll({ queryKey: api.session.key() });
    queries.removeQueries({ predicate: (query) => !session.includes(query) });
  }, [state, queries, api]);
}

/** Mounted exactly while the database is open, so that the streams live as long as it is. */
function Open(): ReactNode {
  useLive();
  return (
    <WorkspaceGate>
      <Outlet />
    </WorkspaceGate>
  );
}
