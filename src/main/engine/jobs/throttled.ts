/** Lets through the first update at once and then the latest one per interval. */

export interface Throttled<Update> {
  push(update: Update): void;
  /** Sends the update that still waits, if any; nothing is sent afterwards on its own. */
  flush(): void;
}

/** @param intervalMs the shortest time between two calls of `send`. */
export function throttled<Update>(intervalMs: number, send: (update: Update) => void): Throttled<Update> {
  let waiting: { update: Update } | null = null;
  let timer: NodeJS.Timeout | null = null;
  const next = () => {
    timer = null;
    if (!waiting) return;
    const { update } = waiting;
    waiting = null;
    timer = setTimeout(next, intervalMs);
    send(update);
  };
  return {
    push(update) {
      waiting = { update };
      if (!timer) next();
    },
    flush() {
      if (timer) clearTimeout(timer);
      timer = null;
      if (!waiting) return;
      const { update } = waiting;
      waiting = null;
      send(update);
    },
  };
}
