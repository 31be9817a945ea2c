/** What the streams of one session share. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { PostHogClient } from './client.ts';
import type { Queries } from './hogql.ts';

export interface Project {
  readonly client: PostHogClient;
  readonly queries: Queries;
  /** Differs when stored usage would be read otherwise. */
  readonly wanted: string;
  readonly visitedEvent: string;
  /** The last day that may have begun anywhere. */
  readonly today: PlainDay;
  /** So many days before the last one are read again, for events that come late. */
  readonly rereadDays: number;
  /** Whether this session has seen that the project has no events at all. */
  isEmpty(): boolean;
}
