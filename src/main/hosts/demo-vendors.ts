import type { DemoVendors } from '../engine/runtime/index.ts';

export interface SharedDemo {
  start(): Promise<DemoVendors>;
  /** Ends the servers, if they were started. */
  stop(): Promise<void>;
}

/** The demo company's servers, started once at the first need. Their code is loaded only then. */
export function sharedDemo(): SharedDemo {
  let started: Promise<DemoVendors & { close(): Promise<void> }> | null = null;
  return {
    start: () => {
      started ??= import('../demo/index.ts').then(({ startDemoServers }) => startDemoServers());
      return started;
    },
    stop: async () => await (await started)?.close(),
  };
}
