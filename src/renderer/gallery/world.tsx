/**
 * What parts of the product ask for around them, without an engine behind it: a
 * router whose address has the filters of the frame, and answers that never change.
 */
import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client';
import { QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { timeZone } from '../../shared/kernel/day.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { EvidenceSearchSchema } from '../lib/address/index.ts';
import { EngineConnection } from '../lib/engine/connection.ts';
import { createQueryClient, EngineProvider, type EngineClient } from '../lib/engine/index.ts';
import { FormatProvider } from '../lib/format-context.tsx';
import { UiProvider } from '../ui/ui-provider.tsx';

const ANSWERS: Readonly<Record<string, unknown>> = {
  'workspace.get': { dailyDigest: { at: '08:00', workdaysOnly: true }, weeklyDigest: null },
  'jobs.list': [],
  'metrics.dimensions': [
    { dimension: 'plan', label: 'Plan' },
    { dimension: 'country', label: 'Country' },
  ],
  'metrics.dimensionValues': {
    total: 3,
    values: [
      { value: 'team', label: 'Team', customers: 412 },
      { value: 'business', label: 'Business', customers: 96 },
      { value: 'enterprise', label: 'Enterprise', customers: 12 },
    ],
  },
};

const LINK: ClientLink<ClientContext> = {
  call: (path) => {
    const call = path.join('.');
    const answer = ANSWERS[call];
    return answer === undefined
      ? Promise.reject(new AppError('unavailable', `The gallery has no answer to ${call}`))
      : Promise.resolve(answer);
  },
};

const client = createORPCClient<EngineClient>(LINK);
const connection = new EngineConnection(() => Promise.reject(new AppError('unavailable', 'The gallery has no engine')));
const queries = createQueryClient({ onLocked: () => undefined, onCommandFailed: () => undefined });

/** Around the gallery: a world in which two filters are set that some figures cannot follow. */
export function World({ children }: { children: ReactNode }): ReactNode {
  const [router] = useState(() => routerAround(children));
  return <RouterProvider router={router} />;
}

function routerAround(children: ReactNode) {
  const root = createRootRoute();
  const frame = createRoute({ getParentRoute: () => root, id: 'frame', validateSearch: EvidenceSearchSchema });
  const page = createRoute({
    getParentRoute: () => frame,
    path: '/',
    component: () => (
      <FormatProvider locale="en-US" zone={timeZone('Europe/Berlin')}>
        <QueryClientProvider client={queries}>
          <EngineProvider client={client} connection={connection}>
            <UiProvider>{children}</UiProvider>
          </EngineProvider>
        </QueryClientProvider>
      </FormatProvider>
    ),
  });
  return createRouter({
    routeTree: root.addChildren([frame.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: ['/?policy=stripe&rates=constant'] }),
  });
}
