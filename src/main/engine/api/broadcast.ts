/** One sender, many listeners that each read at their own pace. */

export interface Broadcast<Event> {
  send(event: Event): void;
  /**
   * The events from now on, until `signal` fires: then the iteration ends
   * without an error. `replaces` tells when a later event makes an earlier, unread one
   * pointless (older progress of the same job); that is dropped.
   */
  listen(signal?: AbortSignal, replaces?: (later: Event, earlier: Event) => boolean): AsyncGenerator<Event, void, void>;
  /** Ends every iteration: with the error, or quietly. */
  end(error?: Error): void;
  readonly listeners: number;
}

/** A listener that reads nothing for this many events loses the oldest: it is a tab that sleeps. */
const MAX_UNREAD = 1_000;

export function createBroadcast<Event>(): Broadcast<Event> {
  const mailboxes = new Set<Mailbox<Event>>();
  return {
    get listeners() {
      return mailboxes.size;
    },
    send(event) {
      for (const mailbox of mailboxes) mailbox.put(event);
    },
    end(error) {
      for (const mailbox of mailboxes) mailbox.end(error ?? null);
    },
    listen(signal, replaces) {
      // Joined here and not at the first read, so that nothing between the call and the read is missed.
      const mailbox = new Mailbox<Event>(replaces);
      mailboxes.add(mailbox);
      const stop = () => mailbox.end(null);
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
      return readAll(mailbox, () => {
        mailboxes.delete(mailbox);
        signal?.removeEventListener('abort', stop);
      });
    },
  };
}

async function* readAll<Event>(mailbox: Mailbox<Event>, leave: () => void): AsyncGenerator<Event, void, void> {
  try {
    for (let letter = await mailbox.take(); letter; letter = await mailbox.take()) yield letter.event;
  } finally {
    leave();
  }
}

class Mailbox<Event> {
  readonly #replaces: ((later: Event, earlier: Event) => boolean) | undefined;
  #unread: Event[] = [];
  #ended: { error: Error | null } | null = null;
  #wake: (() => void) | null = null;

  constructor(replaces: ((later: Event, earlier: Event) => boolean) | undefined) {
    this.#replaces = replaces;
  }

  put(event: Event): void {
    if (this.#ended) return;
    const replaces = this.#replaces;
    if (replaces) this.#unread = this.#unread.filter((earlier) => !replaces(event, earlier));
    this.#unread.push(event);
    if (this.#unread.length > MAX_UNREAD) this.#unread.shift();
    this.#wake?.();
  }

  end(error: Error | null): void {
    this.#ended ??= { error };
    this.#wake?.();
  }

  /** The next event, or null at the end. @throws the error that it ended with. */
  async take(): Promise<{ event: Event } | null> {
    while (this.#unread.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
    }
    const [event] = this.#unread.splice(0, 1) as [Event?];
    if (event !== undefined) return { event };
    if (this.#ended?.error) throw this.#ended.error;
    return null;
  }
}
