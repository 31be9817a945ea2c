/** The typed client: one link that follows the connection, and the rule which calls wait for it. */
import { createORPCClient, ORPCError, type ClientContext, type ClientLink, type ClientOptions } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { contract, type Contract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { EngineConnection } from './connection.ts';

export type EngineClient = ContractRouterClient<Contract>;

/**
 * A client over the connection. Queries and streams wait while the engine is
 * not reachable; commands fail at once with `unavailable`, because nobody may
 * find out minutes later that a click took effect.
 */
export function createEngineClient(connection: EngineConnection): EngineClient {
  return createORPCClient<EngineClient>(new FollowingLink(connection));
}

class FollowingLink implements ClientLink<ClientContext> {
  readonly #connection: EngineConnection;

  constructor(connection: EngineConnection) {
    this.#connection = connection;
  }

  async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
    if (isCommand(path) && this.#connection.state.kind !== 'open')
      throw new AppError(
        'unavailable',
        'The engine is not reachable, so nothing was changed. Try again when it is back.',
      );
    const link = await this.#connection.link();
    try {
      return await link.call(path, input, options);
    } catch (cause) {
      if (cause instanceof ORPCError || options.signal?.aborted === true) throw cause;
      const message = isCommand(path)
        ? 'The connection to the engine broke before it answered. Look whether the change was made before doing it again.'
        : 'The connection to the engine broke before it answered.';
      throw new AppError('unavailable', message, { cause });
    }
  }
}

type ContractLike = { readonly [name: string]: unknown };

/** Whether the procedure at `path` changes something, as its contract says. */
export function isCommand(path: readonly string[]): boolean {
  let node: unknown = contract;
  for (const name of path) node = isObject(node) ? node[name] : undefined;
  const definition = isObject(node) ? node['~orpc'] : undefined;
  const meta = isObject(definition) ? definition['meta'] : undefined;
  return isObject(meta) && meta['kind'] === 'command';
}

function isObject(value: unknown): value is ContractLike {
  return typeof value === 'object' && value !== null;
}
