/** What a test asks of the program's process. */
import type { CustomerId } from '../../../src/shared/kernel/ids.ts';

export type Damage = 'pages' | 'newer_schema' | 'foreign' | 'other_key';

/** What the vendor does from now on. */
export interface VendorMood {
  /** Its three newest invoices come with a currency that there is none. */
  readonly wrong?: boolean;
  /** It does not know the key any more. */
  readonly refusing?: boolean;
  /** Milliseconds before every answer. */
  readonly slow?: number;
}

/** A company that was synced once for the whole run; whoever works with it has a copy. */
export interface PreparedCompany {
  /** The data directory, closed. */
  readonly dir: string;
  /** When it was closed: the clock of a copy goes on from there. */
  readonly at: number;
  readonly passphrase: string;
  /** The vendor's server, which all copies share: nothing can be changed there. */
  readonly stripe: { readonly apiBase: string; readonly apiKey: string; readonly limitedKey: string };
}

export interface Start {
  /** With a database that is open already (a throw-away key), as `vario demo` has it; else a first start. */
  readonly unlocked: boolean;
  /** Size of the demo company, of which 1 is the one that is shipped. */
  readonly scale?: number;
  /** Goes on with a copy of this company, opened where `unlocked` is true. */
  readonly prepared?: PreparedCompany;
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
  /** Makes a database that opens with a passphrase. */
  | { readonly do: 'create'; readonly passphrase: string }
  | { readonly do: 'lock' }
  | { readonly do: 'status' }
  | { readonly do: 'backup' }
  /** Closes the company for good, to be copied from now on; its vendors go on. */
  | { readonly do: 'leave-for-copies'; readonly passphrase: string }
  | { readonly do: 'mood'; readonly mood: VendorMood }
  /** The engine’s clock goes on by so many minutes at once. */
  | { readonly do: 'later'; readonly minutes: number }
  /** Locks the database and damages it. */
  | { readonly do: 'damage'; readonly how: Damage; readonly passphrase: string }
  /** The files of the data directory, by their paths in it. */
  | { readonly do: 'files' }
  | { readonly do: 'stop' };

export type HostRequest = { readonly id: number } & HostAction;

export type HostResponse =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };
