/**
 * Everything impure that the engine needs, given by its host. The engine
 * itself knows no Electron, no window and no global clock.
 */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Logger } from './logger.ts';

export interface Clock {
  now(): Instant;
  /** Resolves after `ms`, or rejects with AppError `cancelled` when the signal fires first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface RandomSource {
  bytes(length: number): Uint8Array;
  /** In [0, 1): for jitter, never for keys. */
  fraction(): number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
  /** Bytes after which the answer is refused. */
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  /**
   * Takes a good answer piece by piece, so that it need not fit into memory; the response's body is then empty. Called
   * anew for every attempt: what an earlier one was given is to be forgotten.
   */
  readonly receive?: () => (chunk: Uint8Array) => void;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * One exchange with the network: no retry, no limit, no redirect to another
 * host. @throws AppError `unavailable` when nothing answered, `cancelled` on abort.
 */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/** A native notification. `target` is the in-app path that a click opens (`/customers/12`). */
export interface NativeNotification {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly target: string;
}

export interface PrintRequest {
  /** In-app path with its query, e.g. `/report/board?month=2026-10&format=A4`. */
  readonly path: string;
  readonly format: 'A4' | 'Letter';
  readonly title: string;
  readonly file: string;
}

/** Local servers that speak the vendors' APIs for the demo company. */
export interface DemoVendors {
  readonly stripe: { readonly apiBase: string; readonly apiKey: string };
  readonly hubspot: { readonly apiBase: string; readonly accessToken: string };
  readonly intercom: { readonly apiBase: string; readonly accessToken: string };
  readonly posthog: {
    readonly apiBase: string;
    readonly projectId: string;
    readonly personalApiKey: string;
    /** What a plan includes, by the plan's and the event's name: the company writes it on its price page. */
    readonly limits: readonly { readonly plan: string; readonly event: string; readonly amount: number }[];
  };
  readonly frankfurter: { readonly apiBase: string };
  /** What the founder keeps in a spreadsheet. */
  readonly costs: { readonly file: string; readonly text: string };
  /** What the founder has set out to reach, in the reporting currency; customers as a number. */
  readonly targets: readonly {
    readonly metric: 'arr' | 'customers';
    readonly startsOn: PlainDay;
    readonly dueOn: PlainDay;
    readonly value: number;
    readonly shape: 'linear' | 'compound';
  }[];
  /** What the survey tool lets one export. */
  readonly survey: { readonly file: string; readonly text: string };
  /** Lets what comes to light late come to light, for the sync after it. */
  readonly later?: () => void;
  readonly company: { readonly name: string; readonly reportingCurrency: CurrencyCode; readonly timeZone: string };
}

export interface EnginePorts {
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly http: Http;
  readonly logger: Logger;
  readonly notify: (notification: NativeNotification) => void;
  readonly store: {
    /** The database file inside the data directory. */
    readonly file: string;
    /** 32 bytes; the engine overwrites them with zeros once the connections are open. */
    readonly key: Uint8Array;
  };
  /** Folder for what the founder keeps outside the database: board packs, exports, backups. */
  readonly documentsDir: string;
  /** The built (or .ts) file of the reader worker. */
  readonly readerWorkerUrl: URL;
  /** Prints a page of the renderer to PDF; null where no browser is to be had. */
  readonly printPdf: ((request: PrintRequest, signal: AbortSignal) => Promise<void>) | null;
  /** Starts the demo company's servers (once; later calls give the same). */
  readonly startDemo: () => Promise<DemoVendors>;
}
