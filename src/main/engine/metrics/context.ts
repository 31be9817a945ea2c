/** What the workspace says about how its numbers are to be computed and shown. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainDay, TimeZone } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Policy } from './core/policy.ts';

export interface MetricsContext {
  readonly now: Instant;
  /** The calendar day of `now` in `zone`. */
  readonly today: PlainDay;
  readonly zone: TimeZone;
  /** The reporting currency. */
  readonly currency: CurrencyCode;
  readonly policy: Policy;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekStartsOn: number;
  readonly fiscalYearStartMonth: number;
  /** Target growth of MRR per month as a fraction; null: none. */
  readonly growthTarget: number | null;
  /** Milestone of ARR in minor units of `currency`; null: the next of the standard ones. */
  readonly milestoneMinor: number | null;
}
