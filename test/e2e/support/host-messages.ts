/** What a test asks of the program's process. */
import type { CustomerId } from '../../../src/shared/kernel/ids.ts';

export interface Start {
  /** With a database that is open already (a throw-away key), as `vario demo` has it; else a first start. */
  readonly unlocked: boolean;
}

export type HostAction =
  | ({ readonly do: 'start' } & Start)
  /** A fresh one-time address of a page. */
  | { readonly do: 'address'; readonly path: string }
  /** Starts the demo company and waits until it is synced. */
  | { readonly do: 'fill' }
  | { readonly do: 'sync' }
  | { readonly do: 'snapshot' }
  | { readonly do: 'alerts' }
  | { readonly do: 'customers'; readonly limit: number }
  | { readonly do: 'keys' }
  /** The customer's subscription is cancelled at the vendor, at once. */
  | { readonly do: 'cancel'; readonly subscription: string }
  | { readonly do: 'subscriptions'; readonly customerId: CustomerId }
  /** The files of the data directory, by their paths in it. */
  | { readonly do: 'files' }
  | { readonly do: 'stop' };

export type HostRequest = { readonly id: number } & HostAction;

export type HostResponse =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };
