/**
 * Serves the contract's calls over any pair of «send text» and «text came»:
 * a MessagePort of a window and a WebSocket of a browser tab behave alike,
 * because both go through here.
 */
import { RPCHandler } from '@orpc/server/websocket';
import { isAppError } from '../../../shared/kernel/errors.ts';
import type { Logger } from '../../engine/runtime/logger.ts';
import type { CallContext, CallRouter } from '../../engine/index.ts';
import { checkFrame } from './frames.ts';

/** One connected window. */
export interface Wire {
  send(text: string): void;
  /** Ends the connection; called when a frame breaks the rules. */
  close(reason: string): void;
}

export interface ServedWire {
  /** A frame came. */
  receive(data: unknown): void;
  /** The other side is gone: everything that runs for it is aborted. Twice is once. */
  closed(): void;
}

export interface CallServer {
  serve(wire: Wire): ServedWire;
  /** Connections served now. */
  readonly connections: number;
  /** Closes every connection. */
  closeAll(reason: string): void;
}

export function createCallServer(router: CallRouter, context: CallContext, logger: Logger): CallServer {
  const handler = new RPCHandler(router);
  const wires = new Set<Wire>();
  return {
    get connections() {
      return wires.size;
    },
    closeAll(reason) {
      for (const wire of wires) wire.close(reason);
    },
    serve(wire) {
      // The handler knows its connections by the identity of this object.
      const peer = { send: (data: unknown) => sendText(wire, data), addEventListener: () => undefined };
      wires.add(wire);
      return {
        receive(data) {
          let frame: string;
          try {
            frame = checkFrame(data);
          } catch (error) {
            // Boundary: an honest renderer sends no such frame, so there is nobody to answer.
            if (!isAppError(error, 'invalid_input')) throw error;
            logger.warn('A connection was closed for a bad frame', { reason: error.message });
            wire.close(error.message);
            return;
          }
          handler.message(peer, frame, { context }).catch((error: unknown) => {
            // Boundary: failures of calls are answers; what arrives here is a connection that broke while answering.
            if (wires.has(wire)) logger.warn('An answer could not be sent', { error });
          });
        },
        closed() {
          if (!wires.delete(wire)) return;
          handler.close(peer);
        },
      };
    },
  };
}

function sendText(wire: Wire, data: unknown): void {
  // Answers hold no files, so every frame is text.
  if (typeof data === 'string') wire.send(data);
  else wire.close('An answer that is not text');
}
