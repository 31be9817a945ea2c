/** What the whole window stands on: the engine, remembered answers, the parts' provider and the router. */
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { createQueryClient, EngineProvider, sendOnLeaving } from '../lib/engine/index.ts';
import { UiProvider } from '../ui/ui-provider.tsx';
import { CommandFailures, commandFailures } from './command-failures.tsx';
import { createAppRouter } from './router.tsx';
import type { StartedEngine } from './start-engine.ts';

export function App({ engine }: { engine: StartedEngine }): ReactNode {
  const [queries] = useState(() => {
    const client = createQueryClient({
      onLocked: () => void client.invalidateQueries({ queryKey: [['session']] }),
      onCommandFailed: commandFailures.report,
    });
    return client;
  });
  const [router] = useState(() => createAppRouter());
  useEffect(() => sendOnLeaving(queries, window), [queries]);
  return (
    <EngineProvider client={engine.client} connection={engine.connection}>
      <QueryClientProvider client={queries}>
        <UiProvider>
          <CommandFailures />
          <RouterProvider router={router} />
        </UiProvider>
      </QueryClientProvider>
    </EngineProvider>
  );
}
