/** Says which topics changed, gathered over a moment, so that a sync of a thousand pages is not a thousand redraws. */
import type { Change } from '../../../shared/contract/changes.ts';
import { createBroadcast } from './broadcast.ts';

type Topic = Change['topics'][number];

export interface ChangeHub {
  publish(...topics: Topic[]): void;
  /** Changes from now on; ends when the signal fires, or with the error that the hub is closed with. */
  watch(signal?: AbortSignal): AsyncGenerator<Change, void, void>;
  /** Sends what is gathered and ends every watch with the error. */
  close(error: Error): void;
}

/** How long topics are gathered before they are sent. */
const GATHER_MS = 100;

export function createChangeHub(): ChangeHub {
  const broadcast = createBroadcast<Change>();
  const gathered = new Set<Topic>();
  let revision = 0;
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (gathered.size === 0) return;
    revision += 1;
    broadcast.send({ topics: [...gathered], revision });
    gathered.clear();
  };
  return {
    publish(...topics) {
      for (const topic of topics) gathered.add(topic);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    watch: (signal) => broadcast.listen(signal),
    close(error) {
      flush();
      broadcast.end(error);
    },
  };
}
