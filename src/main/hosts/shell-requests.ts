/** What the engine asks the shell to do, and the answers that come back by number. */
import { AppError } from '../../shared/kernel/errors.ts';
import type { PrintRequest } from '../engine/runtime/index.ts';
import type { EngineMessage, ShellMessage } from './engine-messages.ts';

export interface ShellRequests {
  /** Wraps or unwraps 32 bytes with the operating system's keychain. @throws AppError as the shell says. */
  keychain(operation: 'wrap' | 'unwrap', bytes: Uint8Array): Promise<Uint8Array>;
  /** @throws AppError as the shell says, `cancelled` when the signal fires. */
  print(request: PrintRequest, signal: AbortSignal): Promise<void>;
  /** True when the message was an answer to one of these. */
  answered(message: ShellMessage): boolean;
}

interface Waiting {
  resolve(bytes: Uint8Array): void;
  reject(error: AppError): void;
}

export function createShellRequests(send: (message: EngineMessage) => void): ShellRequests {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const ask = (build: (id: number) => EngineMessage, signal?: AbortSignal): Promise<Uint8Array> => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        if (!waiting.delete(id)) return;
        send({ type: 'print_cancelled', id });
        reject(new AppError('cancelled', 'Printing was cancelled'));
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const settled = () => signal?.removeEventListener('abort', onAbort);
      waiting.set(id, {
        resolve: (bytes) => {
          settled();
          resolve(bytes);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      send(build(id));
    });
  };
  return {
    // A copy: what crosses to the shell must not be a view on memory that is shared.
    keychain: (operation, bytes) => ask((id) => ({ type: 'keychain', id, operation, bytes: new Uint8Array(bytes) })),
    async print(request, signal) {
      await ask((id) => ({ type: 'print', id, ...request }), signal);
    },
    answered(message) {
      if (!('id' in message)) return false;
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.type === 'keychain_result') asked?.resolve(message.bytes);
      else if (message.type === 'print_result') asked?.resolve(new Uint8Array());
      else asked?.reject(new AppError(message.failure.code, message.failure.message));
      return true;
    },
  };
}
