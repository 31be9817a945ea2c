/** The outside world as one session of a source may use it. */
import type { BudgetReading } from './budget.ts';
import type { SecretKeeper } from './secret-keeper.ts';
import type { Clock, Http, RandomSource } from '../../runtime/ports.ts';

/** What a session may use of the outside. `http` keeps to the limits and to the declared hosts. */
export interface SessionPorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly signal: AbortSignal;
  /** How often a request is tried; a person who waits for a check is told sooner. */
  readonly attempts?: number;
  /** Is told of every quota that an answer states. */
  readonly onBudget?: (readings: readonly BudgetReading[]) => void;
  /** Where the secrets are kept; left out where nothing of what a vendor exchanges need outlive the session. */
  readonly secrets?: SecretKeeper;
}
