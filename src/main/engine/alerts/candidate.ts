/** What a rule finds, before it is known whether it was raised already. */
import type { Alert, AlertRuleId } from '../../../shared/contract/alerts.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainDay, TimeZone } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb } from '../store/index.ts';
import type { AlertFacts } from './facts.ts';
import type { AlertRule } from './rules.ts';

export interface Candidate {
  readonly rule: AlertRuleId;
  /** What happened to whom: the same key is raised once in the life of the database. */
  readonly key: string;
  readonly on: PlainDay;
  readonly severity: Alert['severity'];
  /** What it says; its sentences are made of them. */
  readonly facts: AlertFacts;
  readonly customerId: number | null;
  /** MRR at stake in the reporting currency; null where it could not be valued. */
  readonly amountMinor: number | null;
  /** In-app path that a click opens. */
  readonly target: string;
  /** The source whose first import makes it news or history; null for what holds now. */
  readonly sourceId: number | null;
}

/** What every rule sees of the moment of an evaluation. */
export interface Look {
  readonly db: ReadDb;
  readonly now: Instant;
  readonly today: PlainDay;
  readonly zone: TimeZone;
  /** The currency in which figures are reported. */
  readonly currency: CurrencyCode;
  /** ARR of the company now, annual minor units; 0 where there is none. */
  readonly companyArr: number;
  readonly rules: readonly AlertRule[];
  /** The moment from which events of a source are news; null while its first import runs. */
  newsSince(sourceId: number): Instant | null;
  /** The earliest of those moments over all sources; null where there is none. */
  readonly earliestNews: Instant | null;
}

const CRITICAL_SHARE = 0.05;
const WARNING_SHARE = 0.01;

/** How grave a loss is: 5 % of MRR is critical, 1 % a warning; an unknown share is a warning, for it may be large. */
export function severityOfShare(share: number | null): Alert['severity'] {
  if (share === null) return 'warning';
  if (share >= CRITICAL_SHARE) return 'critical';
  return share >= WARNING_SHARE ? 'warning' : 'info';
}
