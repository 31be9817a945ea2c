/** What a vendor lets be asked in a span of time, and how much of it is left: shown, so that nobody is surprised by it. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { HttpResponse } from '../../runtime/ports.ts';

/** A quota as the vendor's last answer stated it. */
export interface BudgetReading {
  /** The source's own name for the quota; each is shown once, as of its last reading. */
  readonly budget: string;
  /** For people: `Requests a day`. */
  readonly title: string;
  /** Requests (or tokens) in a whole period; null where only the rest is told. */
  readonly allowed: number | null;
  readonly remaining: number;
  /** When it is full again; null where it is not told. */
  readonly resetsAt: Instant | null;
}

/**
 * A quota that no answer states and the vendor's documentation does: it is held
 * against the requests that Vario has counted itself.
 */
export interface Allowance {
  readonly title: string;
  /** The span over which requests are counted. */
  readonly days: number;
  /** Requests in that span for an account without any payment. */
  readonly least: number;
  /** Requests for each payment of that span, where that gives more. */
  readonly perPayment: number;
  /** Where the vendor says so. */
  readonly statedAt: string;
}

/** The whole number in a header, or null where there is none. */
export function headerCount({ headers }: Pick<HttpResponse, 'headers'>, name: string): number | null {
  const text = headers[name.toLowerCase()]?.trim() ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
