/** Threads that load their code while the key to the database is still being derived, or typed. */
import { loadReaderThread, type LoadedThread } from './thread.ts';

export interface SpareThreads {
  /** One of them, which is the caller's from then on; none when all are taken. */
  take(): LoadedThread | undefined;
  /** Ends those that nobody took. */
  stop(): Promise<void>;
}

/** Starts `size` threads of the reader's entry file. Each takes some thirty megabytes while it waits. */
export function spareReaderThreads(url: URL, size: number): SpareThreads {
  const threads = Array.from({ length: size }, () => loadReaderThread(url));
  return {
    take: () => threads.shift(),
    async stop() {
      await Promise.all(threads.splice(0).map((thread) => thread.stop()));
    },
  };
}
