/** Hands the one client to every component below, with its calls as query and mutation options. */
import { createTanstackQueryUtils, type RouterUtils } from '@orpc/tanstack-query';
import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { EngineClient } from './client.ts';
import type { ConnectionState, EngineConnection } from './connection.ts';

export interface Engine {
  readonly client: EngineClient;
  /** Query keys, query options and mutation options of every call. */
  readonly api: RouterUtils<EngineClient>;
  readonly connection: EngineConnection;
}

const EngineContext = createContext<Engine | null>(null);

export function EngineProvider(props: {
  client: EngineClient;
  connection: EngineConnection;
  children: ReactNode;
}): ReactNode {
  const { client, connection, children } = props;
  const engine = useMemo(() => ({ client, connection, api: createTanstackQueryUtils(client) }), [client, connection]);
  return <EngineContext value={engine}>{children}</EngineContext>;
}

/** @throws AppError `internal` outside an EngineProvider. */
export function useEngine(): Engine {
  const engine = useContext(EngineContext);
  if (engine === null)
    throw new AppError('internal', 'A component that asks the engine stands outside <EngineProvider>');
  return engine;
}

export function useConnectionState(): ConnectionState {
  const { connection } = useEngine();
  return useSyncExternalStore(connection.subscribe, () => connection.state);
}
