/** The shell's half of the talk with the engine's process: what it asks the shell to do, and the answers. */
import { AppError, type ErrorCode } from '../../../shared/kernel/errors.ts';
import { EngineMessageSchema, type EngineMessage, type ShellMessageInput } from '../engine-messages.ts';
import type { KeyProtector } from '../keyring/protector.ts';

export type PrintOrder = Extract<EngineMessage, { type: 'print' }>;
type KeychainOrder = Extract<EngineMessage, { type: 'keychain' }>;
/** What the engine says without waiting for an answer. */
export type EngineNews = Exclude<EngineMessage, { type: 'keychain' | 'print' | 'print_cancelled' }>;

export interface ConversationOptions {
  readonly send: (message: ShellMessageInput) => void;
  readonly keychain: KeyProtector;
  readonly print: (order: PrintOrder, signal: AbortSignal) => Promise<void>;
  readonly onNews: (news: EngineNews) => void;
}

export interface EngineConversation {
  /** @returns false for words that are not of this version's language. */
  hear(message: unknown): boolean;
  /** The engine is gone: what it ordered is of no use. */
  end(): void;
}

export function engineConversation({ send, keychain, print, onNews }: ConversationOptions): EngineConversation {
  const prints = new Map<number, AbortController>();

  /** Boundary: the engine gets a failure as a message. */
  const answer = async (
    id: number,
    type: 'keychain_failed' | 'print_failed',
    work: () => Promise<ShellMessageInput>,
  ) => {
    try {
      send(await work());
    } catch (error) {
      send({ type, id, failure: failureOf(error, type) });
    }
  };
  const useKeychain = async ({ id, operation, bytes }: KeychainOrder): Promise<ShellMessageInput> => {
    try {
      const result = Uint8Array.from(await (operation === 'wrap' ? keychain.wrap(bytes) : keychain.unwrap(bytes)));
      return { type: 'keychain_result', id, bytes: result };
    } finally {
      bytes.fill(0);
    }
  };
  const printPage = async (order: PrintOrder): Promise<ShellMessageInput> => {
    const controller = new AbortController();
    prints.set(order.id, controller);
    try {
      await print(order, controller.signal);
      return { type: 'print_result', id: order.id };
    } finally {
      prints.delete(order.id);
    }
  };

  return {
    hear(message) {
      const parsed = EngineMessageSchema.safeParse(message);
      if (!parsed.success) return false;
      const { data } = parsed;
      if (data.type === 'keychain') void answer(data.id, 'keychain_failed', () => useKeychain(data));
      else if (data.type === 'print') void answer(data.id, 'print_failed', () => printPage(data));
      else if (data.type === 'print_cancelled') prints.get(data.id)?.abort();
      else onNews(data);
      return true;
    },
    end() {
      for (const controller of prints.values()) controller.abort();
    },
  };
}

function failureOf(error: unknown, type: 'keychain_failed' | 'print_failed'): { code: ErrorCode; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return type === 'keychain_failed'
    ? { code: 'auth_failed', message: 'The keychain of this computer did not open the key' }
    : { code: 'unavailable', message: 'The page could not be printed' };
}
