/** The only IPC there is: a page says that it is ready, and gets a port to the engine. Calls themselves use the port. */
import { ipcMain, MessageChannelMain, type IpcMainEvent, type MessagePortMain, type WebContents } from 'electron';
import { z } from 'zod';
import { isAppUrl } from '../hosts/desktop/app-address.ts';

const READY_CHANNEL = 'vario:ready';
const PORT_CHANNEL = 'vario:port';

const ReadySchema = z.strictObject({ nonce: z.uuid() });

export interface PortDesk {
  /** Lets a page ask for ports, until it is gone. */
  admit(contents: WebContents): void;
  /** Gives every page that has asked a new port: after the engine was started again. */
  renew(): void;
}

/** `connect` takes the engine's end of a new channel, or answers false while there is no engine: `renew` follows then. */
export function openPortDesk(connect: (port: MessagePortMain, contentsId: number) => boolean): PortDesk {
  const admitted = new Map<number, { contents: WebContents; nonce: string | null }>();

  const hand = (contents: WebContents, nonce: string): void => {
    const { port1, port2 } = new MessageChannelMain();
    if (connect(port1, contents.id)) contents.postMessage(PORT_CHANNEL, { nonce }, [port2]);
  };

  ipcMain.on(READY_CHANNEL, (event, message: unknown) => {
    const page = admitted.get(event.sender.id);
    const parsed = ReadySchema.safeParse(message);
    if (!page || !parsed.success || !isFromApp(event)) return;
    page.nonce = parsed.data.nonce;
    hand(event.sender, parsed.data.nonce);
  });

  return {
    admit(contents) {
      admitted.set(contents.id, { contents, nonce: null });
      const { id } = contents;
      contents.once('destroyed', () => admitted.delete(id));
      // A page that is loading anew has a new nonce, which it has not told yet.
      contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
        const page = admitted.get(id);
        if (page && isMainFrame && !isSameDocument) page.nonce = null;
      });
    },
    renew() {
      for (const { contents, nonce } of admitted.values()) if (nonce !== null) hand(contents, nonce);
    },
  };
}

/** The main frame of the page itself, showing the app: no frame inside it, no page that it was led to. */
function isFromApp({ sender, senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isAppUrl(senderFrame.url);
}
